import { midRanks } from "./ranks";
import { countClasses } from "./roc";
import type { Estimate } from "./types";

/** Half-width of a two-sided 95 % interval in standard errors. */
const normalQuantile95 = 1.959963984540054;

/**
 * Area under the ROC curve with DeLong's 95 % interval, from the variances of the placements of
 * positives among negatives and of negatives among positives.
 *
 * Source: DeLong, DeLong and Clarke-Pearson (1988), by the mid-rank form of Sun and Xu (2014).
 * The interval is normal and cut at 0 and 1; it takes the units as independent, which neighbouring
 * patches are not, so read it as a lower bound of the uncertainty.
 *
 * @throws InputError as rocCurve
 */
export function aucWithInterval(scores: ArrayLike<number>, labels: ArrayLike<number>): Estimate {
  const { positives, negatives } = countClasses(scores, labels);
  const split = (label: number) =>
    Float64Array.from(Array.from(scores).filter((_, index) => labels[index] === label));
  const all = midRanks(scores);
  const ranksAmong = (label: number) => all.filter((_, index) => labels[index] === label);
  const placement = (label: number, others: number) => {
    const own = midRanks(split(label));
    return ranksAmong(label).map((rank, index) => (rank - own[index]) / others);
  };
  const positivePlacements = placement(1, negatives);
  const negativePlacements = placement(0, positives).map((share) => 1 - share);
  const value = mean(positivePlacements);
  const variance =
    sampleVariance(positivePlacements) / positives + sampleVariance(negativePlacements) / negatives;
  const reach = normalQuantile95 * Math.sqrt(variance);
  return {
    value,
    interval: [Math.max(0, value - reach), Math.min(1, value + reach)],
    confidence: 0.95,
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Unbiased; 0 for a single value, whose spread is unknown. */
function sampleVariance(values: Float64Array): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
