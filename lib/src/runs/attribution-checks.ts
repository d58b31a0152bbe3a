import { buildClassifier } from "../models/classifier";
import { shuffledLabels } from "../patches/label-draws";
import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import { type SerialisedModel, serialiseModel } from "../training/checkpoint";
import {
  type ClassifierTask,
  type ClassifierTrialOptions,
  classifierTrials,
} from "./classifier-trial";
import type { RunContext } from "./context";

/** What a classifier that others are held against has learnt. */
export type OtherLearning = "reseeded" | "shuffled" | "untrained";

/** A classifier whose attributions stand beside the study's. */
export interface OtherClassifier {
  readonly learning: OtherLearning;
  /** Number of the draw, from 1. */
  readonly draw: number;
  readonly model: SerialisedModel;
}

/**
 * Classifiers of the same kind that have learnt the same from other seeds, labels dealt by chance
 * among the labelled patches, and nothing, some of each. An attribution that comes out alike for all
 * three hangs on the evidence alone, and not on what was learnt.
 *
 * Source: Adebayo et al. (2018), Sanity checks for saliency maps, NeurIPS.
 *
 * @param draws classifiers of each kind, with the seeds that follow the run's
 * @throws as classifierTrials
 */
export async function otherClassifiers(
  run: RunContext,
  patches: Patches,
  selection: TrainingSelection,
  options: ClassifierTrialOptions,
  draws: number,
): Promise<OtherClassifier[]> {
  const numbers = Array.from({ length: draws }, (_, at) => at + 1);
  // One block holds all, so that labels may go anywhere.
  const block = new Uint8Array(patches.places.length);
  const tasks = numbers.flatMap((draw): ClassifierTask[] => {
    const seed = run.seed + draw;
    const dealt = shuffledLabels(selection, block, seed);
    return [
      { label: `CNN, seed ${seed}`, patches, selection, options, seed },
      { label: `CNN, labels shuffled ${draw}`, patches, selection: dealt, options, seed },
    ];
  });
  const trials = await classifierTrials(run, tasks);
  const learning = trials.map(({ model }, at): OtherClassifier => {
    const draw = Math.floor(at / 2) + 1;
    return { learning: at % 2 === 0 ? "reseeded" : "shuffled", draw, model };
  });
  for (const draw of numbers) {
    const model = await untrainedClassifier(patches, options, run.seed + draw);
    learning.push({ learning: "untrained", draw, model });
  }
  return learning;
}

async function untrainedClassifier(
  { layout, bands }: Patches,
  options: ClassifierTrialOptions,
  seed: number,
): Promise<SerialisedModel> {
  const model = buildClassifier({ ...options, size: layout.size, bands: bands.length, seed });
  const serialised = await serialiseModel(model);
  model.dispose();
  return serialised;
}
