import { InputError } from "../errors";
import { distanceToSegments } from "../grid/distance";
import type { Region } from "../grid/grid";
import { pointSegments } from "../grid/segments";

/** Ground near samples, and the spacing of the samples that this ground gives. */
export interface SampledGround {
  /** Square root of the ground by the places in the region, in CRS units. */
  readonly spacing: number;
  /** Farthest that the ground is from a sample, in CRS units. */
  readonly radius: number;
  /** In squared CRS units. */
  readonly extent: number;
}

/** Cells of the working grid for each place, and how many it has at least and at most. */
const CELLS_A_PLACE = 100;
const FEWEST_CELLS = 250_000;
const MOST_CELLS = 1_000_000;

/**
 * The ground within so many sample spacings of a sample, where the spacing follows from that very
 * ground: the smallest s above 0 with s = sqrt(A(spacings s) / n), A(r) being the ground of the
 * region within r of a sample and n the places in the region. A rises with r, so that s = sqrt(...)
 * taken again and again from one cell's width rises to that s and stops there. A is counted over
 * the cells of a grid by the exact distance of their centres; it is the same whatever pixel the
 * study has.
 *
 * @param places [easting, northing, ...] of all samples, each once; those outside reach into the
 *   region too
 * @param inside how many of them are in the region
 * @param spacings above 1 / sqrt(pi) = 0.56, below which only 0 is such a spacing
 * @throws InputError when the samples are so crowded that the grid cannot tell their spacing
 */
export function sampledGround(
  places: Float64Array,
  inside: number,
  region: Region,
  spacings: number,
): SampledGround {
  const { distances, cellArea } = sortedDistances(places, inside, region);
  const groundWithin = (radius: number) => countUpTo(distances, radius) * cellArea;
  let spacing = Math.sqrt(cellArea);
  for (;;) {
    const next = Math.sqrt(groundWithin(spacings * spacing) / inside);
    if (next < spacing) throw crowded(region);
    if (next === spacing) break;
    spacing = next;
  }
  const radius = spacings * spacing;
  return { spacing, radius, extent: groundWithin(radius) };
}

/** Distances of the cells of a grid over the region from the nearest place, rising. */
function sortedDistances(places: Float64Array, inside: number, region: Region) {
  const [across, up] = [region.east - region.west, region.north - region.south];
  const count = Math.min(Math.max(CELLS_A_PLACE * inside, FEWEST_CELLS), MOST_CELLS);
  const edge = Math.sqrt((across * up) / count);
  const [width, height] = [Math.ceil(across / edge), Math.ceil(up / edge)];
  const [cellWidth, cellHeight] = [across / width, up / height];
  const distances = distanceToSegments(
    {
      ...{ width, height, crs: { epsg: null, name: "working grid" } },
      transform: [region.west, cellWidth, 0, region.north, 0, -cellHeight],
    },
    pointSegments(places),
  );
  return { distances: distances.sort(), cellArea: cellWidth * cellHeight };
}

/** How many of rising numbers are at most a limit. */
function countUpTo(rising: Float32Array, limit: number): number {
  let [from, to] = [0, rising.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rising[middle] <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

function crowded(region: Region): InputError {
  return new InputError({
    kind: "values",
    field: "area",
    found: "samples crowded in so small a part of the region that their spacing cannot be told",
    expected: `samples over more than a hundredth of the region ${JSON.stringify(region)}`,
    remedy: "Fit the region to the survey, or give the area as polygons.",
  });
}
