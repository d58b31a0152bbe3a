import { blockNumbers } from "../evaluation/block-numbers";
import { mixtureLabels, shuffledLabels } from "../patches/label-draws";
import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import { randomStream, shuffledIndices } from "../random";
import type { ClassifierTrialOptions } from "./classifier-trial";
import type { RunContext } from "./context";
import { heldOutProbabilities } from "./held-out";

/** All of them, in the order in which they are told. */
export const SCHEMES = ["mixture", "shuffled", "blocks", "random"] as const;

/** How labels are held out, or what stands in their place. */
export type MutualScheme = (typeof SCHEMES)[number];

/** Labels of one draw, and what classifiers that saw nothing of their fold say of each patch. */
export interface MutualTrial {
  readonly scheme: MutualScheme;
  readonly selection: TrainingSelection;
  readonly scores: Float64Array;
}

/** How labels are drawn and held out. */
export interface MutualTrialOptions {
  readonly proportion: { readonly high: number; readonly low: number };
  /** One a draw, with the fold of each patch by blocks of ground. */
  readonly draws: readonly { readonly seed: number; readonly fold: Uint8Array }[];
  /** Folds where patches are held out one by one. */
  readonly folds: number;
  /** Edge in patches of the blocks within which labels are shuffled. */
  readonly blockSize: number;
  readonly classifier: ClassifierTrialOptions;
}

/**
 * Trains on labels of which each fold is held out in turn: the labels by blocks of ground and patch
 * by patch, and by blocks labels that mean less, shuffled within blocks and of a random mixture of
 * layers. All trainings run side by side.
 *
 * @throws as heldOutProbabilities
 */
export async function mutualTrials(
  run: RunContext,
  patches: Patches,
  labels: TrainingSelection,
  { proportion, draws, folds, blockSize, classifier }: MutualTrialOptions,
): Promise<MutualTrial[]> {
  const block = blockNumbers(patches.places, blockSize);
  const labelsBy: Readonly<Record<MutualScheme, (seed: number) => TrainingSelection>> = {
    mixture: (seed) => mixtureLabels(patches, proportion, seed),
    shuffled: (seed) => shuffledLabels(labels, block, seed),
    blocks: () => labels,
    random: () => labels,
  };
  const tasks = SCHEMES.flatMap((scheme) =>
    draws.map(({ seed, fold }, at) => ({
      scheme,
      label: `CNN, ${scheme} ${at + 1}`,
      selection: labelsBy[scheme](seed),
      fold: scheme === "random" ? randomFolds(patches.places.length, folds, seed) : fold,
    })),
  );
  const scores = await heldOutProbabilities(run, patches, tasks, classifier);
  return tasks.map(({ scheme, selection }, at) => ({ scheme, selection, scores: scores[at] }));
}

/** Patches dealt to folds one by one, wherever they lie. */
function randomFolds(count: number, folds: number, seed: number): Uint8Array {
  const fold = new Uint8Array(count);
  shuffledIndices(count, randomStream(seed, "random-folds")).forEach((patch, at) => {
    fold[patch] = at % folds;
  });
  return fold;
}
