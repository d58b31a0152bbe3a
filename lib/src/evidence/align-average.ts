import type { Grid, GridGeometry } from "../grid/grid";
import type { Projector } from "../grid/projection";
import { type Corner, unitSquareShare } from "./quadrangle";

/**
 * The mean of a grid's pixels over each pixel of another, weighted by the area covered, nodata left
 * out; NaN where no data is covered. A pixel's corners are projected and joined by straight lines.
 */
export function averageOver(source: Grid, target: GridGeometry, toSource: Projector): Float32Array {
  const values = new Float32Array(target.width * target.height);
  let above = cornerRow(source, target, toSource, 0);
  for (let row = 0; row < target.height; row++) {
    const below = cornerRow(source, target, toSource, row + 1);
    for (let column = 0; column < target.width; column++) {
      values[row * target.width + column] = coveredMean(source, [
        above[column],
        above[column + 1],
        below[column + 1],
        below[column],
      ]);
    }
    above = below;
  }
  return values;
}

/** Corners along a row's upper edge, in columns and rows of the source from its north-west edge. */
function cornerRow(source: Grid, target: GridGeometry, toSource: Projector, row: number) {
  const [west, pixelWidth, , north, , minusPixelHeight] = target.transform;
  const { transform } = source.geometry;
  return Array.from({ length: target.width + 1 }, (_, column): Corner => {
    const [easting, northing] = toSource(
      west + column * pixelWidth,
      north + row * minusPixelHeight,
    );
    return [(easting - transform[0]) / transform[1], (northing - transform[3]) / transform[5]];
  });
}

function coveredMean(
  { geometry: { width, height }, values }: Grid,
  corners: readonly Corner[],
): number {
  const across = corners.map(([column]) => column);
  const down = corners.map(([, row]) => row);
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [top, bottom] = [Math.min(...down), Math.max(...down)];
  const isUpright = corners.every(
    ([column, row]) => (column === left || column === right) && (row === top || row === bottom),
  );
  let sum = 0;
  let weights = 0;
  for (let row = Math.max(0, Math.floor(top)); row < Math.min(height, bottom); row++) {
    const high = Math.min(bottom, row + 1) - Math.max(top, row);
    for (let column = Math.max(0, Math.floor(left)); column < Math.min(width, right); column++) {
      const value = values[row * width + column];
      if (Number.isNaN(value)) continue;
      const weight = isUpright
        ? high * (Math.min(right, column + 1) - Math.max(left, column))
        : unitSquareShare(corners, column, row);
      sum += weight * value;
      weights += weight;
    }
  }
  // Corners that met by rounding cover nothing worth a value.
  return weights > 1e-9 * (right - left) * (bottom - top) ? sum / weights : Number.NaN;
}
