import { InputError } from "../errors";
import { randomStream } from "../random";
import { quantileOfSorted } from "./describe";
import { normalCdf, normalQuantile } from "./distributions";
import type { Estimate } from "./types";

/** How to resample. */
export interface BootstrapOptions {
  readonly seed: number;
  /** 2,000 when absent. */
  readonly resamples?: number;
  /** 0.95 when absent. */
  readonly confidence?: number;
  /** Plain percentiles, or those corrected for bias and acceleration (BCa), the default. */
  readonly interval?: "percentile" | "bca";
}

/** The same over square blocks of neighbouring cells, which are alike and drawn together. */
export interface BlockOptions extends BootstrapOptions {
  /** Edge of a block in cells. */
  readonly blockSize: number;
}

/** A statistic with its bootstrap interval. */
export interface BootstrapEstimate extends Estimate {
  /** Standard deviation of the resampled statistics. */
  readonly standardError: number;
  /** The statistic of every resample that has one, rising. */
  readonly resampled: Float64Array;
}

/** An estimate of which nothing is known but its value: its interval is all that it could be. */
export function unknownInterval(
  value: number,
  interval: readonly [number, number],
  { confidence = 0.95 }: Pick<BootstrapOptions, "confidence">,
): BootstrapEstimate {
  return { value, interval, confidence, standardError: Number.NaN, resampled: new Float64Array(0) };
}

/**
 * Bootstrap interval of any statistic over items drawn with replacement, such as known
 * occurrences: how different could the number be, had other deposits of the same kind been found?
 * The area stays as it is, for it is the whole district and no sample.
 *
 * Source: Efron and Tibshirani (1993), chapters 13 and 14.
 *
 * @param items what is drawn; at least two
 * @param statistic of as many items as there are, some more than once; NaN where a sample has none,
 *   such as a correlation of values that are all alike: it is left out
 * @throws InputError when there are fewer than two items
 */
export function bootstrap<Item>(
  items: readonly Item[],
  statistic: (sample: readonly Item[]) => number,
  options: BootstrapOptions,
): BootstrapEstimate {
  const { resamples = 2000, confidence = 0.95, interval = "bca" } = options;
  requireItems(items.length);
  const value = statistic(items);
  const drawnValues = new Float64Array(resamples);
  const sample = [...items];
  forEachResample(items.length, options.seed, resamples, (drawn, resample) => {
    drawn.forEach((item, at) => {
      sample[at] = items[item];
    });
    drawnValues[resample] = statistic(sample);
  });
  const resampled = drawnValues.filter((each) => !Number.isNaN(each)).sort();
  const leftOut = () =>
    items
      .map((_, out) => statistic(items.filter((_item, index) => index !== out)))
      .filter((each) => !Number.isNaN(each));
  const shares =
    interval === "bca"
      ? bcaShares(value, resampled, leftOut(), confidence)
      : percentileShares(confidence);
  return {
    value,
    interval: [quantileOfSorted(resampled, shares[0]), quantileOfSorted(resampled, shares[1])],
    confidence,
    standardError: standardDeviation(resampled),
    resampled,
  };
}

/** Draws the numbers below count with replacement, again and again; the same seed, the same draws. */
export function forEachResample(
  count: number,
  seed: number,
  resamples: number,
  take: (drawn: Uint32Array, resample: number) => void,
): void {
  const random = randomStream(seed, "bootstrap");
  const drawn = new Uint32Array(count);
  for (let resample = 0; resample < resamples; resample++) {
    for (let at = 0; at < count; at++) drawn[at] = random.below(count);
    take(drawn, resample);
  }
}

/** The shares of the resampled statistics between which a percentile interval lies. */
export function percentileShares(confidence: number): readonly [number, number] {
  return [(1 - confidence) / 2, (1 + confidence) / 2];
}

/**
 * The shares of the resampled statistics between which a BCa interval lies; those of a percentile
 * interval where the statistic does not vary.
 *
 * @param leftOut the statistic without each item in turn
 */
export function bcaShares(
  value: number,
  resampled: Float64Array,
  leftOut: readonly number[],
  confidence: number,
): readonly [number, number] {
  const plain = percentileShares(confidence);
  const below = resampled.filter((other) => other < value).length;
  const atOrBelow = resampled.filter((other) => other <= value).length;
  const bias = normalQuantile((below + atOrBelow) / (2 * resampled.length));
  const mean = leftOut.reduce((sum, each) => sum + each, 0) / leftOut.length;
  const squares = leftOut.reduce((sum, each) => sum + (mean - each) ** 2, 0);
  const cubes = leftOut.reduce((sum, each) => sum + (mean - each) ** 3, 0);
  if (squares === 0 || !Number.isFinite(bias)) return plain;
  const acceleration = cubes / (6 * squares ** 1.5);
  const corrected = (share: number) => {
    const shifted = bias + normalQuantile(share);
    return normalCdf(bias + shifted / (1 - acceleration * shifted));
  };
  return [corrected(plain[0]), corrected(plain[1])];
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function requireItems(count: number): void {
  if (count >= 2) return;
  throw new InputError({
    kind: "values",
    field: "items to resample",
    found: String(count),
    expected: "at least two",
  });
}
