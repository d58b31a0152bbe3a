import type { LayersModel } from "@tensorflow/tfjs-layers";
import { buildAutoencoder } from "../models/autoencoder";
import { buildClassifier } from "../models/classifier";
import { buildResidual, RESIDUAL_FILTERS } from "../models/residual";
import { buildVariational, LATENT_VALUES } from "../models/variational";
import type { PatchShape } from "../training/batches";
import { MASKED_SHARE } from "../training/settings";
import type { Samples } from "../training/training";
import type { TrainingOptions } from "../training/types";
import type { AutoencoderTrialOptions } from "./autoencoder-trial";
import type { ClassifierTrialOptions } from "./classifier-trial";

/** A network of the field beside the method's own. */
export type NetworkKind = "variational" | "denoising" | "nonNegative" | "residual";

/** How networks of all kinds are trained: as the method's own in everything that they share. */
export interface NetworkOptions {
  readonly autoencoder: AutoencoderTrialOptions;
  readonly classifier: ClassifierTrialOptions;
  /** Share of positives among the unlabelled, for the non-negative risk; above 0 and below 1. */
  readonly prior: number;
}

/** How a network of one kind is built and trained. */
export interface NetworkPlan {
  /** Whether it is told where occurrences are; else it is to give patches back. */
  readonly isTold: boolean;
  /** How long a patch takes, roughly, beside other kinds. */
  readonly work: number;
  /** All that decides it beside patches, labels and seed. */
  readonly settings: Omit<TrainingOptions, "seed"> & { readonly [name: string]: unknown };
  readonly build: (shape: Omit<PatchShape, "count">, seed: number) => LayersModel;
  readonly samples: Pick<Samples, "loss" | "mask" | "prior">;
}

/** The plan of a kind: nothing of the options that has no bearing on it is among its settings. */
export function networkPlan(kind: NetworkKind, options: NetworkOptions): NetworkPlan {
  return plans[kind](options);
}

const plans: Readonly<Record<NetworkKind, (options: NetworkOptions) => NetworkPlan>> = {
  variational({ autoencoder }) {
    const own = { filters: autoencoder.filters, latent: LATENT_VALUES };
    return {
      ...{ isTold: false, work: 1, settings: { ...trainingOf(autoencoder), ...own } },
      build: (shape, seed) => buildVariational({ ...shape, ...own, seed }),
      samples: { loss: "binaryCrossentropy" },
    };
  },
  denoising({ autoencoder }) {
    const { architecture, filters, outputActivation, loss = "meanSquaredError" } = autoencoder;
    const own = { architecture, filters, outputActivation };
    const samples = { loss, mask: MASKED_SHARE };
    return {
      ...{ isTold: false, work: 1, settings: { ...trainingOf(autoencoder), ...own, ...samples } },
      build: (shape, seed) => buildAutoencoder({ ...shape, ...own, seed }),
      samples,
    };
  },
  nonNegative({ classifier, prior }) {
    const { filters, dense, dropout, batchNormalisation } = classifier;
    const own = { filters, dense, dropout, batchNormalisation };
    return {
      ...{ isTold: true, work: 8, settings: { ...trainingOf(classifier), ...own, prior } },
      build: (shape, seed) => buildClassifier({ ...shape, ...own, seed }),
      samples: { loss: "binaryCrossentropy", prior },
    };
  },
  residual({ classifier }) {
    const own = { filters: RESIDUAL_FILTERS };
    return {
      ...{ isTold: true, work: 10, settings: { ...trainingOf(classifier), ...own } },
      build: (shape, seed) => buildResidual({ ...shape, ...own, seed }),
      samples: { loss: "binaryCrossentropy" },
    };
  },
};

function trainingOf({ epochs, batchSize, learningRate }: Omit<TrainingOptions, "seed">) {
  return { epochs, batchSize, learningRate };
}
