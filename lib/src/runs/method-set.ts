import type { BoostedTrees } from "../comparators/boosted-trees";
import { patchFeatures } from "../comparators/features";
import type { RandomForest } from "../comparators/forest";
import type { LogisticRegression } from "../comparators/logistic-regression";
import type { PositiveUnlabelled } from "../comparators/positive-unlabelled";
import type {
  WeightsOfEvidence,
  WeightsOfEvidenceOptions,
} from "../comparators/weights-of-evidence";
import { withoutScore } from "../evaluation/capture";
import type { SampledScores } from "../evaluation/types";
import type { Patches } from "../patches/types";
import { outOfBagScores } from "./comparator-set";
import type { ComparatorTrial } from "./comparator-trial";
import type { RunContext } from "./context";
import { type DetectorTrial, detectorTrials } from "./detector-trial";
import {
  boostedTreesTrial,
  logisticRegressionTrial,
  positiveUnlabelledTrial,
  weightsOfEvidenceTrial,
} from "./supervised-trials";

/** A score of each patch, and what its method was told and took. */
export interface MethodScores extends SampledScores {
  /** Whether the method was told where occurrences are. */
  readonly isTold: boolean;
  /** That fitting and scoring took, folds included. */
  readonly seconds: number;
}

/** The field's other methods on the same patches and folds. */
export interface MethodSet {
  readonly detectors: readonly DetectorTrial[];
  readonly weightsOfEvidence: ComparatorTrial<WeightsOfEvidence>;
  readonly logisticRegression: ComparatorTrial<LogisticRegression>;
  readonly boostedTrees: ComparatorTrial<BoostedTrees>;
  readonly positiveUnlabelled: ComparatorTrial<PositiveUnlabelled<RandomForest>>;
  /** What each says of every patch, those first that are told of no occurrence; without skipped ones. */
  readonly scores: readonly MethodScores[];
}

/**
 * Detectors, weights of evidence, logistic regression, gradient-boosted trees and positive-unlabelled
 * bagging on the mean evidence of each patch, in-sample and out of fold. Random forest and maximum
 * entropy are comparatorSet's.
 *
 * @param labels 1 for patches that hold an occurrence, else 0, taken as background
 * @param folds null where there are too few occurrences for any; no score is out-of-sample then
 * @param favourable side of each layer that is held favourable beforehand, for weights of evidence
 * @throws InputError as the trials
 */
export async function methodSet(
  run: RunContext,
  patches: Patches,
  labels: Uint8Array,
  {
    folds,
    favourable = {},
  }: {
    readonly folds: ArrayLike<number> | null;
    readonly favourable?: NonNullable<WeightsOfEvidenceOptions["favourable"]>;
  },
): Promise<MethodSet> {
  const table = patchFeatures(patches);
  const placed = folds === null ? {} : { folds };
  const detectors = await detectorTrials(run, table, placed);
  const weightsOfEvidence = await weightsOfEvidenceTrial(run, table, labels, {
    ...placed,
    favourable,
  });
  const logisticRegression = await logisticRegressionTrial(run, table, labels, placed);
  const boostedTrees = await boostedTreesTrial(run, table, labels, placed);
  const positiveUnlabelled = await positiveUnlabelledTrial(run, table, labels, placed);
  const scores = [
    ...detectors
      .filter(({ skipped }) => skipped === null)
      .map((trial) => ({ ...sampled(trial.id, trial), isTold: false })),
    { ...sampled("weightsOfEvidence", weightsOfEvidence), isTold: true },
    { ...sampled("logisticRegression", logisticRegression), isTold: true },
    { ...sampled("boostedTrees", boostedTrees), isTold: true },
    {
      ...sampled("positiveUnlabelled", positiveUnlabelled),
      ...{ isTold: true, outOfBag: outOfBagScores(positiveUnlabelled, null) },
    },
  ];
  return {
    ...{ detectors, weightsOfEvidence, logisticRegression, boostedTrees, positiveUnlabelled },
    scores,
  };
}

function sampled(
  id: string,
  {
    label,
    scores,
    outOfFold,
    seconds,
  }: Pick<DetectorTrial, "label" | "scores" | "outOfFold" | "seconds">,
) {
  const outOfSample = outOfFold ?? withoutScore(scores.length);
  return { id, name: label, inSample: scores, outOfSample, seconds };
}
