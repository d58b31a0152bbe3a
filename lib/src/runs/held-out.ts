import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import { type ClassifierTrialOptions, classifierTrials } from "./classifier-trial";
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
  const scores = tasks.map(({ fold }) => new Float64Array(fold.length).fill(Number.NaN));
  for (const [number, { at, fold }] of parts.entries()) {
    const { probabilities } = trials[number];
    probabilities.forEach((probability, patch) => {
      if (tasks[at].fold[patch] === fold) scores[at][patch] = probability;
    });
  }
  return scores;
}

function foldsOf({ fold }: HeldOutTask): number[] {
  return [...new Set(Array.from(fold))].sort((first, second) => first - second);
}
