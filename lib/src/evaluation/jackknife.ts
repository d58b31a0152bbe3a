/**
 * Standard error of a statistic by the jackknife, from its values without each item in turn.
 *
 * Source: Efron and Tibshirani (1993), chapter 11.
 *
 * @returns NaN for fewer than two values, of which nothing can be told
 */
export function jackknifeError(leftOut: readonly number[]): number {
  const count = leftOut.length;
  if (count < 2) return Number.NaN;
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / count;
  const squares = leftOut.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(((count - 1) / count) * squares);
}
