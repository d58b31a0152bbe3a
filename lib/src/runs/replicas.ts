import { selectByError } from "../patches/select";
import type { Patches } from "../patches/types";
import {
  type AutoencoderTrial,
  type AutoencoderTrialOptions,
  autoencoderTrials,
} from "./autoencoder-trial";
import { type ClassifierTrialOptions, classifierTrials, classifyPatches } from "./classifier-trial";
import type { RunContext } from "./context";
import { patchErrors } from "./patch-errors";

/** The method from patches to map once more, with something of it otherwise. */
export interface ReplicaTask {
  readonly label: string;
  /** Patches that train both networks, and those that are scored; of the same bands and size. */
  readonly trained: Patches;
  readonly scored: Patches;
  readonly seed: number;
  /** Shares of the patches that are labelled prospective and background. */
  readonly proportion: readonly [number, number];
}

/** What a replica says of each patch that was scored. */
export interface Replica {
  readonly label: string;
  readonly errors: Float64Array;
  /** Probability of prospective, 0 to 1. */
  readonly probabilities: Float64Array;
  /** That training both took when they were computed. */
  readonly seconds: { readonly autoencoder: number; readonly classifier: number };
}

/** How both networks are trained. */
export interface ChainOptions {
  readonly autoencoder: AutoencoderTrialOptions;
  readonly classifier: ClassifierTrialOptions;
}

/**
 * Replicas of the whole chain: the auto-encoder's errors label the patches that trained it, a
 * classifier learns the labels, and both score all patches. All auto-encoders are trained side by side,
 * then all classifiers; replicas of the same patches and seed share their auto-encoder.
 *
 * @throws InputError as selectByError; errors of training as runTrials
 */
export async function trainReplicas(
  run: RunContext,
  tasks: readonly ReplicaTask[],
  { autoencoder, classifier }: ChainOptions,
): Promise<Replica[]> {
  const [distinct, of] = distinctTrainings(tasks);
  const trials = await autoencoderTrials(
    run,
    distinct.map(({ label, trained, seed }) => ({
      ...{ label: `CAE, ${label}`, patches: trained, options: autoencoder, seed },
    })),
  );
  const classifiers = await classifierTrials(
    run,
    tasks.map(({ label, trained, seed, proportion: [high, low] }, at) => ({
      ...{ label: `CNN, ${label}`, patches: trained, options: classifier, seed },
      selection: selectByError(trials[of[at]].errors, { high, low }),
    })),
  );
  const errors: Float64Array[] = [];
  for (const [at, task] of distinct.entries()) errors.push(await errorsOf(trials[at], task));
  const replicas: Replica[] = [];
  for (const [at, { label, trained, scored }] of tasks.entries()) {
    run.signal?.throwIfAborted();
    const trial = classifiers[at];
    const isSame = trained === scored;
    const probabilities = isSame ? trial.probabilities : await classifyPatches(trial, scored);
    const seconds = { autoencoder: trials[of[at]].seconds, classifier: trial.seconds };
    replicas.push({ label, errors: errors[of[at]], probabilities, seconds });
  }
  return replicas;
}

/** The tasks whose auto-encoders differ, and for each task the number of its own among them. */
function distinctTrainings(tasks: readonly ReplicaTask[]) {
  const distinct: ReplicaTask[] = [];
  const of = tasks.map((task) => {
    const at = distinct.findIndex(
      ({ trained, seed }) => trained === task.trained && seed === task.seed,
    );
    return at < 0 ? distinct.push(task) - 1 : at;
  });
  return [distinct, of] as const;
}

async function errorsOf(trial: AutoencoderTrial, { trained, scored }: ReplicaTask) {
  return trained === scored ? trial.errors : patchErrors(trial, scored);
}
