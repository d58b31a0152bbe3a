import { InputError } from "../errors";
import { type Grid, pixelArea, pixelCentre } from "../grid/grid";

/** A place in CRS units. */
interface Place {
  readonly easting: number;
  readonly northing: number;
}

/** What counts as a newly delineated target. */
export interface TargetOptions {
  /** Cells at or above it belong. */
  readonly threshold: number;
  /** Cells join over their edges (4) or also over their corners (8, when absent). */
  readonly neighbours?: 4 | 8;
  /** Known occurrences; cells no farther from one than the distance are left out. */
  readonly known: readonly Place[];
  /** In CRS units, from the nearest part of a cell; 0 leaves out the cells that hold one. */
  readonly distance: number;
  /** Smaller areas are left out; 1 when absent. */
  readonly minimumCells?: number;
}

/** A connected area of high scores away from known occurrences. */
export interface Target {
  /** From 1: by mean score, the larger first among equals. */
  readonly rank: number;
  /** Indices into the grid's values, rising. */
  readonly cells: Uint32Array;
  /** In square kilometres, for a CRS in metres. */
  readonly squareKilometres: number;
  /** Mean of the centres of its cells; in a bent area it may lie outside. */
  readonly centroid: Place;
  readonly mean: number;
  readonly maximum: number;
  /** From its nearest part to the nearest known occurrence in CRS units; infinite without one. */
  readonly nearestKnown: number;
}

/**
 * Newly delineated targets: connected areas of cells at or above a threshold and away from known
 * occurrences, ranked by their mean score.
 *
 * Cells near a known occurrence are taken out before the rest is joined, so an area that reaches
 * from a known deposit into new ground counts with its new part only.
 *
 * @param grid scores, such as patchGrid makes of probabilities; nodata never belongs
 * @throws InputError when the distance is negative or the threshold no number
 */
export function delineateTargets(grid: Grid, options: TargetOptions): Target[] {
  const { threshold, neighbours = 8, known, distance, minimumCells = 1 } = options;
  if (!(distance >= 0) || Number.isNaN(threshold)) {
    throw new InputError({
      kind: "parameter",
      field: "targets",
      found: `threshold ${threshold}, distance ${distance}`,
      expected: "a number, and a distance of at least 0",
    });
  }
  const { width, height } = grid.geometry;
  const gaps = new Map<number, number>();
  const isOpen = new Uint8Array(width * height);
  grid.values.forEach((value, cell) => {
    if (!(value >= threshold)) return;
    const gap = gapToNearest(grid, cell, known);
    if (gap <= distance) return;
    gaps.set(cell, gap);
    isOpen[cell] = 1;
  });
  const areas: Uint32Array[] = [];
  for (const cell of gaps.keys()) {
    if (isOpen[cell] === 0) continue;
    const cells = connectedCells(cell, isOpen, width, height, neighbours);
    if (cells.length >= minimumCells) areas.push(cells);
  }
  return areas
    .map((cells) => describeArea(grid, cells, gaps))
    .sort((one, other) => other.mean - one.mean || other.cells.length - one.cells.length)
    .map((area, at) => ({ rank: at + 1, ...area }));
}

/** Everything that hangs together with a cell; taken out of the open cells. */
function connectedCells(
  start: number,
  isOpen: Uint8Array,
  width: number,
  height: number,
  neighbours: 4 | 8,
): Uint32Array {
  const cells = [start];
  isOpen[start] = 0;
  for (let next = 0; next < cells.length; next++) {
    const row = Math.floor(cells[next] / width);
    const column = cells[next] % width;
    for (let down = -1; down <= 1; down++) {
      for (let across = -1; across <= 1; across++) {
        if (neighbours === 4 && down !== 0 && across !== 0) continue;
        const [toRow, toColumn] = [row + down, column + across];
        if (toRow < 0 || toColumn < 0 || toRow >= height || toColumn >= width) continue;
        const cell = toRow * width + toColumn;
        if (isOpen[cell] === 0) continue;
        isOpen[cell] = 0;
        cells.push(cell);
      }
    }
  }
  return Uint32Array.from(cells).sort();
}

function describeArea(grid: Grid, cells: Uint32Array, gaps: ReadonlyMap<number, number>) {
  const total = { easting: 0, northing: 0, score: 0 };
  let maximum = Number.NEGATIVE_INFINITY;
  let nearestKnown = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    const centre = centreOf(grid, cell);
    total.easting += centre.easting;
    total.northing += centre.northing;
    total.score += grid.values[cell];
    maximum = Math.max(maximum, grid.values[cell]);
    nearestKnown = Math.min(nearestKnown, gaps.get(cell) as number);
  }
  return {
    cells,
    squareKilometres: (cells.length * pixelArea(grid.geometry)) / 1e6,
    centroid: { easting: total.easting / cells.length, northing: total.northing / cells.length },
    mean: total.score / cells.length,
    maximum,
    nearestKnown,
  };
}

/** From the nearest part of a cell to the nearest place. */
function gapToNearest(grid: Grid, cell: number, places: readonly Place[]): number {
  const { transform } = grid.geometry;
  const [halfWidth, halfHeight] = [transform[1] / 2, -transform[5] / 2];
  const centre = centreOf(grid, cell);
  let least = Number.POSITIVE_INFINITY;
  for (const { easting, northing } of places) {
    const across = Math.max(0, Math.abs(easting - centre.easting) - halfWidth);
    const along = Math.max(0, Math.abs(northing - centre.northing) - halfHeight);
    least = Math.min(least, across * across + along * along);
  }
  return Math.sqrt(least);
}

function centreOf({ geometry }: Grid, cell: number): Place {
  return pixelCentre(geometry, Math.floor(cell / geometry.width), cell % geometry.width);
}
