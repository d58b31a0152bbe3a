import { InputError } from "../errors";
import { midRanks } from "./ranks";
import { chiSquareTail, fisherTail, rangeQuantile, rangeTail } from "./test-distributions";

/** How methods stand over districts, by ranks. */
export interface FriedmanTest {
  readonly methods: readonly string[];
  readonly districts: number;
  /** Rank of each method in each district: [district][method], 1 for the highest score. */
  readonly ranks: readonly Float64Array[];
  /** Mean over the districts, in the order of the methods. */
  readonly averageRanks: Float64Array;
  /** Friedman's chi-square as Demsar (2006) has it: without a correction for ties. */
  readonly chiSquare: number;
  /** Probability of as large a chi-square where all methods are equal. */
  readonly chiSquareP: number;
  /** Iman and Davenport's (1980) F, less conservative; infinite where every district ranks alike. */
  readonly f: number;
  readonly fP: number;
}

/**
 * Friedman's test: do methods differ over districts? Only the order of the methods within each
 * district counts, so that hard and easy districts can be compared. Source: Demsar, Statistical
 * comparisons of classifiers over multiple data sets, JMLR 7 (2006).
 *
 * @param methods names of at least two
 * @param scores [district][method], high for good, such as the AUC; of at least two districts
 * @throws InputError when a district has not one finite score a method
 */
export function friedmanTest(
  methods: readonly string[],
  scores: readonly ArrayLike<number>[],
): FriedmanTest {
  requireComplete(methods, scores);
  const [count, districts] = [methods.length, scores.length];
  const ranks = scores.map((row) => midRanks(Array.from(row, (score) => -score)));
  const averageRanks = Float64Array.from(
    methods,
    (_, method) => ranks.reduce((sum, row) => sum + row[method], 0) / districts,
  );
  const squares = averageRanks.reduce((sum, rank) => sum + (rank - (count + 1) / 2) ** 2, 0);
  const chiSquare = ((12 * districts) / (count * (count + 1))) * squares;
  const rest = districts * (count - 1) - chiSquare;
  const f =
    rest > 1e-9 * districts ? ((districts - 1) * chiSquare) / rest : Number.POSITIVE_INFINITY;
  return {
    ...{ methods, districts, ranks, averageRanks, chiSquare, f },
    chiSquareP: chiSquareTail(chiSquare, count - 1),
    fP: fisherTail(f, count - 1, (count - 1) * (districts - 1)),
  };
}

/** Which methods Nemenyi's test tells apart. */
export interface NemenyiTest {
  /** Average ranks that differ by this or more differ significantly. */
  readonly criticalDifference: number;
  readonly significance: number;
  /**
   * Methods by rising average rank, such as the groups of a critical-difference diagram: each the
   * largest set whose ranks lie within less than the critical difference; none inside another, and
   * none of a single method.
   */
  readonly groups: readonly (readonly string[])[];
  /** Probability of as large a difference of the ranks of each two, where none is: [one][other]. */
  readonly p: readonly Float64Array[];
}

/**
 * Nemenyi's test of each two methods after Friedman's: the critical difference of average ranks by
 * the studentised range, which allows for all pairs at once.
 *
 * @param significance chance of any false finding where all methods are equal
 */
export function nemenyiTest(
  { methods, districts, averageRanks }: FriedmanTest,
  significance = 0.05,
): NemenyiTest {
  const count = methods.length;
  const deviation = Math.sqrt((count * (count + 1)) / (12 * districts));
  const criticalDifference = rangeQuantile(significance, count) * deviation;
  const p = methods.map((_, one) =>
    Float64Array.from(methods, (_, other) =>
      rangeTail(Math.abs(averageRanks[one] - averageRanks[other]) / deviation, count),
    ),
  );
  return {
    criticalDifference,
    significance,
    groups: groupsOf(methods, averageRanks, criticalDifference),
    p,
  };
}

function groupsOf(
  methods: readonly string[],
  averageRanks: Float64Array,
  criticalDifference: number,
): string[][] {
  const order = methods
    .map((_, at) => at)
    .sort((one, other) => averageRanks[one] - averageRanks[other] || one - other);
  let reached = 0;
  return order.flatMap((first, from) => {
    const to = order.findLastIndex(
      (last) => averageRanks[last] - averageRanks[first] < criticalDifference,
    );
    if (to <= reached || to === from) return [];
    reached = to;
    return [order.slice(from, to + 1).map((at) => methods[at])];
  });
}

function requireComplete(methods: readonly string[], scores: readonly ArrayLike<number>[]): void {
  const refuse = (found: string, expected: string) =>
    new InputError({ kind: "values", field: "scores of methods over districts", found, expected });
  if (methods.length < 2 || scores.length < 2) {
    throw refuse(
      `${methods.length} methods and ${scores.length} districts`,
      "at least two of each",
    );
  }
  scores.forEach((row, district) => {
    const at = Array.from(row).findIndex((score) => !Number.isFinite(score));
    if (row.length === methods.length && at < 0) return;
    const found = at < 0 ? `${row.length} scores` : `${row[at]} for ${methods[at]}`;
    throw refuse(
      `${found} in district ${district + 1}`,
      `a finite score for each of ${methods.length} methods: leave out the district or the method`,
    );
  });
}
