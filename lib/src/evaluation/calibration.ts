import { InputError } from "../errors";
import { proportionWithInterval } from "./proportion";
import { countClasses } from "./roc";
import type { Estimate } from "./types";

/** Units whose probabilities fall between two bounds; from is in it, to is not, but for the last. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly positives: number;
  /** Mean of the probabilities in the bin; null in an empty one, as is the observed share. */
  readonly meanProbability: number | null;
  /** Share of positives with Wilson's 95 % interval. */
  readonly observed: Estimate | null;
}

/** How far probabilities are frequencies. */
export interface Calibration {
  readonly bins: readonly ReliabilityBin[];
  /** Mean squared difference of probability and label, 0 to 1; low is good. */
  readonly brier: number;
  /** What the share of positives, given to every unit, would score. */
  readonly brierOfBaseRate: number;
}

/**
 * Reliability of probabilities against labels, by bins of equal width.
 *
 * What it is for here: a classifier trained on labels from an auto-encoder, half of them
 * prospective, gives probabilities of *those* labels. Against known occurrences, which hold few
 * patches of all, they are far too high by construction, and the background is unlabelled, not
 * barren. So a curve off the diagonal shows what the numbers are not: chances of a deposit.
 *
 * @param probabilities 0 to 1
 * @param labels 1 where it came true, else 0
 * @throws InputError when a probability lies outside 0 to 1, and as rocCurve
 */
export function calibration(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = 10,
): Calibration {
  const { positives } = countClasses(probabilities, labels);
  const count = new Array<number>(bins).fill(0);
  const hits = new Array<number>(bins).fill(0);
  const sum = new Array<number>(bins).fill(0);
  let squares = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const probability = probabilities[index];
    if (probability < 0 || probability > 1) {
      throw new InputError({
        kind: "values",
        field: "probabilities",
        found: `${probability} at position ${index}`,
        expected: "numbers of 0 to 1",
      });
    }
    const bin = Math.min(bins - 1, Math.floor(probability * bins));
    count[bin] += 1;
    hits[bin] += labels[index];
    sum[bin] += probability;
    squares += (probability - labels[index]) ** 2;
  }
  const baseRate = positives / probabilities.length;
  return {
    bins: count.map((units, bin) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      count: units,
      positives: hits[bin],
      meanProbability: units === 0 ? null : sum[bin] / units,
      observed: units === 0 ? null : proportionWithInterval(hits[bin], units),
    })),
    brier: squares / probabilities.length,
    brierOfBaseRate: baseRate * (1 - baseRate),
  };
}
