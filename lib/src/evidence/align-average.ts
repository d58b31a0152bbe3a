import type { Grid, GridGeometry } from "../grid/grid";

/**
 * The mean of a grid's pixels over each pixel of another in the same CRS, weighted by the area covered,
 * nodata left out; NaN where no data is covered.
 */
export function averageOver(source: Grid, target: GridGeometry): Float32Array {
  const [west, width, , north, , minusHeight] = target.transform;
  const { transform } = source.geometry;
  // Edges of the pixels in columns and rows of the source from its north-west edge.
  const across = Array.from(
    { length: target.width + 1 },
    (_, column) => (west + column * width - transform[0]) / transform[1],
  );
  const down = Array.from(
    { length: target.height + 1 },
    (_, row) => (north + row * minusHeight - transform[3]) / transform[5],
  );
  const values = new Float32Array(target.width * target.height);
  for (let row = 0; row < target.height; row++) {
    for (let column = 0; column < target.width; column++) {
      const edges = [across[column], across[column + 1], down[row], down[row + 1]] as const;
      values[row * target.width + column] = coveredMean(source, edges);
    }
  }
  return values;
}

function coveredMean(
  { geometry: { width, height }, values }: Grid,
  [left, right, top, bottom]: readonly [number, number, number, number],
): number {
  let sum = 0;
  let weights = 0;
  for (let row = Math.max(0, Math.floor(top)); row < Math.min(height, bottom); row++) {
    const high = Math.min(bottom, row + 1) - Math.max(top, row);
    for (let column = Math.max(0, Math.floor(left)); column < Math.min(width, right); column++) {
      const value = values[row * width + column];
      if (Number.isNaN(value)) continue;
      const weight = high * (Math.min(right, column + 1) - Math.max(left, column));
      sum += weight * value;
      weights += weight;
    }
  }
  // Edges that met by rounding cover nothing worth a value.
  return weights > 1e-9 * (right - left) * (bottom - top) ? sum / weights : Number.NaN;
}
