import { InputError } from "../errors";
import {
  type BenchmarkAuc,
  type BenchmarkOptions,
  benchmarkAuc,
} from "../evaluation/benchmark-auc";
import type { OpenGeoTiff } from "../grid/geotiff-window";
import { type Grid, pixelAt, pixelCentre } from "../grid/grid";
import { isInArea } from "../grid/study-area";
import { wholeWindow } from "../grid/window";
import { isWithin } from "../samples/places";
import type { Occurrence, Study } from "../study/types";

export interface JudgingOptions extends BenchmarkOptions {
  /** Number of the band from 1; 1 when absent. */
  readonly band?: number;
  /** Whether low values are favourable. */
  readonly isLowFavourable?: boolean;
  /** Where scores are taken: at the study's samples, or at every pixel; samples when absent. */
  readonly at?: "samples" | "pixels";
  /** Sites that are looked for; the study's occurrences when absent. */
  readonly occurrences?: readonly Occurrence[];
}

/** A raster of scores judged by the open benchmark's protocol. */
export interface JudgedRaster extends BenchmarkAuc {
  /** The band that was judged. */
  readonly name: string;
  readonly at: "samples" | "pixels";
  /** Points that have a score, of all. */
  readonly scored: number;
  readonly points: number;
  /** Occurrences outside the study's region or area, which are not judged. */
  readonly outside: number;
}

/**
 * Judges any method's raster of scores by the protocol of the open benchmark for geochemical anomaly
 * detection (benchmarkAuc), at the places of the study's samples, as the benchmark does, or at every
 * pixel.
 *
 * @throws InputError when the raster lies in another CRS or has no such band, the study has no
 *   samples to be judged at, and as benchmarkAuc
 */
export async function judgeRaster(
  raster: OpenGeoTiff,
  study: Study,
  options: JudgingOptions,
): Promise<JudgedRaster> {
  const { band = 1 } = options;
  requireSystem(raster, study);
  if (!(Number.isInteger(band) && band >= 1 && band <= raster.names.length)) {
    throw refused(raster, "band", String(band), `a number from 1 to ${raster.names.length}`);
  }
  const { bands } = await raster.readWindow(wholeWindow(raster.geometry), [band]);
  return { ...judgeGrid(bands[0], study, options), name: raster.names[band - 1] };
}

/**
 * The same of a grid in the study's CRS, such as a map of one score a patch.
 *
 * @param own as judgedPlaces, where they are known from another grid
 * @throws InputError when the study has no samples to be judged at, and as benchmarkAuc
 */
export function judgeGrid(
  grid: Grid,
  study: Study,
  options: Omit<JudgingOptions, "band">,
  own = judgedPlaces(grid, study, options.at),
): JudgedRaster {
  const { isLowFavourable = false, at = "samples", occurrences = study.occurrences } = options;
  const inside = isOfStudy(study);
  const sign = isLowFavourable ? -1 : 1;
  const scores = own.map((place) => sign * valueAt(grid, place));
  const sites = occurrences.filter(inside);
  const points = {
    eastings: own.map(({ easting }) => easting),
    northings: own.map(({ northing }) => northing),
    scores,
  };
  return {
    ...benchmarkAuc(points, sites, options),
    ...{ name: grid.name, at, points: own.length },
    scored: scores.filter((score) => !Number.isNaN(score)).length,
    outside: occurrences.length - sites.length,
  };
}

/**
 * The places within a study at which a grid is judged; the same for all grids where these are its samples.
 *
 * @throws InputError when the study has no samples to be judged at
 */
export function judgedPlaces(
  grid: Grid,
  study: Study,
  at: JudgingOptions["at"] = "samples",
): readonly Place[] {
  const places = at === "samples" ? samplePlaces(study) : pixelPlaces(grid);
  return places.filter(isOfStudy(study));
}

interface Place {
  readonly easting: number;
  readonly northing: number;
}

function samplePlaces({ samples, id }: Study): Place[] {
  if (samples !== null) {
    return Array.from(samples.eastings, (easting, sample) => ({
      easting,
      northing: samples.northings[sample],
    }));
  }
  throw new InputError({
    kind: "parameter",
    field: "at",
    found: `samples, of which ${id} has none`,
    expected: 'a study with samples, or "pixels"',
  });
}

function pixelPlaces({ geometry }: Grid): Place[] {
  return Array.from({ length: geometry.width * geometry.height }, (_, pixel) =>
    pixelCentre(geometry, Math.floor(pixel / geometry.width), pixel % geometry.width),
  );
}

function isOfStudy({ region, area }: Study): (place: Place) => boolean {
  return (place) =>
    isWithin(region, place) && (area === null || isInArea(area, place.easting, place.northing));
}

function valueAt({ geometry, values }: Grid, { easting, northing }: Place): number {
  const pixel = pixelAt(geometry, easting, northing);
  return pixel === null ? Number.NaN : values[pixel.row * geometry.width + pixel.column];
}

function requireSystem(raster: OpenGeoTiff, { crs }: Study): void {
  const own = raster.geometry.crs;
  if (own.epsg === null || crs.epsg === null || own.epsg === crs.epsg) return;
  throw refused(raster, "CRS", `EPSG ${own.epsg}`, `that of the study, EPSG ${crs.epsg}`);
}

function refused(
  { file }: OpenGeoTiff,
  field: string,
  found: string,
  expected: string,
): InputError {
  return new InputError({ kind: "georeference", file, field, found, expected });
}
