import { existsSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { InputError } from "../errors";
import { epsgDefinition, utmZone } from "../grid/epsg";
import { readGeoTiff } from "../grid/geotiff-read";
import { type OpenGeoTiff, openGeoTiff } from "../grid/geotiff-window";
import { createGeoTiff, writeGeoTiff } from "../grid/geotiff-write";
import { type Crs, type Region, regionOf } from "../grid/grid";
import { rowWindows } from "../grid/window";
import { type BroughtFile, fileHash, temporaryPlace } from "./brought";
import { type Gdal, type GdalDataset, type GdalInfo, gdal, gdalSaid, openedAs } from "./gdal";
import type { RasterFile } from "./raster-evidence";
import { type BandExamination, examineRaster } from "./raster-examination";
import { chosenBetween, transformationWords } from "./transform";
import type { Wishes } from "./wishes";

/** A raster as the study takes it: the researcher's file, or one made of it. */
export interface BroughtRaster extends RasterFile {
  /** How it was made; null where it is the researcher's own to the byte. */
  readonly brought: BroughtFile | null;
  /** Where it lay before it was warped, and in which system; null where it was not. */
  readonly before: { readonly epsg: number; readonly region: Region } | null;
  readonly notes: readonly string[];
}

type RasterWishes = Pick<Wishes, "epsg" | "missing" | "data">;

/** Largest file that is handed to GDAL, which holds it and what it makes in memory. */
const MOST_WARPED = 2 ** 30;
/** Bytes of a raster that are held while values of it are made nodata. */
const BLOCK_BYTES = 2 ** 25;

/**
 * Takes a raster for a study: as it is where it is a north-up GeoTIFF in metres; else warped by GDAL.
 * Every value is looked at, and what seems to stand for none is refused until it is said what it is.
 *
 * @param path as given, against the folder
 * @throws InputError when it cannot be read, or holds such values
 */
export async function bringRaster(
  path: string,
  folder: string,
  wishes: RasterWishes,
): Promise<BroughtRaster> {
  const whole = resolve(folder, path);
  const refusal = await placeRefusal(whole, path);
  if (refusal !== null) return warpedRaster(whole, path, wishes, refusal);
  const raster = await openGeoTiff(whole, { name: path });
  const { crs } = raster.geometry;
  if (wishes.epsg !== undefined && crs.epsg !== null && crs.epsg !== wishes.epsg) {
    raster.close();
    return warpedRaster(whole, path, wishes, otherSystem(path, crs, wishes.epsg));
  }
  try {
    const examined = await examineRaster(raster, [...wishes.data, ...numbersOf(wishes)]);
    requireSpokenFor(examined, path);
    const nodata = examined.map((band) => nodataOf(band, wishes));
    const steps = nodataSteps(examined, nodata);
    const own = { geometry: raster.geometry, bands: raster.names, before: null };
    if (steps.length === 0) {
      return { ...own, file: basename(path), path: whole, brought: null, notes: [] };
    }
    const made = temporaryPlace(`${stem(path)}.tif`);
    await withoutValues(raster, made, nodata);
    const brought = recordOf(whole, path, "GTiff", steps);
    return { ...own, file: basename(made), path: made, brought, notes: notesOf(path, steps) };
  } finally {
    raster.close();
  }
}

/** Why a file cannot be taken as it lies; null where it can. A file that is not there is refused. */
async function placeRefusal(whole: string, path: string): Promise<InputError | null> {
  try {
    (await openGeoTiff(whole, { name: path })).close();
    return null;
  } catch (error) {
    const isOfPlace = error instanceof InputError && error.details.kind !== "missing-file";
    if (isOfPlace && existsSync(whole)) return error;
    throw error;
  }
}

/** A raster of any kind that GDAL reads, on a north-up grid in metres. */
async function warpedRaster(
  whole: string,
  path: string,
  wishes: RasterWishes,
  refusal: InputError,
): Promise<BroughtRaster> {
  const { details } = refusal;
  // Nothing can be warped that says not where it lies, or is damaged.
  const isTiff = /^\.tiff?$/i.test(extname(path));
  const isHopeless = details.found === "none" || details.field === "contents";
  if (isTiff && (isHopeless || details.field === "pages")) throw refusal;
  if (statSync(whole).size > MOST_WARPED) throw tooLarge(path, details.found);
  const tool = await gdal();
  const { dataset, info } = await openedBy(tool, whole, path, refusal);
  const target = targetOf(info, wishes, refusal);
  const plain = await placelessTiff(tool, dataset, whole, path, isTiff);
  const raster = await openGeoTiff(plain, { name: path, isPlaceless: true });
  const examined = await examineRaster(raster, [...wishes.data, ...numbersOf(wishes)]);
  raster.close();
  requireSpokenFor(examined, path);
  const nodata = examined.map((band) => nodataOf(band, wishes));
  const made = temporaryPlace(`${stem(path)}.tif`);
  gdalSaid();
  await warped(tool, dataset, target, examined, { nodata, made });
  const out = await openGeoTiff(made, { name: path });
  out.close();
  const pixel = Number(out.geometry.transform[1].toPrecision(6));
  const methods = [...new Set(examined.map(resamplingOf))].join(" and ");
  const from = info.stac?.["proj:epsg"] ?? null;
  const transformation = from === null ? null : await chosenBetween(from, target.epsg);
  const steps = [
    ...nodataSteps(examined, nodata),
    `warped from ${from === null ? "its own system" : `EPSG:${from}`} to EPSG:${target.epsg} (${target.name}), ${methods}, pixels of ${pixel} m`,
    ...(transformation === null ? [] : [`coordinates ${transformationWords(transformation)}`]),
  ];
  const before = from === null ? null : { epsg: from, region: cornerRegion(info) };
  return {
    ...{ file: basename(made), path: made, geometry: out.geometry },
    bands: examined.map(({ band }) => band),
    before,
    brought: {
      ...recordOf(whole, path, info.driverShortName, steps),
      ...(transformation === null ? {} : { transformation }),
    },
    notes: notesOf(path, steps),
  };
}

async function openedBy(tool: Gdal, whole: string, path: string, refusal: InputError) {
  const dataset = await openedAs("raster", whole);
  if (dataset === null) throw refusal;
  const info = await tool.gdalinfo(dataset, ["-json"]);
  if (info.coordinateSystem?.wkt) return { dataset, info };
  throw new InputError({
    kind: "georeference",
    ...{ file: path, field: "CRS", found: "none", expected: "a system that the file names" },
    remedy: "gdal_edit.py -a_srs EPSG:... says it.",
  });
}

/** The system to which a raster is brought: the wished one, its own where that is in metres, or UTM. */
function targetOf(
  { stac, wgs84Extent }: GdalInfo,
  { epsg }: RasterWishes,
  refusal: InputError,
): { readonly epsg: number; readonly name: string } {
  if (epsg !== undefined) return { epsg, name: epsgDefinition(epsg, { field: "--epsg" }).name };
  const own = stac?.["proj:epsg"];
  if (own) {
    const { kind, unit, name } = epsgDefinition(own);
    if (kind === "projected" && unit === "metre") return { epsg: own, name };
  }
  const [ring] = wgs84Extent?.coordinates ?? [];
  if (ring === undefined) throw refusal;
  const middle = (axis: number) => {
    const all = ring.map((corner) => corner[axis]);
    return (Math.min(...all) + Math.max(...all)) / 2;
  };
  return utmZone(middle(0), middle(1));
}

/** The same pixels as a GeoTIFF that can be looked at, wherever they lie. */
async function placelessTiff(
  tool: Gdal,
  dataset: GdalDataset,
  whole: string,
  path: string,
  isTiff: boolean,
): Promise<string> {
  if (isTiff) return whole;
  const copy = temporaryPlace(`${stem(path)}.tif`);
  const output = await tool.gdal_translate(dataset, ["-of", "GTiff", "-co", "COMPRESS=DEFLATE"]);
  writeFileSync(copy, await tool.getFileBytes(output));
  return copy;
}

interface Making {
  readonly nodata: readonly (number | null)[];
  /** Where the warped raster is written. */
  readonly made: string;
}

/** Warps classes by the nearest pixel and all else bilinearly, and writes the bands together. */
async function warped(
  tool: Gdal,
  dataset: GdalDataset,
  { epsg }: { readonly epsg: number },
  examined: readonly BandExamination[],
  { nodata, made }: Making,
): Promise<void> {
  const bands = new Map<number, Float32Array>();
  let geometry: OpenGeoTiff["geometry"] | null = null;
  for (const method of ["near", "bilinear"] as const) {
    const members = examined.flatMap((band, at) =>
      resamplingOf(band) === METHODS[method] ? [at] : [],
    );
    if (members.length === 0) continue;
    const declared = members.map((at) => nodata[at]);
    const hasNodata = declared.some((value) => value !== null);
    const options = [
      ...["-t_srs", `EPSG:${epsg}`, "-r", method, "-ot", "Float32", "-dstnodata", "nan"],
      ...members.flatMap((at) => ["-b", String(at + 1)]),
      ...(hasNodata ? ["-srcnodata", declared.map((value) => value ?? "nan").join(" ")] : []),
      // Where one band has no value another may have one.
      ...["-wo", "UNIFIED_SRC_NODATA=NO", "-of", "GTiff"],
    ];
    const output = await tool.gdalwarp(dataset, options, `warped-${method}`);
    const place = temporaryPlace("warped.tif");
    writeFileSync(place, await tool.getFileBytes(output));
    const stack = await readGeoTiff(place);
    geometry = stack.geometry;
    members.forEach((at, member) => {
      bands.set(at, stack.bands[member].values);
    });
  }
  const grid = geometry as OpenGeoTiff["geometry"];
  const all = examined.map(({ band: name }, at) => ({
    ...{ name, geometry: grid, values: bands.get(at) as Float32Array },
  }));
  writeGeoTiff(made, { geometry: grid, bands: all });
}

const METHODS = { near: "nearest pixel", bilinear: "bilinear" } as const;

function resamplingOf({ isCategorical }: BandExamination): string {
  return isCategorical ? METHODS.near : METHODS.bilinear;
}

/** A copy of a raster in which some values are nodata, a block of rows at a time. */
async function withoutValues(
  raster: OpenGeoTiff,
  made: string,
  nodata: readonly (number | null)[],
): Promise<void> {
  const { geometry, names } = raster;
  const writer = createGeoTiff(made, geometry, names);
  try {
    const rows = Math.max(1, Math.floor(BLOCK_BYTES / (4 * geometry.width * names.length)));
    for (const window of rowWindows(geometry, rows)) {
      const { bands } = await raster.readWindow(window);
      writer.writeRows(
        bands.map(({ values }, band) => {
          const code = nodata[band];
          return code === null
            ? values
            : values.map((value) => (value === code ? Number.NaN : value));
        }),
      );
    }
    writer.finish();
  } finally {
    writer.abandon();
  }
}

/** The number of a band that stands for no value, as it is stored in single precision; null for none. */
function nodataOf({ meant, suspects: _, ...band }: BandExamination, wishes: RasterWishes) {
  if (meant !== null) return meant;
  const [said] = numbersOf(wishes);
  return said === undefined || band.pixels === 0 ? null : Math.fround(said);
}

function numbersOf({ missing }: Pick<RasterWishes, "missing">): number[] {
  return missing.filter((value): value is number => typeof value === "number");
}

function nodataSteps(
  examined: readonly BandExamination[],
  nodata: readonly (number | null)[],
): string[] {
  const said = examined.flatMap(({ band, meant }, at) => {
    const code = nodata[at];
    if (code === null) return [];
    const why = meant === null ? "as was said" : "next to the declared nodata, which no pixel has";
    return [{ band, text: `${code} made nodata, ${why}` }];
  });
  const texts = [...new Set(said.map(({ text }) => text))];
  return texts.map((text) => {
    const bands = said.filter((one) => one.text === text).map(({ band }) => band);
    return `${text}: ${bands.join(", ")}`;
  });
}

function requireSpokenFor(examined: readonly BandExamination[], path: string): void {
  const open = examined.flatMap(({ band, suspects }) =>
    suspects.map(({ value, share, rest }) => ({ band, value, share, rest })),
  );
  if (open.length === 0) return;
  const [{ value }] = open;
  const told = open.map(
    ({ band, value: code, share, rest: [low, high] }) =>
      `${code} in ${(100 * share).toFixed(1)} % of the pixels of ${band}, all others from ${plain(low)} to ${plain(high)}`,
  );
  throw new InputError({
    kind: "values",
    file: path,
    field: "nodata",
    found: told.join("; "),
    expected: "no such value, or to be told what it is: the file does not declare it as nodata",
    remedy: `--missing ${value} takes it as no value, --data ${value} as a measurement.`,
  });
}

const plain = (value: number) => String(Number(value.toPrecision(4)));

function recordOf(
  whole: string,
  path: string,
  driver: string,
  steps: readonly string[],
): BroughtFile {
  return { file: `${stem(path)}.tif`, source: path, sha256: fileHash(whole), driver, steps };
}

function notesOf(path: string, steps: readonly string[]): string[] {
  return steps.map((text) => `${path}: ${text}`);
}

function stem(path: string): string {
  return basename(path).replace(/\.[^.]*$/, "");
}

/** The region of a raster in its own system, whichever way it is turned. */
function cornerRegion({ geoTransform = [], size: [width, height] }: GdalInfo): Region {
  const [x, dxColumn, dxRow, y, dyColumn, dyRow] = geoTransform;
  const corners = [0, width].flatMap((column) =>
    [0, height].map((row) => [
      x + column * dxColumn + row * dxRow,
      y + column * dyColumn + row * dyRow,
    ]),
  );
  const [eastings, northings] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
  return {
    ...{ west: Math.min(...eastings), east: Math.max(...eastings) },
    ...{ south: Math.min(...northings), north: Math.max(...northings) },
  };
}

/** Where a raster lies. */
export function regionBefore({ before, geometry }: BroughtRaster): Region {
  return before?.region ?? regionOf(geometry);
}

function otherSystem(path: string, crs: Crs, wished: number): InputError {
  const found = `EPSG:${crs.epsg} (${crs.name})`;
  const expected = `EPSG:${wished}, as --epsg says`;
  return new InputError({ kind: "georeference", file: path, field: "CRS", found, expected });
}

function tooLarge(path: string, found: string): InputError {
  const most = MOST_WARPED / 2 ** 30;
  return new InputError({
    kind: "format",
    ...{ file: path, found: `${found}, in a file of more than ${most} GB` },
    expected: `a raster that can be taken as it lies, or one of at most ${most} GB`,
    remedy: "gdalwarp -t_srs EPSG:... brings it to metres without holding it in memory.",
  });
}
