import { rowCount } from "./features";
import type { FeatureTable } from "./types";

/** Features by rank, so that a split can be sought by whole numbers and still be exact. */
export interface CodedFeatures {
  readonly count: number;
  /** For each feature, the place of each row's value among the distinct ones; missing comes last. */
  readonly codes: readonly Uint32Array[];
  /** For each feature, its distinct values, rising; without the missing one. */
  readonly distinct: readonly Float64Array[];
}

/** Codes every feature of a table. */
export function codeFeatures(table: FeatureTable): CodedFeatures {
  const count = rowCount(table);
  const width = table.names.length;
  const distinct = table.names.map((_, feature) => {
    const column = Float64Array.from(
      { length: count },
      (_, row) => table.values[row * width + feature],
    );
    return column
      .filter((value) => !Number.isNaN(value))
      .sort()
      .filter((value, at, sorted) => at === 0 || value !== sorted[at - 1]);
  });
  const codes = distinct.map((values, feature) =>
    Uint32Array.from({ length: count }, (_, row) => {
      const value = table.values[row * width + feature];
      return Number.isNaN(value) ? values.length : placeOf(values, value);
    }),
  );
  return { count, codes, distinct };
}

function placeOf(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
