import { readSync } from "node:fs";
import type { GeoTIFFImage } from "geotiff";
import { CODECS, decoded as decompressed, REFUSED_CODECS } from "./geotiff-codecs";
import { unpredictFloats, unpredictWhole } from "./geotiff-predictor";
import type { Refuse } from "./geotiff-refusal";

/** Samples of a strip or tile as they are stored, in an array of their type. */
export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** How an image is divided into strips or tiles, and how these are coded. */
export interface BlockLayout {
  /** Size of a block in pixels; the last strip may be lower. */
  readonly width: number;
  readonly height: number;
  /** Blocks from west to east and from north to south. */
  readonly across: number;
  readonly down: number;
  readonly isTiled: boolean;
  /** Values of one pixel within a block: all bands, or 1 where each band has its own blocks. */
  readonly samples: number;
  readonly offsets: Float64Array;
  /** Bytes of each block in the file; 0 for one left out of a sparse file. */
  readonly byteCounts: Float64Array;
  readonly compression: number;
  /** LERC's parameters; none of other codecs. */
  readonly lerc: readonly number[];
  readonly predictor: number;
  readonly bits: number;
  /** TIFF's sample format: 1 whole, 2 whole with sign, 3 float. */
  readonly format: number;
  readonly isLittleEndian: boolean;
}

/** The layout of an image; refuses codecs and sample types that are not read. */
export async function blockLayout(image: GeoTIFFImage, refuse: Refuse): Promise<BlockLayout> {
  const directory = image.fileDirectory;
  const isTiled = directory.hasTag("TileOffsets");
  const load = async (tag: "TileOffsets" | "StripOffsets" | "TileByteCounts" | "StripByteCounts") =>
    Float64Array.from((await directory.loadValue(tag)) ?? [], Number);
  const compression = Number(directory.getValue("Compression") ?? 1);
  const predictor = Number((await directory.loadValue("Predictor")) ?? 1);
  const { bits, format } = sampleType(image, refuse);
  if (!(compression in CODECS)) {
    throw refuse(
      "compression",
      REFUSED_CODECS[compression] ?? `TIFF code ${compression}`,
      "none, deflate, LZW, PackBits, ZSTD or LERC",
      "gdal_translate -co COMPRESS=DEFLATE converts it.",
    );
  }
  const isReadable = predictor === 1 || (predictor === 2 ? bits <= 32 : format === 3);
  if (!isReadable || predictor > 3) {
    throw refuse(
      "predictor",
      `TIFF predictor ${predictor} of ${bits}-bit samples`,
      "none, 2 for samples of 8 to 32 bits, or 3 for floats",
      "gdal_translate -co PREDICTOR=1 writes it without.",
    );
  }
  const width = isTiled ? image.getTileWidth() : image.getWidth();
  const height = isTiled
    ? image.getTileHeight()
    : Math.min(Number(directory.getValue("RowsPerStrip") ?? image.getHeight()), image.getHeight());
  const bands = image.getSamplesPerPixel();
  return {
    width,
    height,
    across: Math.ceil(image.getWidth() / width),
    down: Math.ceil(image.getHeight() / height),
    isTiled,
    samples: Number(directory.getValue("PlanarConfiguration") ?? 1) === 2 ? 1 : bands,
    offsets: await load(isTiled ? "TileOffsets" : "StripOffsets"),
    byteCounts: await load(isTiled ? "TileByteCounts" : "StripByteCounts"),
    compression,
    lerc: Array.from((await directory.loadValue("LercParameters")) ?? [], Number),
    predictor,
    bits,
    format,
    isLittleEndian: image.littleEndian,
  };
}

/** The type that all bands share. */
function sampleType(image: GeoTIFFImage, refuse: Refuse): { bits: number; format: number } {
  const bits = image.getBitsPerSample(0);
  const format = image.getSampleFormat(0);
  // A mask has one bit a pixel.
  if (isMask(image) && bits === 1) return { bits, format: 1 };
  for (let band = 0; band < image.getSamplesPerPixel(); band++) {
    const isReadable =
      format === 3 ? bits === 32 || bits === 64 : format <= 2 && [8, 16, 32].includes(bits);
    const isShared =
      image.getBitsPerSample(band) === bits && image.getSampleFormat(band) === format;
    if (isReadable && isShared) continue;
    throw refuse(
      `band ${band + 1}`,
      `${image.getBitsPerSample(band)}-bit samples of TIFF sample format ${image.getSampleFormat(band)}`,
      "whole numbers of 8, 16 or 32 bits or floats of 32 or 64 bits, the same in all bands",
      "gdal_translate -ot Float32 converts them.",
    );
  }
  return { bits, format };
}

