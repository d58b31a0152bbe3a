/** Sums of values and counts of pixels with data over every rectangle from the north-west corner. */
export interface SummedArea {
  readonly width: number;
  readonly height: number;
  /** [height + 1, width + 1]: what lies north and west of each corner of pixels. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** The summed-area table of a grid's values (Crow 1984), nodata left out. */
export function summedArea(values: Float32Array, width: number, height: number): SummedArea {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  const counts = new Float64Array(sums.length);
  for (let row = 0; row < height; row++) {
    let rowSum = 0;
    let rowCount = 0;
    for (let column = 0; column < width; column++) {
      const value = values[row * width + column];
      if (!Number.isNaN(value)) {
        rowSum += value;
        rowCount++;
      }
      const corner = (row + 1) * stride + column + 1;
      sums[corner] = sums[corner - stride] + rowSum;
      counts[corner] = counts[corner - stride] + rowCount;
    }
  }
  return { width, height, sums, counts };
}

/**
 * The mean over the square window that reaches so many pixels beyond a pixel on each side, cut at
 * the grid's edges; NaN where it holds no data.
 */
export function windowMean(
  { width, height, sums, counts }: SummedArea,
  row: number,
  column: number,
  reach: number,
): number {
  const stride = width + 1;
  const top = Math.max(0, row - reach) * stride;
  const bottom = Math.min(height, row + reach + 1) * stride;
  const left = Math.max(0, column - reach);
  const right = Math.min(width, column + reach + 1);
  const sum = sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
  const count =
    counts[bottom + right] - counts[top + right] - counts[bottom + left] + counts[top + left];
  return sum / count;
}
