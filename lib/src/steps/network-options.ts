import type { Method } from "../method/parameters";
import type { AutoencoderTrialOptions } from "../runs/autoencoder-trial";
import type { ClassifierTrialOptions } from "../runs/classifier-trial";
import type { NetworkSetOptions } from "../runs/network-set";

/** The parameters that decide an auto-encoder beside its patches. */
export const AUTOENCODER = [
  ...(["architecture", "filters", "outputActivation", "loss", "epochs", "batchSize"] as const),
  ...(["learningRate", "members", "seed"] as const),
] as const;

/** The parameters that decide a classifier beside its patches and their labels. */
export const CLASSIFIER = [
  ...(["classifierFilters", "dense", "dropout", "batchNormalisation", "classifierEpochs"] as const),
  ...(["batchSize", "learningRate", "seed"] as const),
] as const;

/** An auto-encoder as the method has it. */
export function autoencoderOptions(
  method: Pick<Method, (typeof AUTOENCODER)[number]>,
): AutoencoderTrialOptions {
  const { architecture, filters, outputActivation, loss, epochs, batchSize } = method;
  const { learningRate, members } = method;
  return {
    architecture,
    filters,
    outputActivation,
    loss,
    epochs,
    batchSize,
    learningRate,
    members,
  };
}

/** A classifier as the method has it. */
export function classifierOptions(
  method: Pick<Method, (typeof CLASSIFIER)[number]>,
): ClassifierTrialOptions {
  const { classifierFilters: filters, classifierEpochs: epochs, ...rest } = method;
  const { dense, dropout, batchNormalisation, batchSize, learningRate } = rest;
  return { filters, dense, dropout, batchNormalisation, epochs, batchSize, learningRate };
}

/** The parameters that decide the field's other networks: those of the method's own, and members. */
export const NETWORKS = [...AUTOENCODER, ...CLASSIFIER, "proportion", "repeats"] as const;

/** The field's other networks, trained as the method's own; an ensemble has a member a repeat. */
export function networkSetOptions(
  method: Pick<Method, (typeof NETWORKS)[number]>,
): Omit<NetworkSetOptions, "folds"> {
  const [high, low] = method.proportion;
  return {
    autoencoder: autoencoderOptions(method),
    classifier: classifierOptions(method),
    proportion: { high, low },
    members: method.repeats,
  };
}

/** How a bootstrap draws blocks of patches, as the method has it. */
export function blocksOf({ blockPatches, seed }: Pick<Method, "blockPatches" | "seed">) {
  return { seed, blockSize: blockPatches };
}
