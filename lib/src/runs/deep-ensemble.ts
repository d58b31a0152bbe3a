import { patchSubset, selectByError } from "../patches/select";
import type { Patches } from "../patches/types";
import { type AutoencoderTrialOptions, autoencoderTrials } from "./autoencoder-trial";
import { type ClassifierTrialOptions, classifierTrials, classifyPatches } from "./classifier-trial";
import type { RunContext } from "./context";
import { patchErrors } from "./patch-errors";

/** How an ensemble of the paper's chain is trained. */
export interface DeepEnsembleOptions {
  readonly autoencoder: AutoencoderTrialOptions;
  readonly proportion: { readonly high: number; readonly low: number };
  readonly classifier: ClassifierTrialOptions;
  /** Networks that differ by their seed: the run's and those that follow it. */
  readonly members: number;
}

/** What an ensemble says of each patch. */
export interface DeepEnsemble {
  readonly id: string;
  readonly name: string;
  /** Whether scores are errors, which two fits measure by different yardsticks. */
  readonly isError: boolean;
  /** One a part: of every patch, by networks that were trained on the part. */
  readonly scores: readonly Float64Array[];
  /** Seconds that the trainings took when they were computed. */
  readonly seconds: number;
}

/**
 * Deep ensembles (Lakshminarayanan et al., 2017) of the paper's two networks: the mean error of CAEs
 * that differ by nothing but their seed, and the mean probability of CNNs, each trained on the labels
 * that its own CAE gives. Members are shared through the store with other trials of their seeds. The
 * adversarial training of that paper, which it calls optional, is left out.
 *
 * @param parts numbers of the patches to train on, one ensemble each
 * @returns the CAEs', then the CNNs'
 * @throws InputError as selectByError and autoencoderTrials; errors of training as runTrials
 */
export async function deepEnsemble(
  run: RunContext,
  patches: Patches,
  parts: readonly { readonly label: string; readonly training: Uint32Array }[],
  { autoencoder, proportion, classifier, members }: DeepEnsembleOptions,
): Promise<DeepEnsemble[]> {
  const all = patches.places.length;
  const tasks = parts.flatMap(({ label, training }, part) => {
    const taken = training.length === all ? patches : patchSubset(patches, training);
    return Array.from({ length: members }, (_, member) => ({
      ...{ part, patches: taken, seed: run.seed + member },
      label: `member ${member + 1}${label}`,
    }));
  });
  const autoencoders = await autoencoderTrials(
    run,
    tasks.map((task) => ({
      ...task,
      label: `CAE ${task.label}`,
      options: { ...autoencoder, members: 1 },
    })),
  );
  const classifiers = await classifierTrials(
    run,
    tasks.map((task, at) => ({
      ...task,
      label: `CNN ${task.label}`,
      selection: selectByError(autoencoders[at].errors, proportion),
      options: classifier,
    })),
  );
  const ensemble = async (
    named: Pick<DeepEnsemble, "id" | "name" | "isError">,
    trials: readonly { readonly seconds: number }[],
    scoresOf: (task: number) => Promise<Float64Array>,
  ): Promise<DeepEnsemble> => {
    const scores = parts.map(() => new Float64Array(all));
    for (const [at, { part }] of tasks.entries()) {
      const own = await scoresOf(at);
      own.forEach((score, patch) => {
        scores[part][patch] += score / members;
      });
    }
    return { ...named, scores, seconds: trials.reduce((sum, { seconds }) => sum + seconds, 0) };
  };
  return [
    await ensemble({ id: "caeEnsemble", name: "CAE ensemble", isError: true }, autoencoders, (at) =>
      patchErrors(autoencoders[at], patches),
    ),
    await ensemble({ id: "cnnEnsemble", name: "CNN ensemble", isError: false }, classifiers, (at) =>
      classifyPatches(classifiers[at], patches),
    ),
  ];
}
