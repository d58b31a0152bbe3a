import { meanOf } from "./describe";
import { normalQuantile, normalTail } from "./distributions";
import { midRanks } from "./ranks";
import { countClasses } from "./roc";
import type { Estimate } from "./types";

/**
 * Area under the ROC curve with DeLong's 95 % interval, from the variances of the placements of
 * positives among negatives and of negatives among positives.
 *
 * Source: DeLong, DeLong and Clarke-Pearson (1988), by the mid-rank form of Sun and Xu (2014).
 * The interval is normal and cut at 0 and 1; it takes the units as independent, which neighbouring
 * patches are not, so read it as a lower bound of the uncertainty. Of a single positive or negative
 * the spread is unknown, and the interval 0 to 1.
 *
 * @throws InputError as rocCurve
 */
export function aucWithInterval(scores: ArrayLike<number>, labels: ArrayLike<number>): Estimate {
  const placed = placements(scores, labels);
  const value = meanOf(placed.positives);
  const error = hasSpread(placed) ? Math.sqrt(covarianceOfAreas(placed, placed)) : Infinity;
  const reach = normalQuantile(0.975) * error;
  return {
    value,
    interval: [Math.max(0, value - reach), Math.min(1, value + reach)],
    confidence: 0.95,
  };
}

/** Two scores of the same units compared by their areas under the ROC curve. */
export interface AucComparison {
  readonly first: number;
  readonly second: number;
  /** First less second, with its 95 % interval, cut at -1 and 1. */
  readonly difference: Estimate;
  /** Difference in standard errors; 0 where both scores rank alike. */
  readonly z: number;
  /** Two-sided; 1 where both scores rank alike. */
  readonly p: number;
}

/**
 * DeLong's paired test of two scores on the same labels: are their areas under the curve the same?
 * The covariance of the two areas is taken into account, so a small difference between scores that
 * rank alike can be told from chance. Of a single positive or negative nothing is known: the interval
 * is -1 to 1 and p is 1.
 *
 * @throws InputError as rocCurve
 */
export function compareAucs(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): AucComparison {
  const [one, other] = [placements(first, labels), placements(second, labels)];
  const areas = { first: meanOf(one.positives), second: meanOf(other.positives) };
  const value = areas.first - areas.second;
  const variance =
    covarianceOfAreas(one, one) +
    covarianceOfAreas(other, other) -
    2 * covarianceOfAreas(one, other);
  // Scores that rank alike leave a variance that is rounding alone.
  const known = variance > 1e-18 ? Math.sqrt(variance) : 0;
  const error = hasSpread(one) ? known : Infinity;
  const reach = normalQuantile(0.975) * error;
  const z = error === 0 ? 0 : value / error;
  return {
    ...areas,
    difference: {
      value,
      interval: [Math.max(-1, value - reach), Math.min(1, value + reach)],
      confidence: 0.95,
    },
    z,
    p: 2 * normalTail(Math.abs(z)),
  };
}

/** For each unit the share of the other class that it stands on the right side of, ties half. */
export interface Placements {
  /** Of each positive: share of negatives that score below. */
  readonly positives: Float64Array;
  /** Of each negative: share of positives that score above. */
  readonly negatives: Float64Array;
}

/**
 * Placements of positives among negatives and the reverse; the mean of either is the AUC.
 *
 * @throws InputError as rocCurve
 */
export function placements(scores: ArrayLike<number>, labels: ArrayLike<number>): Placements {
  const { positives, negatives } = countClasses(scores, labels);
  const all = midRanks(scores);
  const placed = (label: number, others: number) => {
    const own = midRanks(
      Float64Array.from(Array.from(scores).filter((_, index) => labels[index] === label)),
    );
    return all
      .filter((_, index) => labels[index] === label)
      .map((rank, index) => (rank - own[index]) / others);
  };
  return {
    positives: placed(1, negatives),
    negatives: placed(0, positives).map((share) => 1 - share),
  };
}

/** Whether there are two of each class at least, so that the spread of placements is known. */
function hasSpread({ positives, negatives }: Placements): boolean {
  return positives.length > 1 && negatives.length > 1;
}

function covarianceOfAreas(one: Placements, other: Placements): number {
  return (
    sampleCovariance(one.positives, other.positives) / one.positives.length +
    sampleCovariance(one.negatives, other.negatives) / one.negatives.length
  );
}

/** Unbiased; 0 for a single value, whose spread is unknown: see hasSpread. */
function sampleCovariance(one: Float64Array, other: Float64Array): number {
  if (one.length < 2) return 0;
  const centres = [meanOf(one), meanOf(other)];
  const products = one.reduce(
    (sum, value, at) => sum + (value - centres[0]) * (other[at] - centres[1]),
    0,
  );
  return products / (one.length - 1);
}
