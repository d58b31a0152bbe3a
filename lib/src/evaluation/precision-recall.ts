import { fallingOrder } from "./ranks";
import { countClasses } from "./roc";

/** Precision against recall, one point a distinct score from the highest to the lowest. */
export interface PrecisionRecallCurve {
  /** Share of positives at or above each threshold; rising. */
  readonly recall: readonly number[];
  /** Share of positives among the units at or above each threshold. */
  readonly precision: readonly number[];
  readonly thresholds: readonly number[];
  /** Precision weighted by the recall that each step gains. */
  readonly averagePrecision: number;
  /** Share of positives among all: the average precision of chance. */
  readonly baseline: number;
}

/**
 * Precision-recall curve of a score. Where positives are few, as occurrences among patches are, it
 * says what a ROC curve hides: how many selected units hold nothing known. Units without an
 * occurrence are unlabelled, not barren, so the precision is a lower bound.
 *
 * Average precision is the sum over thresholds of the gain in recall times the precision there,
 * without interpolation; tied scores are one threshold.
 *
 * @throws InputError as rocCurve
 */
export function precisionRecallCurve(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): PrecisionRecallCurve {
  const { positives } = countClasses(scores, labels);
  const order = fallingOrder(scores);
  const curve = { recall: [] as number[], precision: [] as number[], thresholds: [] as number[] };
  let hits = 0;
  let before = 0;
  let averagePrecision = 0;
  order.forEach((index, rank) => {
    hits += labels[index];
    if (scores[order[rank + 1]] === scores[index]) return;
    const precision = hits / (rank + 1);
    averagePrecision += ((hits - before) / positives) * precision;
    before = hits;
    curve.recall.push(hits / positives);
    curve.precision.push(precision);
    curve.thresholds.push(scores[index]);
  });
  return { ...curve, averagePrecision, baseline: positives / order.length };
}
