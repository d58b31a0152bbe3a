import { InputError } from "../errors";
import { writeWhole } from "../files";
import { encodeTiffDirectory, TIFF_TAGS, type TiffEntry } from "./geotiff-tags";
import type { Crs, GridStack } from "./grid";

/** What a written GeoTIFF says of itself. */
export interface GeoTiffOptions {
  /** Metadata items that gdalinfo shows, such as study, seed or hashes of the inputs. */
  readonly provenance?: Readonly<Record<string, string>>;
}

/**
 * Writes the bands of a stack as one float32 GeoTIFF: nodata NaN (declared as "nan"), CRS, band
 * names and provenance as GDAL metadata. Bands lie one after another, uncompressed. The file
 * appears complete or not at all.
 *
 * Own writer: that of the geotiff package reserves 1,000 bytes for all tags together, which band
 * names and provenance overrun.
 *
 * @throws InputError when the stack has no band, exceeds 4 GB, or the file cannot be written
 */
export function writeGeoTiff(path: string, stack: GridStack, options: GeoTiffOptions = {}): void {
  writeWhole(path, encodeGeoTiff(stack, options));
}

/** The bytes of the GeoTIFF that writeGeoTiff writes. */
export function encodeGeoTiff(stack: GridStack, options: GeoTiffOptions = {}): Buffer {
  const { bands, geometry } = stack;
  const { width, height } = geometry;
  const bandBytes = 4 * width * height;
  if (bands.length === 0 || bands.length * bandBytes > 0xf0000000) {
    throw new InputError({
      kind: "values",
      field: "bands",
      found: `${bands.length} bands of ${width} x ${height} pixels`,
      expected: "at least one band and less than 4 GB, the limit of TIFF",
    });
  }
  const entries = (firstOffset: number) => [
    ...imageEntries(stack, bandBytes, firstOffset),
    ...geoEntries(stack),
    text(TIFF_TAGS.gdalMetadata, gdalMetadata(stack, options.provenance ?? {})),
    text(TIFF_TAGS.gdalNodata, "nan"),
  ];
  const headBytes = encodeTiffDirectory(entries(0)).length;
  const file = Buffer.alloc(headBytes + bands.length * bandBytes);
  encodeTiffDirectory(entries(headBytes)).copy(file);
  bands.forEach((band, index) => {
    const offset = headBytes + index * bandBytes;
    for (let pixel = 0; pixel < band.values.length; pixel++) {
      file.writeFloatLE(band.values[pixel], offset + 4 * pixel);
    }
  });
  return file;
}

function imageEntries({ bands, geometry }: GridStack, bandBytes: number, firstOffset: number) {
  const each = (value: number) => bands.map(() => value);
  const entries: TiffEntry[] = [
    long(TIFF_TAGS.imageWidth, geometry.width),
    long(TIFF_TAGS.imageLength, geometry.height),
    short(TIFF_TAGS.bitsPerSample, ...each(32)),
    short(TIFF_TAGS.compression, 1),
    short(TIFF_TAGS.photometricInterpretation, 1),
    long(TIFF_TAGS.stripOffsets, ...bands.map((_, index) => firstOffset + index * bandBytes)),
    short(TIFF_TAGS.samplesPerPixel, bands.length),
    long(TIFF_TAGS.rowsPerStrip, geometry.height),
    long(TIFF_TAGS.stripByteCounts, ...each(bandBytes)),
    short(TIFF_TAGS.planarConfiguration, 2),
    short(TIFF_TAGS.sampleFormat, ...each(3)),
  ];
  // The first band is the grey one; the others are extra samples of unspecified meaning.
  if (bands.length > 1) entries.push(short(TIFF_TAGS.extraSamples, ...each(0).slice(1)));
  return entries;
}

function geoEntries({ geometry: { crs, transform } }: GridStack): TiffEntry[] {
  const [west, pixelWidth, , north, , minusPixelHeight] = transform;
  const citation = `${crs.name}|`;
  return [
    double(TIFF_TAGS.modelPixelScale, pixelWidth, -minusPixelHeight, 0),
    double(TIFF_TAGS.modelTiepoint, 0, 0, 0, west, north, 0),
    short(TIFF_TAGS.geoKeyDirectory, ...geoKeys(crs, Buffer.byteLength(citation))),
    text(TIFF_TAGS.geoAsciiParams, citation),
  ];
}

/** GeoTIFF keys: projected, pixel is area, citation, code (32767 for a local system), metres. */
function geoKeys({ epsg }: Crs, citationBytes: number): number[] {
  const keys = [
    [1024, 0, 1, 1],
    [1025, 0, 1, 1],
    [1026, TIFF_TAGS.geoAsciiParams, citationBytes, 0],
    [3072, 0, 1, epsg ?? 32767],
    [3076, 0, 1, 9001],
  ];
  return [1, 1, 0, keys.length, ...keys.flat()];
}

function gdalMetadata({ bands }: GridStack, provenance: Readonly<Record<string, string>>): string {
  const names = bands.map(
    ({ name }, index) =>
      `<Item name="DESCRIPTION" sample="${index}" role="description">${escapeTwice(name)}</Item>`,
  );
  const items = Object.entries(provenance).map(
    ([key, value]) => `<Item name="${escapeXml(key)}">${escapeTwice(value)}</Item>`,
  );
  return `<GDALMetadata>\n${[...names, ...items].join("\n")}\n</GDALMetadata>`;
}

/** Escaped twice: GDAL unescapes what stands in the XML once more, as it writes it itself. */
function escapeTwice(value: string): string {
  return escapeXml(escapeXml(value));
}

function escapeXml(value: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return value.replace(/[&<>"]/g, (character) => entities[character]);
}

function short(tag: number, ...values: number[]): TiffEntry {
  return { tag, type: "short", values };
}

function long(tag: number, ...values: number[]): TiffEntry {
  return { tag, type: "long", values };
}

function double(tag: number, ...values: number[]): TiffEntry {
  return { tag, type: "double", values };
}

function text(tag: number, values: string): TiffEntry {
  return { tag, type: "ascii", values };
}
