import { sharesAtThreshold, successRateCurve } from "./success-rate";
import type { SuccessRateCurve } from "./types";

/** Which unit of area holds each occurrence. */
interface Holding {
  readonly assigned: readonly { readonly patch: number }[];
}

/**
 * Success-rate curve of patch scores for the occurrences that patches hold. Patches without a score
 * (NaN, such as those of a zone that could not be fitted) and what they hold are left out of area
 * and occurrences alike; unscored counts them.
 */
export function captureCurve(scores: ArrayLike<number>, holding: Holding): SuccessRateCurve {
  return successRateCurve(
    Float64Array.from(scores).filter((score) => !Number.isNaN(score)),
    scoredOnly(scores, holding).map(({ patch }) => scores[patch]),
  );
}

/** The occurrences that lie in a patch with a score. */
export function scoredOnly<Assigned extends { readonly patch: number }>(
  scores: ArrayLike<number>,
  { assigned }: { readonly assigned: readonly Assigned[] },
): readonly Assigned[] {
  return assigned.filter(({ patch }) => !Number.isNaN(scores[patch]));
}

/** Of patches none of which has a score, such as out-of-sample where there are no folds. */
export function withoutScore(count: number): Float64Array {
  return new Float64Array(count).fill(Number.NaN);
}

/** How many patches have no score, and how many occurrences lie in them. */
export function unscored(scores: ArrayLike<number>, holding: Holding) {
  return {
    patches: Array.from(scores).filter(Number.isNaN).length,
    occurrences: holding.assigned.length - scoredOnly(scores, holding).length,
  };
}

/** Shares of the area and of the occurrences at or above a threshold of the score. */
export function captureAt(scores: ArrayLike<number>, holding: Holding, threshold: number) {
  const curve = captureCurve(scores, holding);
  return { ...sharesAtThreshold(curve, threshold), occurrences: curve.occurrences };
}

/**
 * Share of the area at or above a threshold that lies outside the best-scoring share of another
 * map: the ground that one map marks and the other does not. Ties of the other at its limit count
 * as marked by it.
 *
 * @param scores of units of equal area; NaN is below any threshold
 * @param other scores of the same units
 * @param otherShare share of the area that the other map marks, 0 to 1
 */
export function newlyMarkedShare(
  scores: ArrayLike<number>,
  threshold: number,
  other: ArrayLike<number>,
  otherShare: number,
): number {
  const falling = Float64Array.from(other).sort().reverse();
  const marked = Math.round(otherShare * falling.length);
  const limit = marked === 0 ? Number.POSITIVE_INFINITY : falling[marked - 1];
  const fresh = Array.from(scores).filter(
    (score, unit) => score >= threshold && !(other[unit] >= limit),
  );
  return fresh.length / scores.length;
}
