import {
  type BootstrapEstimate,
  type BootstrapOptions,
  bootstrap,
  forEachResample,
  percentileShares,
} from "./bootstrap";
import { captureCurve, scoredOnly } from "./capture";
import { placements } from "./delong";
import { meanOf, quantileOfSorted } from "./describe";
import type { SuccessRateCurve } from "./types";

/** Which unit of area holds each occurrence, as captureCurve takes it. */
type Holding = Parameters<typeof captureCurve>[1];

/** The straight step of a success-rate curve on which an occurrence is captured, in shares of area. */
interface CaptureStep {
  readonly from: number;
  readonly to: number;
}

/**
 * Area under the ROC curve with its bootstrap interval over the units that hold an occurrence.
 *
 * @param labels 1 for a unit that holds an occurrence, else 0
 * @throws InputError as rocCurve, and when fewer than two units hold one
 */
export function aucBootstrap(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: BootstrapOptions,
): BootstrapEstimate {
  return bootstrap(Array.from(placements(scores, labels).positives), meanOf, options);
}

/**
 * Area under the success-rate curve with its bootstrap interval over occurrences.
 *
 * @throws InputError as successRateCurve, and when there are fewer than two occurrences
 */
export function successRateAreaBootstrap(
  scores: ArrayLike<number>,
  holding: Holding,
  options: BootstrapOptions,
): BootstrapEstimate {
  return bootstrap(areaLeft(scores, holding), meanOf, options);
}

/**
 * Of each occurrence the share of the area that scores below it, its own ties counted half; their
 * mean is the area under the success-rate curve. In the order of holding.assigned, those in a unit
 * without a score left out.
 *
 * @throws InputError as successRateCurve
 */
export function areaLeft(scores: ArrayLike<number>, holding: Holding): number[] {
  // An occurrence captured on a step adds the area that is left at the middle of the step.
  return captureSteps(scores, holding).map(({ from, to }) => 1 - (from + to) / 2);
}

/**
 * Share of occurrences captured in the best-scoring share of the area, with its bootstrap interval
 * over occurrences. Of few occurrences, all captured, it is 1 without width: see
 * proportionWithInterval.
 *
 * @throws InputError as successRateAreaBootstrap
 */
export function captureBootstrap(
  scores: ArrayLike<number>,
  holding: Holding,
  areaShare: number,
  options: BootstrapOptions,
): BootstrapEstimate {
  const captured = captureSteps(scores, holding).map((step) => capturedShare(step, areaShare));
  return bootstrap(captured, meanOf, options);
}

/** A band about a success-rate curve: at each share of the area, by percentiles of resamples. */
export interface SuccessRateBand {
  readonly areaShare: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly confidence: number;
}

/**
 * Pointwise bootstrap band of a success-rate curve over occurrences, at every per cent of the area.
 *
 * @throws InputError as successRateCurve
 */
export function successRateBand(
  scores: ArrayLike<number>,
  holding: Holding,
  { seed, resamples = 2000, confidence = 0.95 }: Omit<BootstrapOptions, "interval">,
): SuccessRateBand {
  const steps = captureSteps(scores, holding);
  const areaShare = Array.from({ length: 101 }, (_, percent) => percent / 100);
  const captured = areaShare.map((share) =>
    Float64Array.from(steps, (step) => capturedShare(step, share)),
  );
  const resampled = areaShare.map(() => new Float64Array(resamples));
  forEachResample(steps.length, seed, resamples, (drawn, resample) => {
    for (let percent = 0; percent < captured.length; percent++) {
      const shares = captured[percent];
      let sum = 0;
      for (let at = 0; at < drawn.length; at++) sum += shares[drawn[at]];
      resampled[percent][resample] = sum / drawn.length;
    }
  });
  const [low, high] = percentileShares(confidence);
  const sorted = resampled.map((values) => values.sort());
  return {
    areaShare,
    low: sorted.map((values) => quantileOfSorted(values, low)),
    high: sorted.map((values) => quantileOfSorted(values, high)),
    confidence,
  };
}

/** The step of each occurrence in a unit with a score, in the order of holding.assigned. */
function captureSteps(scores: ArrayLike<number>, holding: Holding): CaptureStep[] {
  const curve = captureCurve(scores, holding);
  const steps = stepsByScore(curve);
  return scoredOnly(scores, holding).map(({ patch }) => steps.get(scores[patch]) as CaptureStep);
}

function stepsByScore({ thresholds, areaShare }: SuccessRateCurve): Map<number, CaptureStep> {
  return new Map(
    thresholds.slice(1).map((score, at) => [score, { from: areaShare[at], to: areaShare[at + 1] }]),
  );
}

function capturedShare({ from, to }: CaptureStep, areaShare: number): number {
  return Math.min(1, Math.max(0, (areaShare - from) / (to - from)));
}
