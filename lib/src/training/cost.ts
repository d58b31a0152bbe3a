import type { PatchShape } from "./batches";
import { multiplicationsOf } from "./engine/multiplications";
import type { EngineLayer, Network } from "./engine/network";
import { outputShape } from "./engine/plan";
import { layOutTraining } from "./engine/training-layout";

/** A network to be trained, as the method's parameters tell it. */
export type CostedNetwork =
  | {
      readonly kind: "autoencoder";
      readonly architecture: "full" | "reduced";
      /** Filters of the two convolutions on the way in. */
      readonly filters: readonly number[];
    }
  | {
      readonly kind: "classifier";
      /** Filters of the two convolutions, each with batch normalisation and dropout. */
      readonly filters: readonly number[];
      /** Units of the dense layer. */
      readonly dense: number;
    };

/** What a training is expected to take. */
export interface TrainingCost {
  /** On one thread of the machine that the rates were measured on. */
  readonly seconds: number;
  /** Most memory beyond what the process holds without the training. */
  readonly mebibytes: number;
}

/**
 * Multiplications, counted as the layers define them, of a forward pass that a training gets through in
 * a second with its way back, on one thread; and seconds that any patch takes besides, for being fetched
 * and compared. Fitted by hand to epochs of 17 networks of 4 to 128 filters on 1,600 patches of 8 to 24
 * pixels and 4 to 14 bands (AMD EPYC of 2024, Node 20, relaxed SIMD), all of which they meet within a
 * factor of two. A classifier is slower by its normalisation.
 */
export const TRAINING_RATES = {
  autoencoder: 2.1e10,
  classifier: 1.35e10,
  secondsOfPatch: 1e-5,
} as const;

/** Memory that one thread takes for itself, in MiB: that of a process with and without one. */
export const THREAD_MEBIBYTES = 25;

/** The usual batch. */
const batchSize = 32;

/**
 * Seconds and memory of a training on one thread, before it is begun, to plan by: within a factor of two
 * on the machine of the rates, and to be scaled by one training's measured time on any other.
 *
 * @param shape patches to train on: their number, pixels along an edge, and bands
 */
export function trainingCost(
  network: CostedNetwork,
  shape: PatchShape,
  epochs: number,
): TrainingCost {
  const layers = engineNetwork(network, shape);
  const secondsOfPatch =
    TRAINING_RATES.secondsOfPatch + multiplicationsOf(layers) / TRAINING_RATES[network.kind];
  const { bytes } = layOutTraining(layers, {
    ...{ count: shape.count, batchSize, threads: 1 },
    ...{ hasLabels: network.kind === "classifier", prior: 0 },
  });
  const patchBytes = shape.count * shape.size * shape.size * shape.bands * 4;
  return {
    seconds: epochs * shape.count * secondsOfPatch,
    // Patches are there twice: as they were cut, and where threads can read them.
    mebibytes: THREAD_MEBIBYTES + (bytes + 2 * patchBytes) / 2 ** 20,
  };
}

/**
 * Multiplications of a batch's pass forward, counted as the layers define them, for each time that the
 * threads of a training wait for one another: twice a batch, and thrice for each layer that normalises.
 */
export function workBetweenMeetings(
  network: CostedNetwork,
  shape: Pick<PatchShape, "size" | "bands">,
  batchSize: number,
): number {
  const layers = engineNetwork(network, shape);
  const normalising = layers.layers.filter(({ kind }) => kind === "normalise").length;
  return (batchSize * multiplicationsOf(layers)) / (2 + 3 * normalising);
}

/** The engine's layers of a network, without a model being made. */
export function engineNetwork(
  network: CostedNetwork,
  { size, bands }: Pick<PatchShape, "size" | "bands">,
): Network {
  const layers =
    network.kind === "autoencoder"
      ? autoencoderLayers(network, bands)
      : classifierLayers(network, size, bands);
  return { size, bands, layers };
}

function autoencoderLayers(
  { architecture, filters: [outer, inner] }: Extract<CostedNetwork, { kind: "autoencoder" }>,
  bands: number,
): EngineLayer[] {
  const isFull = architecture === "full";
  return [
    convolution("encode1", bands, outer),
    { kind: "pool", name: "pool1" },
    convolution("encode2", outer, inner),
    ...(isFull ? [{ kind: "pool", name: "pool2" } as const] : []),
    convolution("decode1", inner, inner),
    { ...convolution("decode2", inner, outer), grows: true },
    { ...convolution("output", outer, bands), activation: "sigmoid", grows: isFull },
  ];
}

function classifierLayers(
  { filters, dense }: Extract<CostedNetwork, { kind: "classifier" }>,
  size: number,
  bands: number,
): EngineLayer[] {
  const blocks = filters.flatMap((maps, at): EngineLayer[] => [
    convolution(`conv${at + 1}`, at === 0 ? bands : filters[at - 1], maps),
    { ...{ kind: "normalise", name: `normalise${at + 1}` }, channels: maps, ...normalisation },
    { kind: "pool", name: `pool${at + 1}` },
    { kind: "dropout", name: `drop${at + 1}`, rate: 0.25 },
  ]);
  const [h, w, c] = blocks.reduce(
    ([h, w, c], layer) => outputShape(layer, { h, w, c }),
    [size, size, bands],
  );
  const units = { kind: "dense", grows: false } as const;
  return [
    ...blocks,
    { kind: "flatten", name: "flatten" },
    { ...units, name: "dense", inputs: h * w * c, outputs: dense, activation: "relu" },
    { kind: "dropout", name: "drop-dense", rate: 0.5 },
    { ...units, name: "probability", inputs: dense, outputs: 1, activation: "sigmoid" },
  ];
}

/** Those of TensorFlow.js. */
const normalisation = { momentum: 0.99, epsilon: 0.001 };

function convolution(
  name: string,
  inputs: number,
  outputs: number,
): Extract<EngineLayer, { kind: "convolution" | "dense" }> {
  return { kind: "convolution", name, inputs, outputs, activation: "relu", grows: false };
}
