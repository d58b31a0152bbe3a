import { bootstrap } from "./bootstrap";
import { scoredOnly } from "./capture";
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
 * deposits are known. The units of area may be others, such as patches of another size.
 *
 * Source of the test: Efron and Tibshirani (1993), chapter 15.
 *
 * @returns null where both maps score fewer than two of the same occurrences
 * @throws InputError as successRateCurve
 */
export function compareCaptures<Occurrence>(
  first: ScoredOccurrences<Occurrence>,
  second: ScoredOccurrences<Occurrence>,
  { seed, resamples = 9999 }: { readonly seed: number; readonly resamples?: number },
): CaptureComparison | null {
  const [ours, theirs] = [leftByOccurrence(first), leftByOccurrence(second)];
  const pairs = [...ours].flatMap(([occurrence, left]) => {
    const other = theirs.get(occurrence);
    return other === undefined ? [] : [{ left, other }];
  });
  if (pairs.length < 2) return null;
  const difference = bootstrap(pairs, (drawn) => meanOf(drawn, ({ left, other }) => left - other), {
    ...{ seed, resamples, interval: "percentile" },
  });
  const { value, interval, confidence, resampled } = difference;
  const count = (isBeyond: (each: number) => boolean) => resampled.filter(isBeyond).length;
  const beyond = Math.min(
    count((each) => each <= 0),
    count((each) => each >= 0),
  );
  return {
    first: meanOf(pairs, ({ left }) => left),
    second: meanOf(pairs, ({ other }) => other),
    difference: { value, interval, confidence },
    p: Math.min(1, (2 * (1 + beyond)) / (1 + resampled.length)),
    occurrences: pairs.length,
  };
}

function leftByOccurrence<Occurrence>({
  scores,
  holding,
}: ScoredOccurrences<Occurrence>): Map<Occurrence, number> {
  const left = areaLeft(scores, holding);
  return new Map(scoredOnly(scores, holding).map(({ occurrence }, at) => [occurrence, left[at]]));
}

function meanOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum / items.length;
}
