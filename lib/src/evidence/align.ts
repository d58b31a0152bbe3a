import { InputError } from "../errors";
import { type Grid, type GridGeometry, pixelCentre } from "../grid/grid";
import { averageOver } from "./align-average";

/**
 * How a raster is brought onto another grid. "nearest" for categories; "bilinear" for continuous
 * values on pixels of like size or finer; "average" on coarser ones.
 */
export type Resampling = "nearest" | "bilinear" | "average";

/**
 * The values of a band on another grid of the same CRS, which may differ in extent and pixel size. What the
 * band does not cover is nodata. "nearest" takes the pixel that holds the centre; "bilinear" the
 * four pixels around the centre, nodata among them left out, and nodata where the pixel that holds
 * the centre is nodata; "average" the mean of the pixels covered, weighted by area, nodata left out.
 *
 * @param file how errors name the band's file
 * @returns [height, width] of the target
 * @throws InputError when the two are in different systems
 */
export function alignedTo(
  source: Grid,
  target: GridGeometry,
  resampling: Resampling,
  file?: string,
): Float32Array {
  requireSameSystem(source.geometry, target, file);
  if (resampling === "average") return averageOver(source, target);
  const sample = resampling === "nearest" ? nearestOf(source) : bilinearOf(source);
  const { transform } = source.geometry;
  const values = new Float32Array(target.width * target.height);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const row = Math.floor(pixel / target.width);
    const { easting, northing } = pixelCentre(target, row, pixel - row * target.width);
    values[pixel] = sample(
      (easting - transform[0]) / transform[1],
      (northing - transform[3]) / transform[5],
    );
  }
  return values;
}

function requireSameSystem({ crs: own }: GridGeometry, { crs }: GridGeometry, file?: string): void {
  // Two local systems are one, as wherever a raster is held against a study.
  if (own.epsg === crs.epsg) return;
  const named = (epsg: number | null) => (epsg === null ? "no EPSG code" : `EPSG:${epsg}`);
  throw new InputError({
    kind: "georeference",
    ...(file === undefined ? {} : { file }),
    field: "CRS",
    found: `${named(own.epsg)} (${own.name})`,
    expected: `${named(crs.epsg)} (${crs.name})`,
    remedy: "npm run new-study -- NAME warps rasters in other systems to the study's.",
  });
}

/** Takes a value at columns and rows counted from the north-west edge. */
type Sampler = (column: number, row: number) => number;

function nearestOf({ geometry: { width, height }, values }: Grid): Sampler {
  return (column, row) => {
    const isInside = column >= 0 && column < width && row >= 0 && row < height;
    return isInside ? values[Math.floor(row) * width + Math.floor(column)] : Number.NaN;
  };
}

function bilinearOf(grid: Grid): Sampler {
  const nearest = nearestOf(grid);
  return (column, row) => {
    if (Number.isNaN(nearest(column, row))) return Number.NaN;
    const [left, top] = [Math.floor(column - 0.5), Math.floor(row - 0.5)];
    const [right, down] = [column - 0.5 - left, row - 0.5 - top];
    let sum = 0;
    let weights = 0;
    for (let corner = 0; corner < 4; corner++) {
      const [across, below] = [corner & 1, corner >> 1];
      const value = nearest(left + across, top + below);
      const weight = (across === 1 ? right : 1 - right) * (below === 1 ? down : 1 - down);
      if (Number.isNaN(value)) continue;
      sum += weight * value;
      weights += weight;
    }
    return sum / weights;
  };
}
