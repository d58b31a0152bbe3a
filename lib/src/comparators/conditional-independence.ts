import { normalTail } from "../evaluation/distributions";
import { chiSquareTail } from "../evaluation/test-distributions";
import { classOf, type EvidencePattern } from "./evidence-pattern";
import { requireOneLabelARow } from "./features";
import type { FeatureTable } from "./types";
import { posteriorOf, type WeightsOfEvidence } from "./weights-of-evidence";

/** Whether two patterns are independent of each other where occurrences are. */
export interface PairTest {
  readonly first: string;
  readonly second: string;
  readonly chiSquare: number;
  readonly degrees: number;
  readonly p: number;
  /** Fewest occurrences that a cell of the table of classes would hold; below 5, p is rough. */
  readonly leastExpected: number;
}

/** Whether the patterns of weights of evidence may be added up. */
export interface ConditionalIndependence {
  /** Occurrences that there are: n. */
  readonly observed: number;
  /** Sum of the posterior probabilities over all cells: T, larger than n where patterns overlap. */
  readonly expected: number;
  /** n by T; Bonham-Carter (1994) doubts the sum below 0.85. */
  readonly ratio: number;
  /** Of T. */
  readonly deviation: number;
  /** T less n by its deviation (Agterberg and Cheng 2002). */
  readonly z: number;
  /** One-tailed: probability of as large a z where the patterns are independent. */
  readonly p: number;
  /** Every two patterns that occurrences can be counted by. */
  readonly pairs: readonly PairTest[];
}

/**
 * Tests of conditional independence, without which posterior probabilities are too high where
 * patterns repeat each other (their ranks suffer less): the omnibus ratio n / T of Bonham-Carter
 * (1994), the omnibus test of Agterberg and Cheng (2002), whose deviation of T takes cells of the
 * same classes as wholly dependent and others as independent, and chi-square of each two patterns
 * over the cells with occurrences, with Yates's correction where both are binary.
 *
 * @param table and labels that the model was fitted to
 * @throws InputError as posteriorOf, and when labels are not one a row
 */
export function conditionalIndependence(
  model: WeightsOfEvidence,
  table: FeatureTable,
  labels: ArrayLike<number>,
): ConditionalIndependence {
  requireOneLabelARow(table, labels);
  const { probability, deviation } = posteriorOf(model, table);
  const width = table.names.length;
  const classes = Array.from(probability, (_, cell) =>
    model.patterns.map((pattern, feature) =>
      pattern === null ? -1 : classOf(pattern, table.values[cell * width + feature]),
    ),
  );
  const byCondition = new Map<string, number>();
  classes.forEach((own, cell) => {
    const key = own.join();
    byCondition.set(key, (byCondition.get(key) ?? 0) + deviation[cell]);
  });
  const variance = [...byCondition.values()].reduce((sum, each) => sum + each * each, 0);
  const observed = Array.from(labels).reduce((sum, label) => sum + label, 0);
  const expected = probability.reduce((sum, each) => sum + each, 0);
  const z = (expected - observed) / Math.sqrt(variance);
  const occupied = classes.filter((_, cell) => labels[cell] === 1);
  return {
    ...{ observed, expected, ratio: observed / expected, z, p: normalTail(z) },
    deviation: Math.sqrt(variance),
    pairs: pairTests(model.patterns, occupied),
  };
}

function pairTests(
  patterns: readonly (EvidencePattern | null)[],
  occupied: readonly (readonly number[])[],
): PairTest[] {
  return patterns.flatMap((first, one) =>
    patterns.flatMap((second, other) => {
      if (first === null || second === null || other <= one) return [];
      const pairs = occupied
        .map((own): readonly [number, number] => [own[one], own[other]])
        .filter(([a, b]) => a >= 0 && b >= 0);
      const test = contingency(pairs, first.values.length, second.values.length);
      return test === null ? [] : [{ first: first.name, second: second.name, ...test }];
    }),
  );
}

/** Pearson's chi-square of a table of counts; null where a side has one class that occurs. */
function contingency(pairs: readonly (readonly [number, number])[], rows: number, columns: number) {
  const counts = Array.from({ length: rows }, () => new Float64Array(columns));
  for (const [row, column] of pairs) counts[row][column] += 1;
  const across = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const down = Array.from({ length: columns }, (_, column) =>
    counts.reduce((sum, row) => sum + row[column], 0),
  );
  const filledRows = across.filter((sum) => sum > 0).length;
  const filledColumns = down.filter((sum) => sum > 0).length;
  if (filledRows < 2 || filledColumns < 2) return null;
  const degrees = (filledRows - 1) * (filledColumns - 1);
  let chiSquare = 0;
  let leastExpected = Number.POSITIVE_INFINITY;
  counts.forEach((row, r) => {
    row.forEach((count, c) => {
      const expected = (across[r] * down[c]) / pairs.length;
      if (expected === 0) return;
      leastExpected = Math.min(leastExpected, expected);
      const away = Math.abs(count - expected);
      const corrected = degrees === 1 ? away - Math.min(0.5, away) : away;
      chiSquare += corrected ** 2 / expected;
    });
  });
  return { chiSquare, degrees, p: chiSquareTail(chiSquare, degrees), leastExpected };
}
