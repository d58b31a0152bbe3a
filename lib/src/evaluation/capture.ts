import { sharesAtThreshold, successRateCurve } from "./success-rate";
import type { SuccessRateCurve } from "./types";

/** Which unit of area holds each occurrence. */
interface Holding {
  readonly assigned: readonly { readonly patch: number }[];
}

/** Success-rate curve of patch scores for the occurrences that patches hold. */
export function captureCurve(scores: ArrayLike<number>, { assigned }: Holding): SuccessRateCurve {
  return successRateCurve(
    scores,
    assigned.map(({ patch }) => scores[patch]),
  );
}

/** Shares of the area and of the occurrences at or above a threshold of the score. */
export function captureAt(scores: ArrayLike<number>, holding: Holding, threshold: number) {
  const curve = captureCurve(scores, holding);
  return { ...sharesAtThreshold(curve, threshold), occurrences: curve.occurrences };
}
