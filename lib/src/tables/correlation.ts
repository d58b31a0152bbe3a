import { mapCorrelation } from "../evaluation/block-bootstrap";
import type { Estimate } from "../evaluation/types";
import type { Patches } from "../patches/types";
import type { Row } from "./table";

/** A matrix as rows, the labels of its rows in the first column; those of columns are the same when absent. */
export function matrixRows(
  labels: readonly string[],
  matrix: readonly (readonly number[])[],
  columns = labels,
): Row[] {
  return matrix.map((values, row) => ({
    "": labels[row],
    ...Object.fromEntries(values.map((value, column) => [columns[column], value])),
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

/** A matrix and the names of its rows and columns. */
export interface LabelledMatrix {
  readonly channels: readonly string[];
  readonly matrix: readonly (readonly number[])[];
}

/** The part of a published matrix that is of some layers, and its layers that are none of them. */
export function publishedAmong(
  labels: readonly string[],
  { channels, matrix }: LabelledMatrix,
): LabelledMatrix & { readonly missing: readonly string[] } {
  const kept = channels.flatMap((channel, at) => (labels.includes(channel) ? [at] : []));
  return {
    channels: kept.map((at) => channels[at]),
    matrix: kept.map((row) => kept.map((column) => matrix[row][column])),
    missing: channels.filter((channel) => !labels.includes(channel)),
  };
}

/** A matrix in the order of a published one; null when the published one is of other layers. */
export function inPublishedOrder(
  labels: readonly string[],
  matrix: readonly (readonly number[])[],
  { channels }: Pick<LabelledMatrix, "channels">,
): number[][] | null {
  const places = channels.map((channel) => labels.indexOf(channel));
  if (places.includes(-1) || labels.length !== channels.length) return null;
  return places.map((row) => places.map((column) => matrix[row][column]));
}

/** One row a pair of layers: published, this study's, their difference, and whether signs agree. */
export function comparedPairRows(
  matrix: readonly (readonly number[])[],
  published: LabelledMatrix,
): Row[] {
  return strongestPairs(published.channels, published.matrix).map(
    ({ first, second, correlation }) => {
      const [row, column] = [first, second].map((label) => published.channels.indexOf(label));
      const own = matrix[row][column];
      const agrees = own * correlation > 0 ? "yes" : "no";
      return {
        pair: `${first}, ${second}`,
        published: correlation,
        "this study": own,
        difference: own - correlation,
        "same sign": correlation === 0 ? null : agrees,
      };
    },
  );
}

/** The most that any entry of a matrix differs from that of another. */
export function largestDifference(
  one: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): number {
  const differences = one.flatMap((row, at) =>
    row.map((value, column) => Math.abs(value - other[at][column])),
  );
  return Math.max(...differences);
}
