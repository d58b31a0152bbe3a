import { InputError } from "../errors";
import { fallingOrder } from "./ranks";
import type { SuccessRateCurve } from "./types";

/**
 * Success-rate curve: as the threshold falls, the cumulative share of occurrences captured against
 * the cumulative share of area selected. Area with one and the same score enters as one straight
 * step, so saturated probabilities are never ordered by chance.
 *
 * Source: Agterberg and Bonham-Carter (2005); paper, Fig. 12.
 *
 * @param areaScores score of each unit of area (patches or pixels of equal size)
 * @param occurrenceScores score of the unit that holds each occurrence
 * @throws InputError when a score is not finite, a list is empty, or an occurrence has a score that
 *   no unit of area has
 */
export function successRateCurve(
  areaScores: ArrayLike<number>,
  occurrenceScores: ArrayLike<number>,
): SuccessRateCurve {
  requireFinite("area scores", areaScores);
  requireFinite("occurrence scores", occurrenceScores);
  const area = fallingOrder(areaScores);
  const occurrences = fallingOrder(occurrenceScores);
  const areaShare = [0];
  const occurrenceShare = [0];
  const thresholds = [Infinity];
  let captured = 0;
  area.forEach((unit, rank) => {
    const score = areaScores[unit];
    if (areaScores[area[rank + 1]] === score) return;
    while (captured < occurrences.length && occurrenceScores[occurrences[captured]] >= score) {
      captured += 1;
    }
    areaShare.push((rank + 1) / area.length);
    occurrenceShare.push(captured / occurrences.length);
    thresholds.push(score);
  });
  if (captured < occurrences.length) {
    throw badScores(
      "occurrence scores",
      "an occurrence that scores below every unit of area",
      "the score of the unit that holds it",
    );
  }
  return {
    areaShare,
    occurrenceShare,
    thresholds,
    auc: trapezoids(areaShare, occurrenceShare),
    occurrences: occurrences.length,
  };
}

/** Shares of area and of occurrences at or above a threshold. */
export function sharesAtThreshold(curve: SuccessRateCurve, threshold: number) {
  let last = 0;
  while (last + 1 < curve.thresholds.length && curve.thresholds[last + 1] >= threshold) last += 1;
  return { areaShare: curve.areaShare[last], occurrenceShare: curve.occurrenceShare[last] };
}

/** Share of occurrences captured in a share of the area, on the straight steps of the curve. */
export function occurrenceShareAt(curve: SuccessRateCurve, areaShare: number): number {
  const to = curve.areaShare.findIndex((share) => share >= areaShare);
  if (to <= 0) return 0;
  const width = curve.areaShare[to] - curve.areaShare[to - 1];
  const along = (areaShare - curve.areaShare[to - 1]) / width;
  const rise = curve.occurrenceShare[to] - curve.occurrenceShare[to - 1];
  return curve.occurrenceShare[to - 1] + along * rise;
}

function trapezoids(along: readonly number[], up: readonly number[]): number {
  return along.reduce(
    (sum, value, at) =>
      at === 0 ? 0 : sum + ((value - along[at - 1]) * (up[at] + up[at - 1])) / 2,
    0,
  );
}

function requireFinite(field: string, scores: ArrayLike<number>): void {
  if (scores.length === 0) throw badScores(field, "none", "at least one");
  for (let index = 0; index < scores.length; index++) {
    if (Number.isFinite(scores[index])) continue;
    throw badScores(field, `${scores[index]} at position ${index}`, "finite numbers");
  }
}

function badScores(field: string, found: string, expected: string): InputError {
  return new InputError({ kind: "values", field, found, expected });
}
