import { meanMap } from "../evaluation/replica-maps";
import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import type { ClassifierTrialOptions } from "./classifier-trial";
import type { RunContext } from "./context";
import { dropoutTrial } from "./dropout-trial";
import { heldOutTrials, joinFolds } from "./held-out";

/** Probabilities of each patch by classifiers that have not seen its fold; NaN where there are none. */
export interface HeldOutEnsemble {
  /** By classifiers of the method's own seed. */
  readonly single: Float64Array;
  /** Mean over all seeds. */
  readonly ensemble: Float64Array;
  /** Of the method's own seed, mean over passes with dropout. */
  readonly dropout: Float64Array;
  /** One a seed, the first that of the method. */
  readonly singles: readonly Float64Array[];
}

/**
 * Trains the classifier without each fold, once a seed, on the same labels.
 *
 * @param fold of each patch, by blocks of ground
 * @throws as heldOutTrials and dropoutTrial
 */
export async function heldOutEnsemble(
  run: RunContext,
  patches: Patches,
  selection: TrainingSelection,
  fold: Uint8Array,
  {
    seeds,
    passes,
    classifier,
  }: {
    readonly seeds: readonly number[];
    readonly passes: number;
    readonly classifier: ClassifierTrialOptions;
  },
): Promise<HeldOutEnsemble> {
  const tasks = seeds.map((seed, at) => ({
    ...{ label: `CNN, held out, seed ${at + 1}`, selection, fold, seed },
  }));
  const trials = await heldOutTrials(run, patches, tasks, classifier);
  const singles = joinFolds(tasks, trials);
  const dropout = new Float64Array(fold.length).fill(Number.NaN);
  for (const { task, fold: own, trial } of trials) {
    if (task !== 0) continue;
    const control = { passes, seed: seeds[0] };
    const { mean } = await dropoutTrial(run, "probabilities", trial.model, patches, control);
    mean.forEach((probability, patch) => {
      if (fold[patch] === own) dropout[patch] = probability;
    });
  }
  return { single: singles[0], ensemble: meanMap(singles), dropout, singles };
}
