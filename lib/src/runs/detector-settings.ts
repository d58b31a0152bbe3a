import type { FeatureTable } from "../comparators/types";
import type { RunContext } from "./context";
import { type DetectorTrial, namedDetectorTrials } from "./detector-trial";
import { oneClassSvm, robustMahalanobis } from "./usual-detectors";

/** Settings of detectors that have no one usual value. */
export interface DetectorSettings {
  /** Shares that may lie outside the boundary of the one-class support vector machine, 0 to 1. */
  readonly outside: readonly number[];
  /** Seeds of the search for the minimum covariance determinant. */
  readonly seeds: readonly number[];
  readonly folds?: ArrayLike<number> | undefined;
}

/** The same detector by the values of one of its settings. */
export interface DetectorSetting {
  readonly setting: string;
  readonly value: number;
  readonly trial: DetectorTrial;
}

/**
 * Detectors with settings other than the usual ones, or the stored ones: what they say by the share
 * outside a one-class boundary, and by the seed from which the bulk of the rows is sought.
 *
 * @throws InputError when folds are not one a row, or a share is none
 */
export async function detectorSettings(
  run: RunContext,
  table: FeatureTable,
  { outside, seeds, folds }: DetectorSettings,
): Promise<DetectorSetting[]> {
  const vectors = outside.map((share) => oneClassSvm(share, run.seed));
  const distances = seeds.map((seed) => robustMahalanobis(table, seed));
  const trials = await namedDetectorTrials(run, table, [...vectors, ...distances], folds);
  return trials.map((trial, at) =>
    at < outside.length
      ? { setting: "share outside", value: outside[at], trial }
      : { setting: "seed", value: seeds[at - outside.length], trial },
  );
}
