import type { CellPlace } from "./block-numbers";
import { blockStatistic } from "./block-statistic";
import type { BlockOptions, BootstrapEstimate } from "./bootstrap";
import { proportionWithInterval } from "./proportion";
import type { Estimate } from "./types";

/** How far probabilities are from what came true, with intervals over blocks of cells. */
export interface CalibrationScores {
  /** Mean squared difference of probability and label, 0 to 1; low is good. */
  readonly brier: BootstrapEstimate;
  /**
   * Expected calibration error, 0 to 1: the difference between mean probability and share of positives
   * in bins of equal width, weighted by how many cells each holds (Guo et al. 2017). It is above 0 even
   * of perfect probabilities, since bins hold few.
   */
  readonly error: BootstrapEstimate;
  /**
   * Share of positives by bin that holds any, at the mean probability there. Its interval reaches as
   * far as that over blocks and Wilson's: of few that all came true, blocks drawn again know no doubt.
   */
  readonly curve: readonly { readonly probability: number; readonly observed: Estimate }[];
}

/**
 * Brier score, expected calibration error and reliability curve of probabilities against labels.
 *
 * @param probabilities 0 to 1
 * @param labels 1 where it came true, else 0
 * @param bins of equal width
 */
export function calibrationScores(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  places: readonly CellPlace[],
  options: BlockOptions,
  bins = 10,
): CalibrationScores {
  const all = Array.from(probabilities);
  const binOf = (probability: number) => Math.min(bins - 1, Math.floor(probability * bins));
  const squares = all.map((probability, cell) => (probability - labels[cell]) ** 2);
  const filled = [...new Set(all.map(binOf))].sort((one, other) => one - other);
  const within = (values: readonly number[]) =>
    filled.map((bin) => values.map((value, cell) => (binOf(all[cell]) === bin ? value : 0)));
  const off = within(all.map((probability, cell) => probability - labels[cell]));
  const counted = within(all.map(() => 1));
  const positives = within(all.map((_, cell) => labels[cell]));
  const ratio = ([part, whole]: readonly number[]) => (whole > 0 ? part / whole : Number.NaN);
  return {
    brier: blockStatistic([squares], places, ([mean]) => mean, options),
    error: blockStatistic(
      off,
      places,
      (means) => means.reduce((sum, mean) => sum + Math.abs(mean), 0),
      options,
    ),
    curve: filled.map((bin, at) => {
      const own = all.filter((probability) => binOf(probability) === bin);
      const hits = positives[at].reduce((sum, each) => sum + each, 0);
      return {
        probability: own.reduce((sum, each) => sum + each, 0) / own.length,
        observed: widest(
          blockStatistic([positives[at], counted[at]], places, ratio, options),
          proportionWithInterval(hits, own.length),
        ),
      };
    }),
  };
}

/** The first, with an interval that reaches as far as both do. */
function widest({ value, interval, confidence }: Estimate, other: Estimate): Estimate {
  // Blocks of which nothing is known say nothing.
  const [low, high] = interval.every(Number.isFinite) ? interval : other.interval;
  return {
    value,
    interval: [Math.min(low, other.interval[0]), Math.max(high, other.interval[1])],
    confidence,
  };
}

/** Brier score of some probabilities less that of others on the same labels; below 0 is better. */
export function brierDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
  places: readonly CellPlace[],
  options: BlockOptions,
): BootstrapEstimate {
  const gained = Array.from(
    first,
    (probability, cell) => (probability - labels[cell]) ** 2 - (second[cell] - labels[cell]) ** 2,
  );
  return blockStatistic([gained], places, ([mean]) => mean, options);
}
