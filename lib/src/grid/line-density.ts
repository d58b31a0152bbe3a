import { InputError } from "../errors";
import type { GridGeometry } from "./grid";
import { lineSegments } from "./segments";
import type { Line } from "./shapes";
import { type PixelWindow, wholeWindow } from "./window";

/**
 * Length of line within a circle about each pixel centre, divided by the area of the circle; in
 * kilometres a square kilometre when the CRS is in metres. Row-major [height, width]. Segments are
 * clipped by the circle exactly.
 *
 * Near the edge of the mapped area the circle reaches over ground without mapped lines, which
 * counts as empty: densities within one radius of the edge are lower bounds.
 *
 * @param radius radius of the circle in metres
 * @param window the part of the grid that is wanted, all when absent; its pixels get the very
 *   numbers that they have in the whole
 * @throws InputError when the radius is not positive
 */
export function lineDensity(
  geometry: GridGeometry,
  lines: readonly Line[],
  radius: number,
  window: PixelWindow = wholeWindow(geometry),
): Float32Array {
  if (!(radius > 0 && Number.isFinite(radius))) {
    throw new InputError({
      kind: "parameter",
      field: "radius",
      found: String(radius),
      expected: "a positive number of metres",
    });
  }
  const { width, height } = window;
  const [west, pixelWidth, , north, , minusPixelHeight] = geometry.transform;
  const lengths = new Float64Array(width * height);
  const segments = lineSegments(lines);
  for (let at = 0; at < segments.length; at += 4) {
    const [east1, north1, east2, north2] = segments.subarray(at, at + 4);
    const length = Math.hypot(east2 - east1, north2 - north1);
    if (length === 0) continue;
    const unitEast = (east2 - east1) / length;
    const unitNorth = (north2 - north1) / length;
    const top = (Math.max(north1, north2) + radius - north) / minusPixelHeight - 0.5;
    const bottom = (Math.min(north1, north2) - radius - north) / minusPixelHeight - 0.5;
    const left = (Math.min(east1, east2) - radius - west) / pixelWidth - 0.5;
    const right = (Math.max(east1, east2) + radius - west) / pixelWidth - 0.5;
    const lastRow = Math.min(Math.floor(bottom), window.row + height - 1);
    const lastColumn = Math.min(Math.floor(right), window.column + width - 1);
    for (let row = Math.max(Math.ceil(top), window.row); row <= lastRow; row++) {
      const fromNorth = north + (row + 0.5) * minusPixelHeight - north1;
      for (let column = Math.max(Math.ceil(left), window.column); column <= lastColumn; column++) {
        const fromEast = west + (column + 0.5) * pixelWidth - east1;
        const along = fromEast * unitEast + fromNorth * unitNorth;
        const across = fromEast * unitNorth - fromNorth * unitEast;
        const halfChordSquared = radius * radius - across * across;
        if (halfChordSquared <= 0) continue;
        const halfChord = Math.sqrt(halfChordSquared);
        const inside = Math.min(length, along + halfChord) - Math.max(0, along - halfChord);
        if (inside <= 0) continue;
        lengths[(row - window.row) * width + column - window.column] += inside;
      }
    }
  }
  const metresToKilometres = 1000 / (Math.PI * radius * radius);
  return Float32Array.from(lengths, (metres) => metres * metresToKilometres);
}
