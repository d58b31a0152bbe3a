/** What of a column's own product must be left by the columns before it, as a share. */
const LEAST_PIVOT = 1e-9;

/**
 * Cholesky's factor of the weighted products of a column of ones and some columns: [size][size], the
 * ones first. A column that is a sum of those before it has a pivot of 0 and is dropped.
 *
 * @param weights by row, above 0
 */
export function productFactor(
  columns: readonly Float64Array[],
  weights: Float64Array,
): Float64Array[] {
  const all = [new Float64Array(weights.length).fill(1), ...columns];
  const factor = all.map(() => new Float64Array(all.length));
  all.forEach((column, row) => {
    for (let at = 0; at <= row; at++) {
      let product = 0;
      for (let cell = 0; cell < weights.length; cell++) {
        product += weights[cell] * column[cell] * all[at][cell];
      }
      let rest = product;
      for (let before = 0; before < at; before++) rest -= factor[row][before] * factor[at][before];
      if (at === row) factor[row][at] = rest > LEAST_PIVOT * product ? Math.sqrt(rest) : 0;
      else factor[row][at] = factor[at][at] === 0 ? 0 : rest / factor[at][at];
    }
  });
  return factor;
}

/** Solves for x the products times x = right, by their factor; 0 for dropped columns. */
export function solveFactored(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const x = right.slice();
  for (let row = 0; row < size; row++) {
    for (let at = 0; at < row; at++) x[row] -= factor[row][at] * x[at];
    x[row] = factor[row][row] === 0 ? 0 : x[row] / factor[row][row];
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let at = row + 1; at < size; at++) x[row] -= factor[at][row] * x[at];
    x[row] = factor[row][row] === 0 ? 0 : x[row] / factor[row][row];
  }
  return x;
}
