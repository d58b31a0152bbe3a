import { completeRows, requireSameFeatures, rowCount, takeRows } from "../comparators/features";
import type { FeatureTable } from "../comparators/types";
import { InputError } from "../errors";

/** What a detector is given: complete rows as plain numbers. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  /** [count, width] */
  readonly values: Float64Array;
}

/** Scores complete rows; `own` says that they are the very rows that the detector was fitted to. */
export type ScoreRows = (rows: Rows, own: boolean) => Float64Array;

/** A detector that was fitted to the rows of a table. */
export interface FittedDetector {
  /** Scores of the rows that it was fitted to; NaN for a row with a missing value. */
  readonly own: Float64Array;
  /**
   * Scores of other rows, NaN as above.
   *
   * @throws InputError when they have other features or an infinite value
   */
  of(table: FeatureTable): Float64Array;
}

/**
 * Fits a detector to the complete rows of a table and scores them.
 *
 * @throws InputError when fewer than two rows are complete or a value is infinite
 */
export function fitDetector(
  training: FeatureTable,
  fit: (rows: Rows) => ScoreRows,
): FittedDetector {
  const fitted = complete(training);
  if (fitted.rows.count < 2) {
    throw new InputError({
      kind: "values",
      field: "rows of a detector",
      found: `${fitted.rows.count} rows without a missing value`,
      expected: "at least two",
    });
  }
  const score = fit(fitted.rows);
  return {
    own: spread(score(fitted.rows, true), fitted.numbers, rowCount(training)),
    of(table) {
      requireSameFeatures(training.names, table);
      const { rows, numbers } = complete(table);
      return spread(score(rows, false), numbers, rowCount(table));
    },
  };
}

/** Scores of some rows among all; the others have none. */
function spread(own: Float64Array, numbers: readonly number[], count: number): Float64Array {
  const scores = new Float64Array(count).fill(Number.NaN);
  own.forEach((value, at) => {
    scores[numbers[at]] = value;
  });
  return scores;
}

function complete(table: FeatureTable): { readonly rows: Rows; readonly numbers: number[] } {
  const infinite = table.values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  const width = table.names.length;
  if (infinite >= 0) {
    throw new InputError({
      kind: "values",
      field: `feature ${table.names[infinite % width]}`,
      found: `an infinite value in row ${Math.floor(infinite / width)}`,
      expected: "finite values, NaN where unknown",
    });
  }
  const numbers = completeRows(table);
  const values = Float64Array.from(takeRows(table, numbers).values);
  return { rows: { count: numbers.length, width, values }, numbers };
}

/**
 * Brings every feature to mean 0 and deviation 1 over some rows, and others by the same numbers; one
 * that does not vary becomes 0 in both.
 */
export function standardiser({ count, width, values }: Rows): (rows: Rows) => Rows {
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  values.forEach((value, at) => {
    means[at % width] += value / count;
  });
  values.forEach((value, at) => {
    squares[at % width] += (value - means[at % width]) ** 2;
  });
  const factors = squares.map((sum) => (sum > 1e-24 * count ? Math.sqrt(count / sum) : 0));
  return (rows) => ({
    ...rows,
    values: rows.values.map((value, at) => (value - means[at % width]) * factors[at % width]),
  });
}
