import { mapCorrelation } from "../evaluation/block-bootstrap";
import type { Estimate } from "../evaluation/types";
import type { Patches } from "../patches/types";
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

/** Two error maps and how alike they are. */
export interface MapPair {
  readonly first: string;
  readonly second: string;
  readonly estimate: Estimate;
}

/** Maps of the same patches under their names. */
export interface NamedErrors {
  readonly label: string;
  readonly errors: ArrayLike<number>;
}

/**
 * Every pair of maps with the correlation of their errors and its bootstrap interval over blocks, in
 * the order of the rows of their matrix.
 *
 * @throws InputError as mapCorrelation
 */
export function mapPairs(
  maps: readonly NamedErrors[],
  { places }: Pick<Patches, "places">,
  options: Parameters<typeof mapCorrelation>[3],
): MapPair[] {
  return maps.flatMap((first, at) =>
    maps.slice(at + 1).map((second) => ({
      first: first.label,
      second: second.label,
      estimate: mapCorrelation(first.errors, second.errors, places, options),
    })),
  );
}

/**
 * One row a pair: the study's correlation with its interval and, where a published matrix of the same
 * labels in the same order is given, the published one and the difference.
 */
export function mapPairRows(
  pairs: readonly MapPair[],
  published?: readonly (readonly number[])[],
): Row[] {
  const theirs = published?.flatMap((values, row) => values.slice(row + 1));
  return pairs.map(({ first, second, estimate: { value, interval } }, at) => ({
    first,
    second,
    ...(theirs && { published: theirs[at] }),
    "this study": value,
    ...(theirs && { difference: value - theirs[at] }),
    from: interval[0],
    to: interval[1],
  }));
}
