import { TIFF_TAGS, type TiffEntry, type TiffType } from "./geotiff-tags";
import type { Crs, GridGeometry } from "./grid";

/** What GIS software need not compute again: over the pixels with data. */
export interface BandStatistics {
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Standard deviation with n in the divisor, as GDAL has it. */
  readonly deviation: number;
  readonly validPercent: number;
}

/** A band's name and, where it has data, its statistics. */
export interface BandDescription {
  readonly name: string;
  readonly statistics: BandStatistics | null;
}

/** An entry of a directory from its numbers. */
export function entry(tag: number, type: TiffType, ...values: number[]): TiffEntry {
  return { tag, type, values };
}

/** Place and CRS as GeoTIFF tags. */
export function geoEntries({ crs, transform }: GridGeometry): TiffEntry[] {
  const [west, pixelWidth, , north, , minusPixelHeight] = transform;
  const citation = `${crs.name}|`;
  return [
    entry(TIFF_TAGS.modelPixelScale, "double", pixelWidth, -minusPixelHeight, 0),
    entry(TIFF_TAGS.modelTiepoint, "double", 0, 0, 0, west, north, 0),
    entry(TIFF_TAGS.geoKeyDirectory, "short", ...geoKeys(crs, Buffer.byteLength(citation))),
    { tag: TIFF_TAGS.geoAsciiParams, type: "ascii", values: citation },
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

/** Names, statistics and other items as GDAL keeps them: XML in a tag of its own. */
export function metadataEntry(
  bands: readonly BandDescription[],
  items: Readonly<Record<string, string>>,
): TiffEntry {
  const ofBands = bands.flatMap(({ name, statistics }, band) => [
    `<Item name="DESCRIPTION" sample="${band}" role="description">${escapeTwice(name)}</Item>`,
    ...(statistics === null ? [] : statisticsItems(statistics, band)),
  ]);
  const others = Object.entries(items).map(
    ([key, value]) => `<Item name="${escapeXml(key)}">${escapeTwice(value)}</Item>`,
  );
  const xml = `<GDALMetadata>\n${[...ofBands, ...others].join("\n")}\n</GDALMetadata>`;
  return { tag: TIFF_TAGS.gdalMetadata, type: "ascii", values: xml };
}

function statisticsItems(statistics: BandStatistics, band: number): string[] {
  const { minimum, maximum, mean, deviation, validPercent } = statistics;
  return Object.entries({
    MAXIMUM: maximum,
    MEAN: mean,
    MINIMUM: minimum,
    STDDEV: deviation,
    VALID_PERCENT: validPercent,
  }).map(([key, value]) => `<Item name="STATISTICS_${key}" sample="${band}">${value}</Item>`);
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
