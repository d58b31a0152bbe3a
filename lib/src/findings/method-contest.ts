import { medianOf } from "../evaluation/describe";
import { friedmanTest, nemenyiTest } from "../evaluation/friedman";
import { notToldFromBest } from "./method-ranks";
import type { MethodRanks, RankedMethod } from "./method-survey";

/** Who wins among some methods over the districts of a survey. */
export interface Contest {
  /** That of the best average rank among them. */
  readonly best: RankedMethod;
  readonly averageRank: number;
  /** The others that Friedman's and Nemenyi's tests do not tell from it, by rising rank. */
  readonly alike: readonly RankedMethod[];
  /** How many took part. */
  readonly contestants: number;
}

/** Ranks some methods among themselves; null where none of them was surveyed. */
export function contestAmong(
  { methods, districts }: Pick<MethodRanks, "methods" | "districts">,
  isOf: (method: RankedMethod) => boolean,
): Contest | null {
  const own = methods.filter(isOf);
  if (own.length === 0) return null;
  if (own.length === 1) return { best: own[0], averageRank: 1, alike: [], contestants: 1 };
  const test = friedmanTest(
    own.map(({ name }) => name),
    districts.map((_, at) => own.map(({ outOfFold }) => outOfFold[at])),
  );
  const [first, ...rest] = notToldFromBest(test, nemenyiTest(test));
  return {
    ...{ best: own[first], averageRank: test.averageRanks[first], contestants: own.length },
    alike: rest.map((at) => own[at]),
  };
}

/** How one method fares against another, district by district. */
export interface Duel {
  /** Middle of the differences of held-out areas, first less second. */
  readonly median: number;
  readonly won: number;
  readonly districts: number;
}

/** Holds one method against another on every district. */
export function duelOf(first: RankedMethod, second: RankedMethod): Duel {
  const differences = first.outOfFold.map((area, at) => area - second.outOfFold[at]);
  return {
    median: medianOf(differences),
    won: differences.filter((difference) => difference > 0).length,
    districts: differences.length,
  };
}
