import { InputError } from "../errors";
import { studentQuantile } from "./distributions";
import { midRanks } from "./ranks";
import type { Estimate } from "./types";

/**
 * Mean over repeats, such as seeds, with Student's interval.
 *
 * @throws InputError when there are fewer than two repeats
 */
export function meanWithInterval(values: ArrayLike<number>, confidence = 0.95): Estimate {
  const count = values.length;
  if (count < 2) throw tooFew("repeats", `${count}`);
  const all = Array.from(values);
  const value = all.reduce((sum, each) => sum + each, 0) / count;
  const variance = all.reduce((sum, each) => sum + (each - value) ** 2, 0) / (count - 1);
  const reach = studentQuantile((1 + confidence) / 2, count - 1) * Math.sqrt(variance / count);
  return { value, interval: [value - reach, value + reach], confidence };
}

/** Where one of several things stands over repeats. */
export interface Ranking {
  readonly label: string;
  /** Mean over repeats with Student's interval. */
  readonly contribution: Estimate;
  /** Rank by repeat, 1 for the largest contribution; ties share the mean of theirs. */
  readonly ranks: readonly number[];
  readonly meanRank: number;
  /** Best and worst rank of any repeat. */
  readonly rankInterval: readonly [number, number];
}

/** Things ranked over repeats, and how far the repeats agree. */
export interface RepeatedRanking {
  /** By mean contribution, the largest first. */
  readonly rows: readonly Ranking[];
  /**
   * Kendall's coefficient of concordance W, corrected for ties: 1 where every repeat ranks alike, 0
   * where the ranks are as if drawn by chance.
   */
  readonly concordance: number;
}

/**
 * Ranks things by what they contribute, over repeats; one repeat's ranking may be chance.
 *
 * @param labels of the things
 * @param contributions [repeat][thing]; larger is more
 * @throws InputError when there are fewer than two repeats or things, or a repeat has not one
 *   number a thing
 */
export function rankOverRepeats(
  labels: readonly string[],
  contributions: readonly ArrayLike<number>[],
): RepeatedRanking {
  const odd = contributions.find((repeat) => repeat.length !== labels.length);
  if (odd !== undefined || contributions.length < 2 || labels.length < 2) {
    const lengths = contributions.map((repeat) => repeat.length).join(", ");
    throw tooFew("contributions", `repeats of ${lengths} numbers for ${labels.length} labels`);
  }
  const ranks = contributions.map((repeat) => midRanks(Array.from(repeat, (value) => -value)));
  const rows = labels.map((label, thing) => {
    const own = ranks.map((repeat) => repeat[thing]);
    return {
      label,
      contribution: meanWithInterval(contributions.map((repeat) => repeat[thing])),
      ranks: own,
      meanRank: own.reduce((sum, rank) => sum + rank, 0) / own.length,
      rankInterval: [Math.min(...own), Math.max(...own)] as const,
    };
  });
  rows.sort((one, other) => other.contribution.value - one.contribution.value);
  return { rows, concordance: concordance(ranks) };
}

/** Kendall and Babington Smith (1939), corrected for ties. */
function concordance(ranks: readonly Float64Array[]): number {
  const repeats = ranks.length;
  const things = ranks[0].length;
  const expected = (repeats * (things + 1)) / 2;
  let squares = 0;
  for (let thing = 0; thing < things; thing++) {
    squares += (ranks.reduce((sum, repeat) => sum + repeat[thing], 0) - expected) ** 2;
  }
  const tied = ranks.reduce((sum, repeat) => sum + tieTerm(repeat), 0);
  return (12 * squares) / (repeats * repeats * (things ** 3 - things) - repeats * tied);
}

/** Sum over groups of tied ranks of their number cubed less their number. */
function tieTerm(ranks: Float64Array): number {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
}

function tooFew(field: string, found: string): InputError {
  return new InputError({
    kind: "values",
    field,
    found,
    expected: "at least two, each with a number for everything that is compared",
  });
}
