/** TIFF field types that we write: ASCII text, 16-bit and 32-bit whole numbers, float64. */
export type TiffType = "ascii" | "short" | "long" | "double";

/** One entry of a TIFF directory. */
export interface TiffEntry {
  readonly tag: number;
  readonly type: TiffType;
  readonly values: string | readonly number[];
}

/** Tags of TIFF 6.0, GeoTIFF 1.1 (OGC 19-008r4) and GDAL that we read or write. */
export const TIFF_TAGS = {
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometricInterpretation: 262,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  extraSamples: 338,
  sampleFormat: 339,
  modelPixelScale: 33550,
  modelTiepoint: 33922,
  geoKeyDirectory: 34735,
  geoAsciiParams: 34737,
  gdalMetadata: 42112,
  gdalNodata: 42113,
} as const;

const TYPE_CODES = { ascii: 2, short: 3, long: 4, double: 12 } as const;
const TYPE_BYTES = { ascii: 1, short: 2, long: 4, double: 8 } as const;
const HEADER_BYTES = 8;

/** The little-endian TIFF header and its one directory; pixel data follow straight after. */
export function encodeTiffDirectory(entries: readonly TiffEntry[]): Buffer {
  const sorted = [...entries]
    .sort((a, b) => a.tag - b.tag)
    .map((entry) => ({
      ...entry,
      bytes: encodeValues(entry),
    }));
  const directoryBytes = 2 + 12 * sorted.length + 4;
  const overflow: Buffer[] = [];
  let overflowAt = HEADER_BYTES + directoryBytes;
  const directory = Buffer.alloc(HEADER_BYTES + directoryBytes);
  directory.write("II", 0, "latin1");
  directory.writeUInt16LE(42, 2);
  directory.writeUInt32LE(HEADER_BYTES, 4);
  directory.writeUInt16LE(sorted.length, HEADER_BYTES);
  sorted.forEach(({ tag, type, bytes }, index) => {
    const at = HEADER_BYTES + 2 + 12 * index;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(TYPE_CODES[type], at + 2);
    directory.writeUInt32LE(bytes.length / TYPE_BYTES[type], at + 4);
    if (bytes.length <= 4) {
      bytes.copy(directory, at + 8);
      return;
    }
    directory.writeUInt32LE(overflowAt, at + 8);
    // Values start on even addresses.
    const padded = Buffer.concat([bytes], bytes.length + (bytes.length % 2));
    overflow.push(padded);
    overflowAt += padded.length;
  });
  return Buffer.concat([directory, ...overflow]);
}

function encodeValues({ type, values }: TiffEntry): Buffer {
  if (typeof values === "string") return Buffer.from(`${values}\0`, "utf8");
  const bytes = Buffer.alloc(values.length * TYPE_BYTES[type]);
  values.forEach((value, index) => {
    if (type === "short") bytes.writeUInt16LE(value, 2 * index);
    else if (type === "long") bytes.writeUInt32LE(value, 4 * index);
    else bytes.writeDoubleLE(value, 8 * index);
  });
  return bytes;
}
