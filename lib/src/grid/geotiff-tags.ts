/** TIFF field types that we write: ASCII text, whole numbers of 16, 32 and 64 bits, float64. */
export type TiffType = "ascii" | "short" | "long" | "long8" | "double";

/** One entry of a TIFF directory. */
export interface TiffEntry {
  readonly tag: number;
  readonly type: TiffType;
  readonly values: string | readonly number[];
}

/** Tags of TIFF 6.0, GeoTIFF 1.1 (OGC 19-008r4) and GDAL that we write. */
export const TIFF_TAGS = {
  newSubfileType: 254,
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometricInterpretation: 262,
  samplesPerPixel: 277,
  planarConfiguration: 284,
  predictor: 317,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
  modelPixelScale: 33550,
  modelTiepoint: 33922,
  geoKeyDirectory: 34735,
  geoAsciiParams: 34737,
  gdalMetadata: 42112,
  gdalNodata: 42113,
} as const;

const TYPE_CODES = { ascii: 2, short: 3, long: 4, long8: 16, double: 12 } as const;
const TYPE_BYTES = { ascii: 1, short: 2, long: 4, long8: 8, double: 8 } as const;

/**
 * The head of a little-endian TIFF: header, a note of its layout, and the directories with their
 * values one after another, each naming the next. Pixel data follow straight after.
 *
 * @param note text between the header and the first directory
 * @param isBig BigTIFF, whose offsets have 64 bits
 */
export function encodeTiffHead(
  directories: readonly (readonly TiffEntry[])[],
  note: string,
  isBig: boolean,
): Buffer {
  const ghost = Buffer.from(note, "latin1");
  const header = Buffer.alloc(isBig ? 16 : 8);
  header.write("II", 0, "latin1");
  header.writeUInt16LE(isBig ? 43 : 42, 2);
  if (isBig) header.writeUInt16LE(8, 4);
  const parts: Buffer[] = [header, evenLength(ghost)];
  let at = header.length + parts[1].length;
  writeOffset(header, at, isBig ? 8 : 4, isBig);
  directories.forEach((entries, index) => {
    const directory = encodeDirectory(entries, at, isBig, index === directories.length - 1);
    parts.push(directory);
    at += directory.length;
  });
  return Buffer.concat(parts);
}

/** One directory and, after it, the values that do not fit in its entries. */
function encodeDirectory(
  entries: readonly TiffEntry[],
  start: number,
  isBig: boolean,
  isLast: boolean,
): Buffer {
  const [countBytes, entryBytes, offsetBytes] = isBig ? [8, 20, 8] : [2, 12, 4];
  const sorted = [...entries].sort((a, b) => a.tag - b.tag);
  const directory = Buffer.alloc(countBytes + entryBytes * sorted.length + offsetBytes);
  directory.writeUInt16LE(sorted.length, 0);
  const overflow: Buffer[] = [directory];
  let next = start + directory.length;
  sorted.forEach((entry, index) => {
    const bytes = encodeValues(entry);
    const at = countBytes + entryBytes * index;
    directory.writeUInt16LE(entry.tag, at);
    directory.writeUInt16LE(TYPE_CODES[entry.type], at + 2);
    writeOffset(directory, bytes.length / TYPE_BYTES[entry.type], at + 4, isBig);
    const valueAt = at + 4 + offsetBytes;
    if (bytes.length <= offsetBytes) {
      bytes.copy(directory, valueAt);
      return;
    }
    writeOffset(directory, next, valueAt, isBig);
    overflow.push(evenLength(bytes));
    next += overflow[overflow.length - 1].length;
  });
  if (!isLast) writeOffset(directory, next, directory.length - offsetBytes, isBig);
  return Buffer.concat(overflow);
}

/** Directories and values start on even addresses. */
function evenLength(bytes: Buffer): Buffer {
  return Buffer.concat([bytes], bytes.length + (bytes.length % 2));
}

function writeOffset(buffer: Buffer, value: number, at: number, isBig: boolean): void {
  if (isBig) buffer.writeBigUInt64LE(BigInt(value), at);
  else buffer.writeUInt32LE(value, at);
}

function encodeValues({ type, values }: TiffEntry): Buffer {
  if (typeof values === "string") return Buffer.from(`${values}\0`, "utf8");
  const bytes = Buffer.alloc(values.length * TYPE_BYTES[type]);
  values.forEach((value, index) => {
    if (type === "short") bytes.writeUInt16LE(value, 2 * index);
    else if (type === "long") bytes.writeUInt32LE(value, 4 * index);
    else if (type === "long8") bytes.writeBigUInt64LE(BigInt(value), 8 * index);
    else bytes.writeDoubleLE(value, 8 * index);
  });
  return bytes;
}