/** Bytes by which a block may be longer than its pixels: writers pad the last one. */
const SLACK = 2 ** 16;

function isMask(image: GeoTIFFImage): boolean {
  return (Number(image.fileDirectory.getValue("NewSubfileType") ?? 0) & 4) !== 0;
}

/** Reads and decodes one block of an open file; null where a sparse file leaves it out. */
export async function readBlock(
  file: number,
  layout: BlockLayout,
  block: number,
  imageHeight: number,
): Promise<Samples | null> {
  const length = layout.byteCounts[block];
  if (length === 0) return null;
  const coded = new Uint8Array(length);
  readSync(file, coded, 0, length, layout.offsets[block]);
  const isFloat = layout.format === 3;
  const most = SLACK + layout.height * layout.width * layout.samples * (layout.bits / 8);
  const decoded = await decompressed(coded, { ...layout, isFloat }, most);
  const down = Math.floor(block / layout.across) % layout.down;
  const rows = layout.isTiled
    ? layout.height
    : Math.min(layout.height, imageHeight - down * layout.height);
  const rowBytes = Math.ceil((layout.width * layout.samples * layout.bits) / 8);
  if (decoded.length < rows * rowBytes) {
    throw new Error(
      `block ${block + 1} holds ${decoded.length} bytes where ${rows * rowBytes} belong`,
    );
  }
  if (layout.bits === 1)
    return unpackedBits(decoded, rows, rowBytes, layout.width * layout.samples);
  // A copy where the bytes do not start on a boundary of the type.
  const bytes = decoded.byteOffset % 8 === 0 ? decoded : Uint8Array.from(decoded);
  unpredict(bytes.subarray(0, rows * rowBytes), rowBytes, layout);
  return typed(bytes.subarray(0, rows * rowBytes), layout);
}

/** Bits of rows of whole bytes, the highest first, as numbers. */
function unpackedBits(
  bytes: Uint8Array,
  rows: number,
  rowBytes: number,
  width: number,
): Uint8Array {
  return Uint8Array.from({ length: rows * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    return (bytes[row * rowBytes + (column >> 3)] >> (7 - (column & 7))) & 1;
  });
}

/** Brings values into the machine's (little-endian) order and undoes the predictor. */
function unpredict(bytes: Uint8Array, rowBytes: number, layout: BlockLayout): void {
  const { predictor, bits, samples, isLittleEndian } = layout;
  const size = bits / 8;
  // The floating-point predictor sorts bytes in the same order in all files, and LERC has none.
  if (!isLittleEndian && predictor !== 3 && size > 1 && layout.lerc.length === 0) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (size === 2) buffer.swap16();
    else if (size === 4) buffer.swap32();
    else buffer.swap64();
  }
  if (predictor === 1) return;
  for (let at = 0; at < bytes.length; at += rowBytes) {
    const row = bytes.subarray(at, at + rowBytes);
    if (predictor === 3) unpredictFloats(row, size, samples);
    else if (size === 1) unpredictWhole(row, samples);
    else {
      const Whole = size === 2 ? Uint16Array : Uint32Array;
      unpredictWhole(
        new Whole(row.buffer as ArrayBuffer, row.byteOffset, row.length / size),
        samples,
      );
    }
  }
}

function typed(bytes: Uint8Array, { bits, format }: BlockLayout): Samples {
  const types = {
    8: [Uint8Array, Int8Array],
    16: [Uint16Array, Int16Array],
    32: [Uint32Array, Int32Array, Float32Array],
    64: [Float64Array, Float64Array, Float64Array],
  } as const;
  const Type = types[bits as keyof typeof types][format - 1] as typeof Float64Array;
  return new Type(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length / (bits / 8));
}
