/** Shares of probabilities that are as good as decided, 0 to 1. */
export interface Saturation {
  readonly nearZero: number;
  readonly nearOne: number;
  /** Neither; the three add up to 1. */
  readonly between: number;
}

/** How far probabilities crowd at the ends: shares below the margin and above one less it. */
export function saturation(probabilities: ArrayLike<number>, margin = 0.05): Saturation {
  let low = 0;
  let high = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index] < margin) low += 1;
    else if (probabilities[index] > 1 - margin) high += 1;
  }
  const count = probabilities.length;
  return { nearZero: low / count, nearOne: high / count, between: (count - low - high) / count };
}
