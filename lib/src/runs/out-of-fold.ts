import { withoutScore } from "../evaluation/capture";
import { patchSubset } from "../patches/select";
import type { Patches } from "../patches/types";
import type { RunContext } from "./context";
import { type ChainOptions, type Replica, trainReplicas } from "./replicas";

/** How both networks are trained on what lies outside a fold. */
export interface OutOfFoldOptions extends ChainOptions {
  /** Shares of patches taken as prospective and as background by the errors outside the fold. */
  readonly proportion: { readonly high: number; readonly low: number };
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
  const chains = await trainReplicas(
    run,
    parts.map(({ label, outside, inside }) => ({
      ...{ label, trained: outside, scored: patchSubset(patches, inside), seed: run.seed },
      proportion: [proportion.high, proportion.low] as const,
    })),
    { autoencoder, classifier },
  );
  const errors = new Float64Array(folds.length);
  const probabilities = new Float64Array(folds.length);
  for (const [at, { inside }] of parts.entries()) {
    inside.forEach((patch, within) => {
      errors[patch] = chains[at].errors[within];
      probabilities[patch] = chains[at].probabilities[within];
    });
  }
  const total = (of: keyof Replica["seconds"]) =>
    chains.reduce((sum, { seconds }) => sum + seconds[of], 0);
  const seconds = { errors: total("autoencoder"), classifiers: total("classifier") };
  return { errors, probabilities, seconds };
}
