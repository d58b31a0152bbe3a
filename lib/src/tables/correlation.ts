import type { Row } from "./table";

/** A matrix as rows, its labels in the first column. */
export function matrixRows(
  labels: readonly string[],
  matrix: readonly (readonly number[])[],
): Row[] {
  return matrix.map((values, row) => ({
    "": labels[row],
    ...Object.fromEntries(values.map((value, column) => [labels[column], value])),
  }));
}

/** Two variables and their correlation. */
export type CorrelatedPair = {
  readonly first: string;
  readonly second: string;
  readonly correlation: number;
};

/** Every pair of a correlation matrix, the strongest first whatever its sign. */
export function strongestPairs(
  labels: readonly string[],
  matrix: readonly (readonly number[])[],
): CorrelatedPair[] {
  return labels
    .flatMap((first, row) =>
      labels.slice(row + 1).map((second, offset) => ({
        first,
        second,
        correlation: matrix[row][row + 1 + offset],
      })),
    )
    .sort((one, other) => Math.abs(other.correlation) - Math.abs(one.correlation));
}
