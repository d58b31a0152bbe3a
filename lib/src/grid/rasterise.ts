import type { GridGeometry } from "./grid";
import { lineSegments } from "./segments";
import type { Line, Polygon } from "./shapes";
import { type PixelWindow, wholeWindow } from "./window";

/**
 * 1 for every pixel whose centre is inside a polygon, 0 elsewhere; row-major [height, width].
 *
 * Inside is even-odd within a polygon, so that holes are outside, and polygons that overlap are
 * joined. A centre exactly on an edge belongs to the polygon east or north of that edge, so that
 * polygons sharing an edge never both claim it.
 *
 * @param window the part of the grid that is wanted; all when absent
 */
export function rasterisePolygons(
  geometry: GridGeometry,
  polygons: readonly Polygon[],
  window: PixelWindow = wholeWindow(geometry),
): Uint8Array {
  const inside = new Uint8Array(window.width * window.height);
  const withinWindow = (column: number) =>
    Math.min(Math.max(column - window.column, 0), window.width);
  for (const polygon of polygons) {
    for (const [row, crossings] of rowCrossings(geometry, polygon, window)) {
      crossings.sort((a, b) => a - b);
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        const first = withinWindow(firstColumnFrom(geometry, crossings[pair]));
        const end = withinWindow(firstColumnFrom(geometry, crossings[pair + 1]));
        const start = (row - window.row) * window.width;
        if (end > first) inside.fill(1, start + first, start + end);
      }
    }
  }
  return inside;
}

/** Eastings at which the rings cross the line of pixel centres of each row. */
function rowCrossings(
  { transform }: GridGeometry,
  polygon: Polygon,
  window: PixelWindow,
): Map<number, number[]> {
  const [, , , north, , minusPixelHeight] = transform;
  const lastRow = window.row + window.height - 1;
  const crossings = new Map<number, number[]>();
  for (const ring of polygon) {
    for (let vertex = 0; vertex + 3 < ring.length; vertex += 2) {
      const [east1, north1, east2, north2] = ring.subarray(vertex, vertex + 4);
      const upper = Math.max(north1, north2);
      const lower = Math.min(north1, north2);
      // One row to spare on either side; the comparison below decides.
      const first = Math.max(Math.floor((upper - north) / minusPixelHeight - 0.5) - 1, window.row);
      const last = Math.min(Math.ceil((lower - north) / minusPixelHeight - 0.5) + 1, lastRow);
      for (let row = first; row <= last; row++) {
        const northing = north + (row + 0.5) * minusPixelHeight;
        if (north1 <= northing === north2 <= northing) continue;
        const easting = east1 + ((northing - north1) / (north2 - north1)) * (east2 - east1);
        const known = crossings.get(row);
        if (known === undefined) crossings.set(row, [easting]);
        else known.push(easting);
      }
    }
  }
  return crossings;
}

/** First column whose centre is at or east of an easting, within [0, width]. */
function firstColumnFrom({ width, transform }: GridGeometry, easting: number): number {
  const column = Math.ceil((easting - transform[0]) / transform[1] - 0.5);
  return Math.min(Math.max(column, 0), width);
}

/**
 * 1 for every pixel that a line touches, 0 elsewhere; row-major [height, width]. A point on a
 * shared edge touches the pixel east or south of it, as in pixelAt.
 */
export function rasteriseLines(geometry: GridGeometry, lines: readonly Line[]): Uint8Array {
  const { width, height, transform } = geometry;
  const [west, pixelWidth, , north, , minusPixelHeight] = transform;
  const touched = new Uint8Array(width * height);
  const segments = lineSegments(lines);
  for (let at = 0; at < segments.length; at += 4) {
    // In pixels from the north-west corner: across to the east, down to the south.
    let across1 = (segments[at] - west) / pixelWidth;
    let down1 = (segments[at + 1] - north) / minusPixelHeight;
    let across2 = (segments[at + 2] - west) / pixelWidth;
    let down2 = (segments[at + 3] - north) / minusPixelHeight;
    if (down1 > down2) [across1, down1, across2, down2] = [across2, down2, across1, down1];
    const slope = down2 > down1 ? (across2 - across1) / (down2 - down1) : 0;
    const lastRow = Math.min(Math.floor(down2), height - 1);
    for (let row = Math.max(Math.floor(down1), 0); row <= lastRow; row++) {
      const entry = row <= down1 ? across1 : across1 + (row - down1) * slope;
      const exit = row + 1 >= down2 ? across2 : across1 + (row + 1 - down1) * slope;
      const first = Math.max(Math.floor(Math.min(entry, exit)), 0);
      const last = Math.min(Math.floor(Math.max(entry, exit)), width - 1);
      if (last >= first) touched.fill(1, row * width + first, row * width + last + 1);
    }
  }
  return touched;
}
