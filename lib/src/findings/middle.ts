import { quantileOfSorted } from "../evaluation/describe";

/** The median of some numbers. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return quantileOfSorted(sorted, 0.5);
}
