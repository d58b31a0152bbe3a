import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import {
  type ClassifierTrial,
  type ClassifierTrialOptions,
  classifierTrials,
} from "./classifier-trial";
import type { RunContext } from "./context";

/** Labels of which each fold is held out in turn. */
export interface HeldOutTask {
  readonly label: string;
  readonly selection: TrainingSelection;
  /** Fold of each patch, from 0. */
  readonly fold: ArrayLike<number>;
  /** The run's seed when absent. */
  readonly seed?: number;
}

/** A classifier that has seen nothing of a fold. */
export interface HeldOutTrial {
  /** Number of the task among those asked for. */
  readonly task: number;
  readonly fold: number;
  readonly trial: ClassifierTrial;
}

/**
 * Classifiers of each task without each of its folds, side by side; none for a fold outside which there
 * are no labels of both kinds.
 *
 * @throws as classifierTrials
 */
export async function heldOutTrials(
  run: RunContext,
  patches: Patches,
  tasks: readonly HeldOutTask[],
  options: ClassifierTrialOptions,
): Promise<HeldOutTrial[]> {
  const parts = tasks.flatMap((task, at) =>
    foldsOf(task).flatMap((fold) => {
      const { label, selection, seed } = task;
      const outside = (patch: number) => task.fold[patch] !== fold;
      const prospective = selection.prospective.filter(outside);
      const background = selection.background.filter(outside);
      if (prospective.length === 0 || background.length === 0) return [];
      const kept = { prospective, background };
      return [{ at, fold, label: `${label}, without fold ${fold + 1}`, selection: kept, seed }];
    }),
  );
  const trials = await classifierTrials(
    run,
    parts.map(({ label, selection, seed }) => ({
      ...{ label, patches, selection, options },
      ...(seed !== undefined && { seed }),
    })),
  );
  return parts.map(({ at, fold }, number) => ({ task: at, fold, trial: trials[number] }));
}

/**
 * Probability of prospective for each patch by a classifier that was trained on the labelled patches
 * of all other folds: what labels say of each other's ground. All trainings of all tasks run side by
 * side.
 *
 * @returns one score a patch for each task; NaN in a fold outside which there are no labels of both
 *   kinds
 * @throws as classifierTrials
 */
export async function heldOutProbabilities(
  run: RunContext,
  patches: Patches,
  tasks: readonly HeldOutTask[],
  options: ClassifierTrialOptions,
): Promise<Float64Array[]> {
  return joinFolds(tasks, await heldOutTrials(run, patches, tasks, options));
}

/** What the classifiers of each task say of the folds that they have not seen. */
export function joinFolds(
  tasks: readonly HeldOutTask[],
  trials: readonly HeldOutTrial[],
): Float64Array[] {
  const scores = tasks.map(({ fold }) => new Float64Array(fold.length).fill(Number.NaN));
  for (const { task, fold, trial } of trials) {
    trial.probabilities.forEach((probability, patch) => {
      if (tasks[task].fold[patch] === fold) scores[task][patch] = probability;
    });
  }
  return scores;
}

function foldsOf({ fold }: HeldOutTask): number[] {
  return [...new Set(Array.from(fold))].sort((first, second) => first - second);
}
