import type { GridGeometry } from "./grid";
import type { Polygon } from "./shapes";

/** A step along a cell's edge: from a corner of the grid in one of four directions. */
interface Edge {
  /** Corner where it starts: row * (width + 1) + column. */
  readonly from: number;
  /** 0 east, 1 north, 2 west, 3 south. */
  readonly heading: number;
}

/**
 * The outline of a set of cells as polygons: one for each area whose cells join over edges, outer
 * ring anticlockwise, then its holes clockwise; every ring closed and simple, with a vertex only
 * where it turns, on the cells' very edges. Areas that meet at a corner are polygons of their own.
 * They come in the order of their first cell.
 *
 * @param cells indices into the grid's values, in any order
 */
export function cellOutline(geometry: GridGeometry, cells: ArrayLike<number>): Polygon[] {
  const open = new Set(Array.from(cells).sort((a, b) => a - b));
  const polygons: Polygon[] = [];
  for (const cell of open) {
    const area = takeArea(cell, open, geometry);
    const rings = boundaryRings(area, geometry).map((corners) => toPlaces(corners, geometry));
    // One ring of an area runs anticlockwise: the outer one.
    polygons.push(rings.sort((a, b) => Math.sign(ringArea(b)) - Math.sign(ringArea(a))));
  }
  return polygons;
}

/** Twice the area within a closed ring; positive where it runs anticlockwise. */
export function ringArea(ring: Float64Array): number {
  // From the first vertex, so that large coordinates take no digits away.
  const [east0, north0] = ring;
  let area = 0;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const [east1, north1, east2, north2] = ring.subarray(at, at + 4);
    area += (east1 - east0) * (north2 - north0) - (east2 - east0) * (north1 - north0);
  }
  return area;
}

/** The cells that join a cell over edges, taken out of the open ones. */
function takeArea(start: number, open: Set<number>, { width }: GridGeometry): Set<number> {
  const area = new Set([start]);
  open.delete(start);
  for (const cell of area) {
    const column = cell % width;
    const beside = [
      ...(column > 0 ? [cell - 1] : []),
      ...(column < width - 1 ? [cell + 1] : []),
      cell - width,
      cell + width,
    ];
    for (const next of beside) {
      if (open.delete(next)) area.add(next);
    }
  }
  return area;
}

/** Corners of each ring, the area to the left of the way; the first is not repeated at the end. */
function boundaryRings(area: Set<number>, { width }: GridGeometry): number[][] {
  const corners = width + 1;
  const leaving = new Map<number, number[]>();
  const add = (from: number, heading: number) => {
    const known = leaving.get(from);
    if (known === undefined) leaving.set(from, [heading]);
    else known.push(heading);
  };
  for (const cell of area) {
    const column = cell % width;
    const northWest = Math.floor(cell / width) * corners + column;
    if (!area.has(cell + width)) add(northWest + corners, 0);
    if (column === width - 1 || !area.has(cell + 1)) add(northWest + corners + 1, 1);
    if (!area.has(cell - width)) add(northWest + 1, 2);
    if (column === 0 || !area.has(cell - 1)) add(northWest, 3);
  }
  const steps = [1, -corners, -1, corners];
  const isDone = new Set<number>();
  const rings: number[][] = [];
  for (const [from, headings] of leaving) {
    for (const heading of headings) {
      if (isDone.has(4 * from + heading)) continue;
      rings.push(followRing({ from, heading }, leaving, steps, isDone));
    }
  }
  return rings;
}

function followRing(
  start: Edge,
  leaving: ReadonlyMap<number, readonly number[]>,
  steps: readonly number[],
  isDone: Set<number>,
): number[] {
  const corners: number[] = [];
  let { from, heading } = start;
  let before = -1;
  do {
    isDone.add(4 * from + heading);
    if (heading !== before) corners.push(from);
    before = heading;
    from += steps[heading];
    const ways = leaving.get(from) as readonly number[];
    // Where the area meets itself at a corner, a turn right keeps its two outsides apart.
    const right = (heading + 3) % 4;
    heading = ways.includes(right) ? right : ways[0];
  } while (from !== start.from || heading !== start.heading);
  // The ring may have begun in the middle of a straight run.
  if (before === start.heading) corners.shift();
  return corners;
}

function toPlaces(corners: readonly number[], { width, transform }: GridGeometry): Float64Array {
  const [west, pixelWidth, , north, , minusPixelHeight] = transform;
  return Float64Array.from(
    [...corners, corners[0]].flatMap((corner) => [
      west + (corner % (width + 1)) * pixelWidth,
      north + Math.floor(corner / (width + 1)) * minusPixelHeight,
    ]),
  );
}
