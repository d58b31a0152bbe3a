/** A ratio measured several times. */
export interface Summary {
  readonly name: string;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly n: number;
}

/** The least, the middle and the largest of some ratios. */
export function summary(name: string, values: readonly number[]): Summary {
  const sorted = [...values].sort((first, second) => first - second);
  const half = sorted.length / 2;
  const median = (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
  return { name, min: sorted[0], median, max: sorted[sorted.length - 1], n: sorted.length };
}
