import type { GridGeometry } from "../grid/grid";
import { pixelAt } from "../grid/grid";
import { randomStream } from "../random";
import { DISPERSAL, TERRAIN } from "./constants";
import { fieldOnGrid, randomField } from "./random-field";

/** Heights of the cells, and the way uphill from any place. */
export interface Terrain {
  /** [height, width] in metres, row-major. */
  readonly heights: Float64Array;
  /** The cells that shed sediment to a place, its own first, and the share each has in it. */
  sources(easting: number, northing: number): readonly SedimentSource[];
}

/** A cell and its share in a sample's sediment; the shares of a sample sum to 1. */
export interface SedimentSource {
  readonly cell: number;
  readonly share: number;
}

/** Hills and ridges; streams run down the steepest slope. */
export function makeTerrain(seed: number, geometry: GridGeometry): Terrain {
  const random = randomStream(seed, "synthetic/terrain");
  const hills = randomField(random, TERRAIN.range, "gaussian");
  const ridges = randomField(random, TERRAIN.ridgeRange, "gaussian");
  const heights = fieldOnGrid(
    geometry,
    (easting, northing) =>
      TERRAIN.relief * hills(easting, northing) + TERRAIN.ridges * ridges(easting, northing),
  );
  return { heights, sources: (east, north) => sourcesOf(geometry, heights, east, north) };
}

/** Follows the slope upwards; what lies farther up the stream counts exponentially less. */
function sourcesOf(
  geometry: GridGeometry,
  heights: Float64Array,
  easting: number,
  northing: number,
): SedimentSource[] {
  const { width, height, transform } = geometry;
  const step = transform[1];
  const weights: { cell: number; weight: number }[] = [];
  let [east, north] = [easting, northing];
  for (let from = 0; from <= DISPERSAL.reach; from += step) {
    const at = pixelAt(geometry, east, north);
    if (at === null) break;
    const cell = at.row * width + at.column;
    weights.push({ cell, weight: Math.exp(-from / DISPERSAL.length) });
    const [left, right] = [Math.max(at.column - 1, 0), Math.min(at.column + 1, width - 1)];
    const [above, below] = [Math.max(at.row - 1, 0), Math.min(at.row + 1, height - 1)];
    const slopeEast = heights[at.row * width + right] - heights[at.row * width + left];
    const slopeNorth = heights[above * width + at.column] - heights[below * width + at.column];
    const slope = Math.hypot(slopeEast, slopeNorth);
    if (slope === 0) break;
    east += (step * slopeEast) / slope;
    north += (step * slopeNorth) / slope;
  }
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return weights.map(({ cell, weight }) => ({ cell, share: weight / total }));
}
