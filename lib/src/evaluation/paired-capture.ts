import { bootstrap } from "./bootstrap";
import { scoredOnly } from "./capture";
import { meanOf } from "./describe";
import { areaLeft } from "./occurrence-bootstrap";
import type { Estimate } from "./types";

/** A score of each unit of area, and which units hold which occurrences. */
export interface ScoredOccurrences<Occurrence> {
  readonly scores: ArrayLike<number>;
  readonly holding: {
    readonly assigned: readonly { readonly occurrence: Occurrence; readonly patch: number }[];
  };
}

/** Two maps compared by the areas under their success-rate curves. */
export interface CaptureComparison {
  /** Areas of the occurrences that both maps score. */
  readonly first: number;
  readonly second: number;
  /** First less second, with its 95 % bootstrap interval by percentiles. */
  readonly difference: Estimate;
  /** Two-sided: twice the share of resamples on the other side of no difference. */
  readonly p: number;
  /** Occurrences that both maps score. */
  readonly occurrences: number;
}

/**
 * Paired comparison of two maps at the same occurrences: of each, the area that scores below it on
 * one map less that on the other; their mean is the difference of the areas under the success-rate
 * curves. Occurrences are drawn with replacement, so it says how the difference hangs on which
 * deposits are known. Those that lie in one patch of either map score alike there and are drawn
 * together; else fifty workings of one ore field would count as fifty witnesses. The units of area of
 * the maps may be others, such as patches of another size.
 *
 * Source of the test: Efron and Tibshirani (1993), chapter 15; of drawing what belongs together:
 * Davison and Hinkley (1997), section 3.8.
 *
 * @returns null where the same occurrences that both maps score lie in fewer than two such places
 * @throws InputError as successRateCurve
 */
export function compareCaptures<Occurrence>(
  first: ScoredOccurrences<Occurrence>,
  second: ScoredOccurrences<Occurrence>,
  { seed, resamples = 9999 }: { readonly seed: number; readonly resamples?: number },
): CaptureComparison | null {
  const [ours, theirs] = [placedAreas(first), placedAreas(second)];
  const pairs = [...ours].flatMap(([occurrence, one]) => {
    const other = theirs.get(occurrence);
    return other === undefined ? [] : [{ one, other }];
  });
  const places = together(pairs);
  if (places.length < 2) return null;
  const { value, interval, confidence, resampled } = bootstrap(places, meanDifference, {
    ...{ seed, resamples, interval: "percentile" },
  });
  const count = (isBeyond: (each: number) => boolean) => resampled.filter(isBeyond).length;
  const beyond = Math.min(
    count((each) => each <= 0),
    count((each) => each >= 0),
  );
  return {
    first: meanOf(pairs.map(({ one }) => one.left)),
    second: meanOf(pairs.map(({ other }) => other.left)),
    difference: { value, interval, confidence },
    p: Math.min(1, (2 * (1 + beyond)) / (1 + resampled.length)),
    occurrences: pairs.length,
  };
}

/** The patch of an occurrence, and the share of the area that scores below it. */
interface Placed {
  readonly patch: number;
  readonly left: number;
}

/** An occurrence on both maps. */
interface Pair {
  readonly one: Placed;
  readonly other: Placed;
}

/** Occurrences that are drawn together: how many, and the sum of their differences. */
interface Place {
  readonly count: number;
  readonly sum: number;
}

function placedAreas<Occurrence>({
  scores,
  holding,
}: ScoredOccurrences<Occurrence>): Map<Occurrence, Placed> {
  const left = areaLeft(scores, holding);
  return new Map(
    scoredOnly(scores, holding).map(({ occurrence, patch }, at) => [
      occurrence,
      { patch, left: left[at] },
    ]),
  );
}

/** Pairs that share a patch on either map, and those that share one with them, and so on. */
function together(pairs: readonly Pair[]): Place[] {
  let places: { ones: Set<number>; others: Set<number>; members: Pair[] }[] = [];
  for (const pair of pairs) {
    const { one, other } = pair;
    const met = places.filter(({ ones, others }) => ones.has(one.patch) || others.has(other.patch));
    const joined = {
      ones: new Set([one.patch, ...met.flatMap(({ ones }) => [...ones])]),
      others: new Set([other.patch, ...met.flatMap(({ others }) => [...others])]),
      members: [...met.flatMap(({ members }) => members), pair],
    };
    places = [...places.filter((place) => !met.includes(place)), joined];
  }
  return places.map(({ members }) => ({
    count: members.length,
    sum: members.reduce((sum, { one, other }) => sum + one.left - other.left, 0),
  }));
}

function meanDifference(places: readonly Place[]): number {
  let [sum, count] = [0, 0];
  for (const place of places) {
    sum += place.sum;
    count += place.count;
  }
  return sum / count;
}
