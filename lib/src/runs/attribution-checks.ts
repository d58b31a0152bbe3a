import { buildClassifier } from "../models/classifier";
import { shuffledLabels } from "../patches/label-draws";
import type { TrainingSelection } from "../patches/select";
import type { Patches } from "../patches/types";
import { type SerialisedModel, serialiseModel } from "../training/checkpoint";
import { type ClassifierTrialOptions, classifierTrials } from "./classifier-trial";
import type { RunContext } from "./context";

/** What a classifier that others are held against has learnt. */
export type OtherLearning = "reseeded" | "shuffled" | "untrained";

/** A classifier whose attributions stand beside the study's. */
export interface OtherClassifier {
  readonly learning: OtherLearning;
  readonly model: SerialisedModel;
}

/**
 * Classifiers of the same kind that have learnt the same from another seed, labels dealt by chance
 * among the labelled patches, and nothing. An attribution that comes out alike for all three hangs on
 * the evidence alone, and not on what was learnt.
 *
 * Source: Adebayo et al. (2018), Sanity checks for saliency maps, NeurIPS.
 *
 * @throws as classifierTrials
 */
export async function otherClassifiers(
  run: RunContext,
  patches: Patches,
  selection: TrainingSelection,
  options: ClassifierTrialOptions,
): Promise<OtherClassifier[]> {
  // One block holds all, so that labels may go anywhere.
  const dealt = shuffledLabels(selection, new Uint8Array(patches.places.length), run.seed);
  const [reseeded, shuffled] = await classifierTrials(run, [
    ...[{ label: "CNN, another seed", patches, selection, options, seed: run.seed + 1 }],
    ...[{ label: "CNN, labels shuffled", patches, selection: dealt, options }],
  ]);
  return [
    { learning: "reseeded", model: reseeded.model },
    { learning: "shuffled", model: shuffled.model },
    { learning: "untrained", model: await untrainedClassifier(patches, options, run.seed + 1) },
  ];
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
