import { InputError } from "../errors";
import { randomStream } from "../random";
import { pearson } from "./correlation";
import { quantileOfSorted } from "./describe";
import { proportionWithInterval } from "./proportion";
import { midRanks } from "./ranks";
import type { Estimate } from "./types";

type Matrix = readonly (readonly number[])[];

/** How far two correlation matrices of the same things agree, pair by pair. */
export interface MatrixAgreement {
  /** Spearman's correlation of the pairs of one with those of the other. */
  readonly rank: number;
  /** Where 95 % of these lie when the things of one matrix are given each other's names. */
  readonly chance: readonly [number, number];
  /** Share of such renamings whose correlation is at least as high (Mantel 1967). */
  readonly pValue: number;
  /** Share of pairs with a sign in the reference whose sign is the same, with Wilson's interval. */
  readonly signs: Estimate;
  /** Pairs whose reference is not 0, and pairs in all. */
  readonly signedPairs: number;
  readonly pairs: number;
}

/**
 * How far a correlation matrix agrees with a reference: the ranks of its pairs, beside those of the
 * same matrix with its rows and columns shuffled, and the signs.
 *
 * @throws InputError when the matrices are not square of one size with three things at least
 */
export function matrixAgreement(
  matrix: Matrix,
  reference: Matrix,
  { seed, relabellings = 2000 }: { readonly seed: number; readonly relabellings?: number },
): MatrixAgreement {
  requireAlike(matrix, reference);
  const order = matrix.map((_, at) => at);
  const known = pairValues(reference, order);
  const knownRanks = midRanks(known);
  const rankOf = (places: readonly number[]) =>
    pearson(midRanks(pairValues(matrix, places)), knownRanks);
  const rank = rankOf(order);
  const random = randomStream(seed, "matrix agreement");
  const shuffled = Float64Array.from({ length: relabellings }, () => {
    for (let at = order.length - 1; at > 0; at--) {
      const other = random.below(at + 1);
      [order[at], order[other]] = [order[other], order[at]];
    }
    return rankOf(order);
  }).sort();
  const own = pairValues(
    matrix,
    matrix.map((_, at) => at),
  );
  const signed = known.flatMap((value, at) => (value === 0 ? [] : [at]));
  const same = signed.filter((at) => own[at] * known[at] > 0).length;
  const asHigh = shuffled.filter((value) => value >= rank - 1e-12).length;
  return {
    rank,
    chance: [quantileOfSorted(shuffled, 0.025), quantileOfSorted(shuffled, 0.975)],
    pValue: (1 + asHigh) / (1 + relabellings),
    signs: proportionWithInterval(same, signed.length),
    signedPairs: signed.length,
    pairs: known.length,
  };
}

/** The values of all pairs, by rows of the upper triangle, with things in some order. */
function pairValues(matrix: Matrix, order: readonly number[]): number[] {
  return order.flatMap((row, at) => order.slice(at + 1).map((column) => matrix[row][column]));
}

function requireAlike(matrix: Matrix, reference: Matrix): void {
  const size = matrix.length;
  const isSquare = [...matrix, ...reference].every((row) => row.length === size);
  if (isSquare && reference.length === size && size > 2) return;
  throw new InputError({
    kind: "values",
    field: "matrices to compare",
    found: `${size} and ${reference.length} rows`,
    expected: "two square matrices of one size, three or more",
  });
}
