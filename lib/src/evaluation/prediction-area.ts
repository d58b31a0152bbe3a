import { sharesAtThreshold } from "./success-rate";
import type { SuccessRateCurve } from "./types";

/** What a score captures at or above a threshold. */
export interface PredictionAreaPoint {
  readonly threshold: number;
  /** Prediction rate Pr: share of occurrences at or above the threshold. */
  readonly occurrenceShare: number;
  /** Occupied area Oa: share of the area at or above the threshold. */
  readonly areaShare: number;
  /** Normalised density Nd = Pr / Oa; 1 is chance; null where no area is left. */
  readonly normalisedDensity: number | null;
  /** Weight ln(Nd); null where no occurrence or no area is left. */
  readonly weight: number | null;
}

/** A prediction-area plot as numbers. */
export interface PredictionArea {
  /** One point a distinct score, from the highest threshold to the lowest. */
  readonly points: readonly PredictionAreaPoint[];
  /**
   * Where the two curves meet: the share of occurrences captured is the share of the area left out.
   * The higher it lies, the more is predicted in the smaller area.
   */
  readonly crossing: PredictionAreaPoint;
  readonly occurrences: number;
}

/**
 * Prediction-area plot of a score: the share of occurrences captured, and on an inverse axis the
 * share of area occupied, against the threshold; the crossing of both curves sums a map up in one
 * number that does not depend on a chosen threshold.
 *
 * Source: Yousefi and Carranza (2015, doi:10.1016/j.cageo.2015.06.006). They read the crossing
 * between classes of score; here every distinct score is a class, so that no choice of classes moves
 * it. Between two scores it is interpolated along the straight step.
 *
 * @param curve success-rate curve, as captureCurve gives it
 */
export function predictionArea(curve: SuccessRateCurve): PredictionArea {
  const { thresholds, areaShare, occurrenceShare, occurrences } = curve;
  const points = thresholds
    .slice(1)
    .map((threshold, at) => pointAt(threshold, occurrenceShare[at + 1], areaShare[at + 1]));
  // Both shares rise from 0 to 1, so their sum passes 1 once.
  const to = areaShare.findIndex((share, at) => share + occurrenceShare[at] >= 1);
  const sums = [to - 1, to].map((at) => areaShare[at] + occurrenceShare[at]);
  const along = (1 - sums[0]) / (sums[1] - sums[0]);
  const between = (values: readonly number[]) =>
    values[to - 1] + along * (values[to] - values[to - 1]);
  const threshold = to === 1 ? thresholds[1] : between(thresholds);
  const crossing = pointAt(threshold, between(occurrenceShare), between(areaShare));
  return { points, crossing, occurrences };
}

/**
 * The points at chosen thresholds, such as the bounds of classes: what lies at or above each.
 *
 * @param thresholds in any order
 */
export function predictionAreaAt(
  curve: SuccessRateCurve,
  thresholds: readonly number[],
): PredictionAreaPoint[] {
  return thresholds.map((threshold) => {
    const { areaShare, occurrenceShare } = sharesAtThreshold(curve, threshold);
    return pointAt(threshold, occurrenceShare, areaShare);
  });
}

function pointAt(
  threshold: number,
  occurrenceShare: number,
  areaShare: number,
): PredictionAreaPoint {
  const normalisedDensity = areaShare === 0 ? null : occurrenceShare / areaShare;
  const weight =
    normalisedDensity === null || normalisedDensity === 0 ? null : Math.log(normalisedDensity);
  return { threshold, occurrenceShare, areaShare, normalisedDensity, weight };
}
