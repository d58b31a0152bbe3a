import { buildClassifier } from "../../../lib/src/models/classifier";
import { labelledPatches, selectByError } from "../../../lib/src/patches/select";
import { predictProbabilities } from "../../../lib/src/training/predict";
import type { PlaygroundParameters } from "../protocol";
import type { PreparedPatches } from "./prepare";
import { engineNetwork, type TrainedNetwork } from "./trained-network";

/** A classifier on labels by the errors of an auto-encoder, on that one's patches. */
export interface ClassifierRun extends TrainedNetwork {
  readonly prepared: PreparedPatches;
  readonly parameters: PlaygroundParameters;
}

/** A classifier before its first epoch. */
export function newClassifier(
  prepared: PreparedPatches,
  errors: Float64Array,
  parameters: PlaygroundParameters,
): ClassifierRun {
  const { classifierFilters: filters, dense, dropout, batchNormalisation, seed } = parameters;
  const [high, low] = parameters.proportion;
  const selection = selectByError(errors, { high, low });
  const { values, labels, shape } = labelledPatches(prepared.patches, selection);
  const { size, bands } = shape;
  const model = buildClassifier({ size, bands, filters, dense, dropout, batchNormalisation, seed });
  const network = engineNetwork(model);
  const work = { model, network, values, labels, shape, loss: "binaryCrossentropy" } as const;
  return { prepared, parameters, work, state: null, scores: null, seconds: 0 };
}

/** Probability of prospective of each patch, labelled or not, by the weights that the classifier has. */
export function probabilitiesOf({ work, prepared }: ClassifierRun): Promise<Float64Array> {
  const { values, places } = prepared.patches;
  return predictProbabilities(work.model, values, { ...work.shape, count: places.length });
}
