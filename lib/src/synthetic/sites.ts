import { type GridGeometry, pixelAt, regionOf } from "../grid/grid";
import { randomStream, shuffledIndices } from "../random";
import { toTenth } from "./frame";

/** A place where stream sediment was taken. */
export interface Site {
  readonly easting: number;
  readonly northing: number;
}

/** Share of planned sites that were never taken: no stream, no way in. */
const LOST_SHARE = 0.04;

/** Places looked at for each site; the lowest is taken, as streams run in hollows. */
const TRIES = 4;

/**
 * Sites on a jittered lattice, one a cell of it, each at the lowest of several places in its cell;
 * some cells have none. From the north-west corner row by row.
 */
export function sampleSites(
  seed: number,
  count: number,
  geometry: GridGeometry,
  heights: Float64Array,
): Site[] {
  const random = randomStream(seed, "synthetic/sites");
  const { west, east, south, north } = regionOf(geometry);
  const planned = count / (1 - LOST_SHARE);
  const rows = Math.ceil(Math.sqrt((planned * (north - south)) / (east - west)));
  const columns = Math.ceil(planned / rows);
  const [across, down] = [(east - west) / columns, (north - south) / rows];
  const kept = shuffledIndices(rows * columns, random)
    .slice(0, count)
    .sort();
  return Array.from(kept, (cell) => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    let lowest: Site = { easting: 0, northing: 0 };
    let least = Number.POSITIVE_INFINITY;
    for (let place = 0; place < TRIES; place++) {
      const easting = toTenth(west + (column + 0.05 + 0.9 * random.uniform()) * across);
      const northing = toTenth(north - (row + 0.05 + 0.9 * random.uniform()) * down);
      const at = pixelAt(geometry, easting, northing);
      const height =
        at === null ? Number.POSITIVE_INFINITY : heights[at.row * geometry.width + at.column];
      if (height < least) {
        least = height;
        lowest = { easting, northing };
      }
    }
    return lowest;
  });
}
