import type { LayersModel } from "@tensorflow/tfjs-layers";
import { derivedSeed } from "../random";
import { tf } from "../tensorflow";
import {
  convolution,
  dropping,
  pooling,
  requireFilters,
  requirePoolable,
  requireRate,
} from "./autoencoder";

export interface ClassifierOptions {
  /** Edge of a patch in pixels. */
  readonly size: number;
  readonly bands: number;
  /** Filters of the two convolutions. */
  readonly filters: readonly number[];
  /** Units of the dense layer. */
  readonly dense: number;
  /** Dropout after each pooling, and after the dense layer; 0 leaves it out. */
  readonly dropout: readonly number[];
  readonly batchNormalisation: boolean;
  readonly seed: number;
}

/**
 * The paper's classifier (Fig. 3c): twice a 3 x 3 convolution with relu, batch normalisation,
 * max-pooling and dropout; then a dense layer with relu, dropout, and one sigmoid unit. Where
 * normalisation and dropout sit, and the rates, are open in the paper.
 *
 * @returns a model from [batch, size, size, bands] to [batch, 1], the probability of prospective
 * @throws InputError when the patch size cannot be halved twice down to 3 x 3, or for filters and
 *   rates that cannot be
 */
export function buildClassifier(options: ClassifierOptions): LayersModel {
  const { size, bands, filters, dense, dropout, batchNormalisation, seed } = options;
  requireFilters(filters, 2);
  requirePoolable(size, 4);
  for (const rate of dropout) requireRate(rate);
  const [betweenRate, denseRate] = dropout;
  const model = tf.sequential({ name: "cnn" });
  model.add(tf.layers.inputLayer({ inputShape: [size, size, bands], name: "input" }));
  filters.forEach((maps, at) => {
    model.add(convolution(`conv${at + 1}`, maps, "relu", seed));
    if (batchNormalisation) {
      model.add(tf.layers.batchNormalization({ name: `normalise${at + 1}` }));
    }
    model.add(pooling(`pool${at + 1}`));
    if (betweenRate > 0) model.add(dropping(`drop${at + 1}`, betweenRate, seed));
  });
  model.add(tf.layers.flatten({ name: "flatten" }));
  model.add(denseLayer("dense", dense, "relu", seed));
  if (denseRate > 0) model.add(dropping("drop-dense", denseRate, seed));
  model.add(denseLayer("probability", 1, "sigmoid", seed));
  return model;
}

function denseLayer(name: string, units: number, activation: "relu" | "sigmoid", seed: number) {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: derivedSeed(seed, name) });
  return tf.layers.dense({ name, units, activation, kernelInitializer });
}
