import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { InputError } from "../errors";
import { type OpenGeoTiff, openGeoTiff } from "../grid/geotiff-window";
import { createGeoTiff } from "../grid/geotiff-write";
import type { Crs } from "../grid/grid";
import { rowWindows } from "../grid/window";
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
import { type BandExamination, examineRaster, requireSpokenFor } from "./raster-examination";
import { warpedRaster } from "./warp-raster";

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
    const examined = await examineRaster(raster, spokenFor(wishes));
    requireSpokenFor(examined, path);
    const steps = nodataSteps(examined);
    const own = { geometry: raster.geometry, bands: raster.names, before: null };
    if (steps.length === 0) {
      return { ...own, file: basename(path), path: whole, brought: null, notes: [] };
    }
    const made = temporaryPlace(`${rasterStem(path)}.tif`);
    await withoutValues(raster, made, examined);
    const brought = rasterRecord(whole, path, "GTiff", steps);
    return { ...own, file: basename(made), path: made, brought, notes: rasterNotes(path, steps) };
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

/** A copy of a raster in which some values are nodata, a block of rows at a time. */
async function withoutValues(
  raster: OpenGeoTiff,
  made: string,
  examined: readonly BandExamination[],
): Promise<void> {
  const { geometry, names } = raster;
  const writer = createGeoTiff(made, geometry, names);
  try {
    const rows = Math.max(1, Math.floor(BLOCK_BYTES / (4 * geometry.width * names.length)));
    for (const window of rowWindows(geometry, rows)) {
      const { bands } = await raster.readWindow(window);
      writer.writeRows(
        bands.map(({ values }, band) => {
          const { without } = examined[band];
          return without.length === 0
            ? values
            : values.map((value) => (without.includes(value) ? Number.NaN : value));
        }),
      );
    }
    writer.finish();
  } finally {
    writer.abandon();
  }
}

function otherSystem(path: string, crs: Crs, wished: number): InputError {
  const found = `EPSG:${crs.epsg} (${crs.name})`;
  const expected = `EPSG:${wished}, as --epsg says`;
  return new InputError({ kind: "georeference", file: path, field: "CRS", found, expected });
}
