import { withoutScore } from "../evaluation/capture";
import { patchSubset, selectByError } from "../patches/select";
import type { Patches } from "../patches/types";
import { type AutoencoderTrialOptions, autoencoderTrials } from "./autoencoder-trial";
import { type ClassifierTrialOptions, classifierTrials, classifyPatches } from "./classifier-trial";
import type { RunContext } from "./context";
import { patchErrors } from "./patch-errors";

/** How both networks are trained on what lies outside a fold. */
export interface OutOfFoldOptions {
  readonly autoencoder: AutoencoderTrialOptions;
  /** Shares of patches taken as prospective and as background by the errors outside the fold. */
  readonly proportion: { readonly high: number; readonly low: number };
  readonly classifier: ClassifierTrialOptions;
}

/** What networks say of each patch that have not seen the patches of its fold. */
export interface OutOfFoldScores {
  /** Reconstruction error of each patch. */
  readonly errors: Float64Array;
  /** Probability of prospective of each patch. */
  readonly probabilities: Float64Array;
  /** That training took over all folds: auto-encoders, and classifiers after them. */
  readonly seconds: { readonly errors: number; readonly classifiers: number };
}

/**
 * The CAE and the CNN out of sample: for each fold both are trained on the patches of all other
 * folds, the CNN on labels from that CAE's errors, and applied to the fold. No network has seen the
 * ground it scores; all evidence was scaled to [0, 1] together, which looks at no occurrence.
 *
 * @param folds fold of each patch, such as spatial blocks; null where there are none: no patch has a
 *   score then
 * @throws InputError as selectByError; errors of training as runTrials
 */
export async function outOfFoldNetworks(
  run: RunContext,
  patches: Patches,
  folds: ArrayLike<number> | null,
  { autoencoder, proportion, classifier }: OutOfFoldOptions,
): Promise<OutOfFoldScores> {
  if (folds === null) {
    const none = withoutScore(patches.places.length);
    return { errors: none, probabilities: none, seconds: { errors: 0, classifiers: 0 } };
  }
  const all = Uint32Array.from(folds, (_, patch) => patch);
  const numbers = [...new Set(Array.from(folds))].sort((first, second) => first - second);
  const parts = numbers.map((fold) => ({
    label: `without fold ${fold + 1}`,
    outside: patchSubset(
      patches,
      all.filter((patch) => folds[patch] !== fold),
    ),
    inside: all.filter((patch) => folds[patch] === fold),
  }));
  const autoencoders = await autoencoderTrials(
    run,
    parts.map(({ label, outside }) => ({
      label: `CAE ${label}`,
      patches: outside,
      options: autoencoder,
    })),
  );
  const classifiers = await classifierTrials(
    run,
    parts.map(({ label, outside }, at) => ({
      label: `CNN ${label}`,
      patches: outside,
      selection: selectByError(autoencoders[at].errors, proportion),
      options: classifier,
    })),
  );
  const errors = new Float64Array(folds.length);
  const probabilities = new Float64Array(folds.length);
  for (const [at, { inside }] of parts.entries()) {
    const held = patchSubset(patches, inside);
    const own = {
      errors: await patchErrors(autoencoders[at], held),
      probabilities: await classifyPatches(classifiers[at], held),
    };
    inside.forEach((patch, within) => {
      errors[patch] = own.errors[within];
      probabilities[patch] = own.probabilities[within];
    });
  }
  const seconds = { errors: secondsOf(autoencoders), classifiers: secondsOf(classifiers) };
  return { errors, probabilities, seconds };
}

function secondsOf(trials: readonly { readonly seconds: number }[]): number {
  return trials.reduce((sum, { seconds }) => sum + seconds, 0);
}
