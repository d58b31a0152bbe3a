import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { InputError } from "../errors";
import { derivedSeed } from "../random";
import { tf } from "../tensorflow";

export interface AutoencoderOptions {
  /** Edge of a patch in pixels. */
  readonly size: number;
  readonly bands: number;
  /** "full" is CAE b of the paper's Fig. 3, with two poolings; "reduced" is CAE a, with one. */
  readonly architecture: "full" | "reduced";
  /** Filters of the two convolutions on the way in; mirrored on the way out. */
  readonly filters: readonly number[];
  readonly outputActivation: "sigmoid" | "linear";
  readonly seed: number;
  /** Share of values dropped out after each pooling; the paper's network, which drops none, when absent. */
  readonly encoderDropout?: number;
}

/**
 * The paper's convolutional auto-encoder: 3 x 3 convolutions with relu and same padding.
 *
 * full: conv, pool 2, conv, pool 2 | conv, up 2, conv, up 2, conv to as many maps as bands;
 * reduced: conv, pool 2, conv | conv, up 2, conv, conv to as many maps as bands.
 *
 * @returns a model from [batch, size, size, bands] to the same shape
 * @throws InputError when the patch size cannot be halved as often as the network pools, or leaves
 *   less than 3 x 3 after pooling; for a rate of dropout that is none
 */
export function buildAutoencoder(options: AutoencoderOptions): LayersModel {
  const {
    size,
    bands,
    architecture,
    filters,
    outputActivation,
    seed,
    encoderDropout = 0,
  } = options;
  const isFull = architecture === "full";
  requirePoolable(size, isFull ? 4 : 2);
  requireFilters(filters, 2);
  requireRate(encoderDropout);
  const [outer, inner] = filters;
  const input = tf.input({ shape: [size, size, bands], name: "input" });
  const convolve = (
    name: string,
    maps: number,
    activation: "relu" | "sigmoid" | "linear" = "relu",
  ) => convolution(name, maps, activation, seed);
  const grow = (name: string) => tf.layers.upSampling2d({ name, size: [2, 2] });
  const pool = (number: number) => [
    pooling(`pool${number}`),
    ...(encoderDropout > 0 ? [dropping(`drop${number}`, encoderDropout, seed)] : []),
  ];
  const steps = [
    convolve("encode1", outer),
    ...pool(1),
    convolve("encode2", inner),
    ...(isFull ? pool(2) : []),
    convolve("decode1", inner),
    grow("grow1"),
    convolve("decode2", outer),
    ...(isFull ? [grow("grow2")] : []),
    convolve("output", bands, outputActivation),
  ];
  const output = steps.reduce((tensor, step) => step.apply(tensor) as SymbolicTensor, input);
  return tf.model({ name: isFull ? "cae_b" : "cae_a", inputs: input, outputs: output });
}

/** A 3 x 3 convolution, Glorot-uniform by a seed of its own. */
export function convolution(
  name: string,
  filters: number,
  activation: "relu" | "sigmoid" | "linear",
  seed: number,
) {
  return tf.layers.conv2d({
    name,
    filters,
    kernelSize: 3,
    padding: "same",
    activation,
    kernelInitializer: tf.initializers.glorotUniform({ seed: derivedSeed(seed, name) }),
  });
}

/** Max-pooling by 2. */
export function pooling(name: string) {
  return tf.layers.maxPooling2d({ name, poolSize: 2 });
}

/** Dropout by a seed of its own. */
export function dropping(name: string, rate: number, seed: number) {
  return tf.layers.dropout({ name, rate, seed: derivedSeed(seed, name) });
}

/** Refuses a share of values to drop that is none. */
export function requireRate(rate: number): void {
  if (rate >= 0 && rate < 1) return;
  throw new InputError({
    kind: "parameter",
    field: "dropout",
    found: String(rate),
    expected: "a share of values to drop, from 0 to below 1",
  });
}

/** Refuses anything but positive whole numbers of filters, one for each of so many convolutions. */
export function requireFilters(filters: readonly number[], count: number): void {
  const isSound = filters.every((maps) => Number.isInteger(maps) && maps > 0);
  if (isSound && filters.length === count) return;
  throw new InputError({
    kind: "parameter",
    field: "filters",
    found: filters.length === 0 ? "none" : filters.join(", "),
    expected: `${count} positive whole numbers`,
  });
}

/** Refuses a patch size that cannot be halved as often as a network does and keep 3 x 3 pixels. */
export function requirePoolable(size: number, factor: number): void {
  if (Number.isInteger(size) && size % factor === 0 && size >= 3 * factor) return;
  throw new InputError({
    kind: "parameter",
    field: "patch size",
    found: `${size} pixels`,
    expected: `a multiple of ${factor} from ${3 * factor} up, so that 3 x 3 pixels are left after pooling`,
  });
}
