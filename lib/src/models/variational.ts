import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { InputError } from "../errors";
import { derivedSeed } from "../random";
import { tf } from "../tensorflow";
import {
  type AutoencoderOptions,
  convolution,
  pooling,
  requireFilters,
  requirePoolable,
} from "./autoencoder";
import { latentSample } from "./latent-sample";

/** Values between the halves: the middle one of the five numbers in Kingma and Welling (2014, Fig. 2). */
export const LATENT_VALUES = 10;

/** What decides a variational auto-encoder beside its patches. */
export interface VariationalOptions
  extends Pick<AutoencoderOptions, "size" | "bands" | "filters" | "seed"> {
  /** Values between the halves; LATENT_VALUES when absent. */
  readonly latent?: number;
}

/**
 * A variational auto-encoder (Kingma and Welling, 2014) around the convolutions of the paper's CAE b:
 * conv, pool 2, conv, pool 2, means and log-variances of a few values | a draw of them, dense, conv,
 * up 2, conv, up 2, conv to as many maps as bands with a sigmoid.
 *
 * @returns a model from [batch, size, size, bands] to the same shape; outside training it draws
 *   nothing and goes by the means
 * @throws InputError as buildAutoencoder, and when the latent values are no positive whole number
 */
export function buildVariational(options: VariationalOptions): LayersModel {
  const { size, bands, filters, latent = LATENT_VALUES, seed } = options;
  requirePoolable(size, 4);
  requireFilters(filters, 2);
  requireLatent(latent);
  const [outer, inner] = filters;
  const smallest = [size / 4, size / 4, inner];
  const dense = (name: string, units: number, activation: "relu" | "linear") =>
    tf.layers.dense({
      ...{ name, units, activation },
      kernelInitializer: tf.initializers.glorotUniform({ seed: derivedSeed(seed, name) }),
    });
  const grow = (name: string) => tf.layers.upSampling2d({ name, size: [2, 2] });
  const steps = [
    convolution("encode1", outer, "relu", seed),
    pooling("pool1"),
    convolution("encode2", inner, "relu", seed),
    pooling("pool2"),
    tf.layers.flatten({ name: "flatten" }),
    dense("code", 2 * latent, "linear"),
    latentSample("draw"),
    dense("decode", smallest[0] * smallest[1] * inner, "relu"),
    tf.layers.reshape({ name: "unfold", targetShape: smallest }),
    convolution("decode1", inner, "relu", seed),
    grow("grow1"),
    convolution("decode2", outer, "relu", seed),
    grow("grow2"),
    convolution("output", bands, "sigmoid", seed),
  ];
  const input = tf.input({ shape: [size, size, bands], name: "input" });
  const output = steps.reduce((tensor, step) => step.apply(tensor) as SymbolicTensor, input);
  return tf.model({ name: "vae", inputs: input, outputs: output });
}

function requireLatent(latent: number): void {
  if (Number.isInteger(latent) && latent > 0) return;
  throw new InputError({
    kind: "parameter",
    field: "latent",
    found: String(latent),
    expected: "a positive whole number of values",
  });
}
