const PASSES_AT_MOST = 20_000;

/** Weighted products of a column of ones and the features: [size, size], row-major, ones first. */
export interface Gram {
  readonly size: number;
  readonly values: Float64Array;
}

/** Sums over the rows of weight by value by value, for each two of the features and of ones. */
export function gramOf(columns: readonly Float64Array[], weights: Float64Array): Gram {
  const size = columns.length + 1;
  const values = new Float64Array(size * size);
  const ones = new Float64Array(weights.length).fill(1);
  const all = [ones, ...columns];
  const weighted = new Float64Array(weights.length);
  all.forEach((column, first) => {
    for (let row = 0; row < weighted.length; row++) weighted[row] = weights[row] * column[row];
    for (let second = first; second < size; second++) {
      const other = all[second];
      let sum = 0;
      for (let row = 0; row < weighted.length; row++) sum += weighted[row] * other[row];
      values[first * size + second] = sum;
      values[second * size + first] = sum;
    }
  });
  return { size, values };
}

/**
 * Minimises 1/2 d'Gd - g'd + sum penalty_j |start_j + d_j| over the change d from a start, by cyclic
 * coordinate descent; what is returned is start + d.
 */
export function descend(
  { size, values }: Gram,
  gradient: Float64Array,
  penalties: Float64Array,
  start: Float64Array,
): Float64Array {
  const at = start.slice();
  const slopes = gradient.slice();
  for (let pass = 0; pass < PASSES_AT_MOST; pass++) {
    let largest = 0;
    let reach = 0;
    for (let index = 0; index < size; index++) {
      const curvature = values[index * size + index];
      if (curvature <= 0) continue;
      const wanted = slopes[index] + curvature * at[index];
      const shrunk = Math.sign(wanted) * Math.max(0, Math.abs(wanted) - penalties[index]);
      const change = shrunk / curvature - at[index];
      if (change === 0) continue;
      at[index] = shrunk / curvature;
      for (let other = 0; other < size; other++) {
        slopes[other] -= values[index * size + other] * change;
      }
      largest = Math.max(largest, curvature * change * change);
      reach = Math.max(reach, curvature * at[index] * at[index]);
    }
    if (largest <= 1e-20 * reach) break;
  }
  return at;
}
