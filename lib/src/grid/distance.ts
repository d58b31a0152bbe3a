import { InputError } from "../errors";
import type { GridGeometry } from "./grid";
import { rasterisePolygons } from "./rasterise";
import { contactSegments, type Segments, squaredDistance } from "./segments";
import type { Polygon } from "./shapes";
import { type PixelWindow, wholeWindow } from "./window";

/** For every pixel, row-major: how far the nearest segment is, and which it is. */
export interface NearestSegments {
  /** Distance from the pixel centre in CRS units. */
  readonly distance: Float32Array;
  /** Index of the nearest segment; of several equally near, the first. */
  readonly segment: Int32Array;
}

/** Below this many pixels a block is no longer divided. */
const LEAF_PIXELS = 16;

/**
 * Exact Euclidean distance from every pixel centre to the nearest segment (not to rasterised
 * cells).
 *
 * The grid is halved again and again. In a block of half-diagonal r about a centre c, a segment
 * at distance d from c is nowhere nearer than d - r, and the nearest segment to c, at distance m,
 * is nowhere farther than m + r; so only segments with d <= m + 2r can be nearest to any pixel of
 * the block, and only they are handed to its halves. Nothing is approximated.
 *
 * @param window the part of the grid that is wanted, all when absent; its pixels get the very
 *   numbers that they have in the whole
 * @throws InputError when there is no segment
 */
export function nearestSegments(
  geometry: GridGeometry,
  segments: Segments,
  window: PixelWindow = wholeWindow(geometry),
): NearestSegments {
  const count = segments.length / 4;
  if (count === 0) {
    throw new InputError({
      kind: "values",
      field: "segments",
      found: "no line, contact or point",
      expected: "at least one to measure distances to",
    });
  }
  const { width, height } = window;
  const [west, pixelWidth, , north, , minusPixelHeight] = geometry.transform;
  const distance = new Float32Array(width * height);
  const segment = new Int32Array(width * height);
  const found = new Float64Array(count);
  // Rounding of coordinates of some 1e7 m is near 1e-9 m: a thousandth of a millimetre is ample.
  const slack = 1e-6;

  const fillPixel = (row: number, column: number, candidates: Int32Array) => {
    const easting = west + (column + 0.5) * pixelWidth;
    const northing = north + (row + 0.5) * minusPixelHeight;
    let least = Number.POSITIVE_INFINITY;
    let nearest = 0;
    for (let index = 0; index < candidates.length; index++) {
      const squared = squaredDistance(segments, 4 * candidates[index], easting, northing);
      if (squared < least) {
        least = squared;
        nearest = candidates[index];
      }
    }
    const pixel = (row - window.row) * width + column - window.column;
    distance[pixel] = Math.sqrt(least);
    segment[pixel] = nearest;
  };

  const fillBlock = (
    top: number,
    left: number,
    rows: number,
    columns: number,
    candidates: Int32Array,
  ) => {
    if (rows * columns <= LEAF_PIXELS || candidates.length === 1) {
      for (let row = top; row < top + rows; row++) {
        for (let column = left; column < left + columns; column++) {
          fillPixel(row, column, candidates);
        }
      }
      return;
    }
    const kept = nearEnough(top, left, rows, columns, candidates);
    if (rows * -minusPixelHeight >= columns * pixelWidth) {
      const half = rows >> 1;
      fillBlock(top, left, half, columns, kept);
      fillBlock(top + half, left, rows - half, columns, kept);
    } else {
      const half = columns >> 1;
      fillBlock(top, left, rows, half, kept);
      fillBlock(top, left + half, rows, columns - half, kept);
    }
  };

  const nearEnough = (
    top: number,
    left: number,
    rows: number,
    columns: number,
    candidates: Int32Array,
  ): Int32Array => {
    const easting = west + (left + columns / 2) * pixelWidth;
    const northing = north + (top + rows / 2) * minusPixelHeight;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < candidates.length; index++) {
      found[index] = Math.sqrt(squaredDistance(segments, 4 * candidates[index], easting, northing));
      if (found[index] < least) least = found[index];
    }
    // Twice the half-diagonal between pixel centres.
    const diagonal = Math.hypot((columns - 1) * pixelWidth, (rows - 1) * minusPixelHeight);
    const limit = least + diagonal + slack;
    return candidates.filter((_, index) => found[index] <= limit);
  };

  fillBlock(
    window.row,
    window.column,
    height,
    width,
    Int32Array.from({ length: count }, (_, index) => index),
  );
  return { distance, segment };
}

/** Exact distance from every pixel centre to the nearest segment, in CRS units, row-major. */
export function distanceToSegments(
  geometry: GridGeometry,
  segments: Segments,
  window?: PixelWindow,
): Float32Array {
  return nearestSegments(geometry, segments, window).distance;
}

/** Exact distance to the nearest polygon: 0 for a pixel whose centre is inside one. */
export function distanceToPolygons(
  geometry: GridGeometry,
  polygons: readonly Polygon[],
  window?: PixelWindow,
): Float32Array {
  const inside = rasterisePolygons(geometry, polygons, window);
  return distanceToContacts(geometry, polygons, window).map((value, pixel) =>
    inside[pixel] === 1 ? 0 : value,
  );
}

/** Exact distance to the nearest polygon boundary, holes included, from either side. */
export function distanceToContacts(
  geometry: GridGeometry,
  polygons: readonly Polygon[],
  window?: PixelWindow,
): Float32Array {
  return distanceToSegments(geometry, contactSegments(polygons), window);
}
