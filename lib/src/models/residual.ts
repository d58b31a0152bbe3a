import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { derivedSeed } from "../random";
import { tf } from "../tensorflow";
import { pooling, requireFilters, requirePoolable } from "./autoencoder";
import type { ClassifierOptions } from "./classifier";

/** Maps of every convolution: those of the first stage of He et al. (2016, section 4.2). */
export const RESIDUAL_FILTERS = 16;

/** What decides a residual network beside its patches. */
export interface ResidualOptions extends Pick<ClassifierOptions, "size" | "bands" | "seed"> {
  /** Maps of every convolution; RESIDUAL_FILTERS when absent. */
  readonly filters?: number;
}

/**
 * A small residual network (He et al., 2016, their form for small images): a 3 x 3 convolution with
 * batch normalisation and relu, then a residual block, max-pooling and another block, the mean of each
 * map and one sigmoid unit. A block is twice a convolution with batch normalisation, relu between,
 * added to what came in, and relu. Where they halve an image by strides and widen it, this one pools
 * and keeps its width, so that every shortcut is the identity.
 *
 * @returns a model from [batch, size, size, bands] to [batch, 1], the probability of prospective
 * @throws InputError when the patch size cannot be halved to 3 x 3 or more, or filters cannot be
 */
export function buildResidual(options: ResidualOptions): LayersModel {
  const { size, bands, filters = RESIDUAL_FILTERS, seed } = options;
  requireFilters([filters], 1);
  requirePoolable(size, 2);
  const relu = (name: string) => tf.layers.activation({ name, activation: "relu" });
  const convolve = (name: string) => [
    tf.layers.conv2d({
      ...{ name, filters, kernelSize: 3, padding: "same", activation: "linear" },
      kernelInitializer: tf.initializers.heNormal({ seed: derivedSeed(seed, name) }),
    }),
    tf.layers.batchNormalization({ name: `${name}-normalise` }),
  ];
  const chain = (from: SymbolicTensor, steps: readonly { apply(x: SymbolicTensor): unknown }[]) =>
    steps.reduce((tensor, step) => step.apply(tensor) as SymbolicTensor, from);
  const block = (from: SymbolicTensor, name: string) => {
    const first = [...convolve(`${name}-conv1`), relu(`${name}-relu1`)];
    const residual = chain(from, [...first, ...convolve(`${name}-conv2`)]);
    const sum = tf.layers.add({ name: `${name}-add` }).apply([residual, from]) as SymbolicTensor;
    return chain(sum, [relu(`${name}-relu2`)]);
  };
  const input = tf.input({ shape: [size, size, bands], name: "input" });
  const stem = chain(input, [...convolve("stem"), relu("stem-relu")]);
  const pooled = chain(block(stem, "block1"), [pooling("pool")]);
  const probability = tf.layers.dense({
    ...{ name: "probability", units: 1, activation: "sigmoid" },
    kernelInitializer: tf.initializers.glorotUniform({ seed: derivedSeed(seed, "probability") }),
  });
  const output = chain(block(pooled, "block2"), [
    tf.layers.globalAveragePooling2d({ name: "mean" }),
    probability,
  ]);
  return tf.model({ name: "resnet", inputs: input, outputs: output });
}
