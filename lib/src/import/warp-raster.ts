import { statSync, writeFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { InputError } from "../errors";
import { epsgDefinition, utmZone } from "../grid/epsg";
import { readGeoTiff } from "../grid/geotiff-read";
import { type OpenGeoTiff, openGeoTiff } from "../grid/geotiff-window";
import { writeGeoTiff } from "../grid/geotiff-write";
import type { Region } from "../grid/grid";
import { temporaryPlace } from "./brought";
import {
  type BroughtRaster,
  nodataSteps,
  type RasterWishes,
  rasterNotes,
  rasterRecord,
  rasterStem,
  spokenFor,
} from "./brought-raster";
import { type Gdal, type GdalDataset, type GdalInfo, gdal, gdalSaid, openedAs } from "./gdal";
import { type BandExamination, examineRaster, requireSpokenFor } from "./raster-examination";
import { chosenBetween, transformationWords } from "./transform";

/** Largest file that is handed to GDAL, which holds it and what it makes in memory. */
const MOST_WARPED = 2 ** 30;

/** A raster of any kind that GDAL reads, on a north-up grid in metres. */
export async function warpedRaster(
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
  const examined = await examineRaster(raster, spokenFor(wishes)).finally(raster.close);
  requireSpokenFor(examined, path);
  requireOneCode(examined, path);
  const made = temporaryPlace(`${rasterStem(path)}.tif`);
  gdalSaid();
  await warped(tool, dataset, target, examined, made);
  const out = await openGeoTiff(made, { name: path });
  out.close();
  const pixel = Number(out.geometry.transform[1].toPrecision(6));
  const methods = [...new Set(examined.map(resamplingOf))].join(" and ");
  const from = info.stac?.["proj:epsg"] ?? null;
  const transformation = from === null ? null : await chosenBetween(from, target.epsg);
  const steps = [
    ...nodataSteps(examined),
    `warped from ${from === null ? "its own system" : `EPSG:${from}`} to EPSG:${target.epsg} (${target.name}), ${methods}, pixels of ${pixel} m`,
    ...(transformation === null ? [] : [`coordinates ${transformationWords(transformation)}`]),
  ];
  const before = from === null ? null : { epsg: from, region: cornerRegion(info) };
  return {
    ...{ file: basename(made), path: made, geometry: out.geometry },
    bands: examined.map(({ band }) => band),
    before,
    brought: {
      ...rasterRecord(whole, path, info.driverShortName, steps),
      ...(transformation === null ? {} : { transformation }),
    },
    notes: rasterNotes(path, steps),
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
  const copy = temporaryPlace(`${rasterStem(path)}.tif`);
  const output = await tool.gdal_translate(dataset, ["-of", "GTiff", "-co", "COMPRESS=DEFLATE"]);
  writeFileSync(copy, await tool.getFileBytes(output));
  return copy;
}

/** Warps classes by the nearest pixel and all else bilinearly, and writes the bands together. */
async function warped(
  tool: Gdal,
  dataset: GdalDataset,
  { epsg }: { readonly epsg: number },
  examined: readonly BandExamination[],
  made: string,
): Promise<void> {
  const bands = new Map<number, Float32Array>();
  let geometry: OpenGeoTiff["geometry"] | null = null;
  for (const method of ["near", "bilinear"] as const) {
    const members = examined.flatMap((band, at) =>
      resamplingOf(band) === METHODS[method] ? [at] : [],
    );
    if (members.length === 0) continue;
    const declared = members.map((at) => examined[at].without[0]);
    const hasNodata = declared.some((value) => value !== undefined);
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

/** GDAL takes one number a band for no value. */
function requireOneCode(examined: readonly BandExamination[], path: string): void {
  const several = examined.find(({ without }) => without.length > 1);
  if (several === undefined) return;
  throw new InputError({
    kind: "values",
    ...{ file: path, field: several.band },
    found: `${several.without.join(" and ")}, both said to stand for no value`,
    expected: "one such value a band in a raster that has to be warped",
    remedy: "Make them one in the file first, such as by gdal_calc.py.",
  });
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
