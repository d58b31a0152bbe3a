import { InputError } from "../errors";
import { fallingOrder, midRanks } from "./ranks";
import type { RocCurve } from "./types";

/**
 * Receiver operating characteristic of a score: for every threshold the share of positives against
 * the share of negatives at or above it. Tied scores make one straight step.
 *
 * @param scores high for positive; finite
 * @param labels 1 for positive, 0 for negative
 * @throws InputError when a score is not finite or one of the two classes is empty
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): RocCurve {
  const { positives, negatives } = countClasses(scores, labels);
  const order = fallingOrder(scores);
  const curve = { falsePositiveRate: [0], truePositiveRate: [0], thresholds: [Infinity] };
  let hits = 0;
  order.forEach((index, rank) => {
    hits += labels[index];
    const isLastOfItsScore = scores[order[rank + 1]] !== scores[index];
    if (!isLastOfItsScore) return;
    curve.truePositiveRate.push(hits / positives);
    curve.falsePositiveRate.push((rank + 1 - hits) / negatives);
    curve.thresholds.push(scores[index]);
  });
  return { ...curve, auc: areaUnderRoc(scores, labels), positives, negatives };
}

/**
 * Area under the ROC curve: the probability that a positive scores above a negative, ties counted
 * half (Mann-Whitney, by mid-ranks).
 *
 * @throws InputError as rocCurve
 */
export function areaUnderRoc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { positives, negatives } = countClasses(scores, labels);
  let rankSum = 0;
  midRanks(scores).forEach((rank, index) => {
    if (labels[index] === 1) rankSum += rank;
  });
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Numbers of positives and negatives, once the scores are known to be usable. */
export function countClasses(scores: ArrayLike<number>, labels: ArrayLike<number>) {
  let positives = 0;
  for (let index = 0; index < scores.length; index++) {
    if (!Number.isFinite(scores[index])) {
      throw badScores(`${scores[index]} at position ${index}`, "finite numbers");
    }
    if (labels[index] !== 0 && labels[index] !== 1) {
      throw badScores(`label ${labels[index]} at position ${index}`, "labels 0 and 1");
    }
    positives += labels[index];
  }
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0 || labels.length !== scores.length) {
    throw badScores(
      `${positives} positives among ${scores.length} scores and ${labels.length} labels`,
      "a label for each score, and at least one positive and one negative",
      TOO_FEW,
    );
  }
  return { positives, negatives };
}

const TOO_FEW =
  "Where every patch holds an occurrence, or none, take other patches: a smaller size or finer pixels.";

function badScores(found: string, expected: string, remedy?: string): InputError {
  const details = { kind: "values", field: "scores and labels", found, expected } as const;
  return new InputError(remedy === undefined ? details : { ...details, remedy });
}
