/** Sums of values and counts of pixels with data over every rectangle from the north-west corner. */
export interface SummedArea {
  readonly width: number;
  readonly height: number;
  /**
   * [height + 1, width + 1]: what lies north and west of each corner of pixels, of each value the
   * part that is a whole multiple of one unit, so that no sum is rounded.
   */
  readonly sums: Float64Array;
  /** The same of what the values have beyond that part; null where they have nothing. */
  readonly remainders: Float64Array | null;
  readonly counts: Float64Array;
}

/**
 * The summed-area table of a grid's values (Crow 1984), nodata left out. It holds every value whole:
 * windows from it have the sum that adding their pixels up without any rounding has, for positive
 * values of which the largest is less than 2^80 / n^2 times the smallest in n pixels (a million
 * million times in a million pixels).
 *
 * @param values positive, NaN where unknown
 */
export function summedArea(values: Float32Array, width: number, height: number): SummedArea {
  const unit = unitOf(values);
  const whole = (value: number) => Math.round(value / unit) * unit;
  const hasRemainders = values.some((value) => !Number.isNaN(value) && whole(value) !== value);
  return {
    width,
    height,
    sums: tableOf(values, width, height, whole),
    remainders: hasRemainders
      ? tableOf(values, width, height, (value) => value - whole(value))
      : null,
    counts: tableOf(values, width, height, () => 1),
  };
}

/** The least power of two of which a double holds the sum of as many multiples as there are values. */
function unitOf(values: Float32Array): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return 2 ** Math.ceil(Math.log2(Math.max(largest * values.length, 2 ** -900)) - 52);
}

function tableOf(
  values: Float32Array,
  width: number,
  height: number,
  partOf: (value: number) => number,
): Float64Array {
  const stride = width + 1;
  const table = new Float64Array(stride * (height + 1));
  for (let row = 0; row < height; row++) {
    let rowSum = 0;
    for (let column = 0; column < width; column++) {
      const value = values[row * width + column];
      if (!Number.isNaN(value)) rowSum += partOf(value);
      const corner = (row + 1) * stride + column + 1;
      table[corner] = table[corner - stride] + rowSum;
    }
  }
  return table;
}

/**
 * The mean over the square window that reaches so many pixels beyond a pixel on each side, cut at
 * the grid's edges; NaN where it holds no data.
 */
export function windowMean(
  { width, height, sums, remainders, counts }: SummedArea,
  row: number,
  column: number,
  reach: number,
): number {
  const stride = width + 1;
  const top = Math.max(0, row - reach) * stride;
  const bottom = Math.min(height, row + reach + 1) * stride;
  const left = Math.max(0, column - reach);
  const right = Math.min(width, column + reach + 1);
  const [northWest, northEast] = [top + left, top + right];
  const [southWest, southEast] = [bottom + left, bottom + right];
  let sum = sums[southEast] - sums[northEast] - sums[southWest] + sums[northWest];
  if (remainders !== null) {
    sum +=
      remainders[southEast] - remainders[northEast] - remainders[southWest] + remainders[northWest];
  }
  const count = counts[southEast] - counts[northEast] - counts[southWest] + counts[northWest];
  return sum / count;
}
