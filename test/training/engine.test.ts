import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { randomStream, shuffledIndices } from "../../lib/src/random";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import { batchesOf, batchValues } from "../../lib/src/training/batches";
import { type Network, networkOf } from "../../lib/src/training/engine/network";
import { type TrainingState, trainByEngine } from "../../lib/src/training/engine/train";

beforeAll(async () => {
  await useBackend("wasm");
});

const count = 70;
const labels = Uint8Array.from({ length: count }, (_, at) => (at % 3 === 0 ? 1 : 0));
const settings = { batchSize: 32, learningRate: 0.001, seed: 5, epochs: 5 };

function patchesOf(size: number, bands: number, seed = 1): Float32Array {
  const random = randomStream(seed, `patches/${size}/${bands}`);
  const perPatch = size * size * bands;
  return Float32Array.from({ length: count * perPatch }, (_, at) => {
    const isProspective = labels[Math.floor(at / perPatch)] === 1;
    return 0.5 + 0.3 * Math.sin(at * 0.005) + 0.1 * random.uniform() + (isProspective ? 0.1 : 0);
  });
}

type Build = () => LayersModel;

const cae =
  (architecture: "full" | "reduced", size: number, bands: number, filters: number[]) => () =>
    buildAutoencoder({ size, bands, architecture, filters, outputActivation: "sigmoid", seed: 1 });

const cnn =
  (batchNormalisation: boolean, dropout: number[], bands = 9) =>
  () =>
    buildClassifier({
      ...{ size: 12, bands, filters: [8, 16], dense: 20, seed: 1 },
      batchNormalisation,
      dropout,
    });

function known(model: LayersModel): Network {
  const network = networkOf(model);
  if ("unknown" in network) throw new Error(network.unknown);
  return network;
}

async function byTensorFlow(
  build: Build,
  values: Float32Array,
  ofLabels: Uint8Array | null,
  batchSize = settings.batchSize,
) {
  const model = build();
  const [, size, , bands] = model.inputs[0].shape as number[];
  const loss = ofLabels === null ? "meanSquaredError" : "binaryCrossentropy";
  model.compile({ optimizer: tf.train.rmsprop(settings.learningRate, 0.9, 0, 1e-7), loss });
  const shuffling = randomStream(settings.seed, "shuffle");
  const losses: number[] = [];
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    let sum = 0;
    for (const numbers of batchesOf(shuffledIndices(count, shuffling), batchSize)) {
      const batch = batchValues(values, numbers, { count, size, bands });
      const x = tf.tensor4d(batch.values, batch.shape);
      const y =
        ofLabels === null
          ? x
          : tf.tensor2d(
              Float32Array.from(numbers, (at) => ofLabels[at]),
              [numbers.length, 1],
            );
      sum += ((await model.trainOnBatch(x, y)) as number) * numbers.length;
    }
    losses.push(sum / count);
  }
  return { losses, weights: weightsOf(model) };
}

function weightsOf(model: LayersModel): number[] {
  return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
}

async function byEngine(
  build: Build,
  values: Float32Array,
  ofLabels: Uint8Array | null,
  options: Partial<Parameters<typeof trainByEngine>[5]> = {},
) {
  const model = build();
  const [, size, , bands] = model.inputs[0].shape as number[];
  const shape = { count, size, bands };
  const all = { ...settings, ...options };
  const end = await trainByEngine(model, known(model), values, ofLabels, shape, all);
  if (end.status === "diverged") throw new Error("diverged");
  return { ...end, weights: weightsOf(model) };
}

function largestDifference(first: readonly number[], second: readonly number[]): number {
  expect(first.length).toBe(second.length);
  return Math.max(...first.map((value, at) => Math.abs(value - second[at])));
}

describe("15 steps equal TensorFlow.js's, losses and weights within 1e-6", () => {
  it.each([
    ["CAE b, 9 bands", cae("full", 12, 9, [32, 16]), 12, 9, false],
    ["CAE b, 8 bands", cae("full", 12, 8, [8, 12]), 12, 8, false],
    ["CAE a, 9 bands", cae("reduced", 12, 9, [8, 16]), 12, 9, false],
    ["CAE a, 5 bands, 6 pixels", cae("reduced", 6, 5, [4, 8]), 6, 5, false],
    ["CAE b, 24 pixels", cae("full", 24, 3, [4, 8]), 24, 3, false],
    ["CAE b, odd channels all through", cae("full", 12, 5, [7, 3]), 12, 5, false],
    ["CNN without normalisation", cnn(false, [0, 0]), 12, 9, true],
  ] as [string, Build, number, number, boolean][])(
    "%s",
    async (_, build, size, bands, isLabelled) => {
      const target = isLabelled ? labels : null;
      const worst: number[] = [];
      for (const seed of [1, 2, 3, 4, 5]) {
        const values = patchesOf(size, bands, seed);
        const expected = await byTensorFlow(build, values, target);
        const differences: number[] = [];
        for (const threads of [1, 2, 3]) {
          const found = await byEngine(build, values, target, { threads });
          expect(found.status).toBe("done");
          differences.push(
            largestDifference(found.history.loss as number[], expected.losses),
            largestDifference(found.weights, expected.weights),
          );
        }
        worst.push(Math.max(...differences));
      }
      // Where a pool's two largest values are equal but for rounding, either may take the gradient,
      // so that now and then one set of patches goes another way; a wrong kernel would show in all.
      // RMSprop then takes steps of up to rate / sqrt(1 - decay), however small the gradient.
      worst.sort((first, second) => first - second);
      expect(worst[3]).toBeLessThan(1e-6);
      expect(worst[4]).toBeLessThan((15 * settings.learningRate) / Math.sqrt(0.1));
    },
  );

  // 70 patches by 23 leave one for the last batch, by 34 two: fewer than a batch has parts.
  it.each([23, 34])("CAE b, batches of %i", async (batchSize) => {
    const build = cae("full", 12, 9, [8, 12]);
    const values = patchesOf(12, 9);
    const expected = await byTensorFlow(build, values, null, batchSize);
    const one = await byEngine(build, values, null, { threads: 1, batchSize });
    expect(largestDifference(one.history.loss as number[], expected.losses)).toBeLessThan(1e-6);
    expect(largestDifference(one.weights, expected.weights)).toBeLessThan(1e-6);
    for (const threads of [2, 3]) {
      const again = await byEngine(build, values, null, { threads, batchSize });
      expect(again.weights).toEqual(one.weights);
    }
  });

  it.each([false, true])("CNN, batches of 34, normalising: %s", async (normalises) => {
    const build = cnn(normalises, [0, 0]);
    const values = patchesOf(12, 9);
    const expected = await byTensorFlow(build, values, labels, 34);
    const one = await byEngine(build, values, labels, { threads: 1, batchSize: 34 });
    // Before it, what earlier batches had left in memory took the weights astray by 0.017.
    expect(largestDifference(one.weights, expected.weights)).toBeLessThan(1e-5);
    for (const threads of [2, 3]) {
      const again = await byEngine(build, values, labels, { threads, batchSize: 34 });
      expect(again.weights).toEqual(one.weights);
    }
  });

  it("CNN with normalisation, over the first epoch", async () => {
    const worst: number[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      const values = patchesOf(12, 9, seed);
      const expected = await byTensorFlow(cnn(true, [0, 0]), values, labels);
      const differences: number[] = [];
      for (const threads of [1, 2]) {
        const found = await byEngine(cnn(true, [0, 0]), values, labels, { threads });
        differences.push(Math.abs(found.history.loss[0] - expected.losses[0]));
        // Dividing by small deviations makes rounding grow from step to step.
        expect(largestDifference(found.history.loss as number[], expected.losses)).toBeLessThan(
          0.1,
        );
      }
      worst.push(Math.max(...differences));
    }
    worst.sort((first, second) => first - second);
    expect(worst[2]).toBeLessThan(1e-5);
  });
});

describe("a training", () => {
  const values = patchesOf(12, 9);
  const build = cnn(true, [0.25, 0.5]);

  // A last batch of 6 samples leaves some parts with one and others with two of them.
  it.each([
    ["CAE b", cae("full", 12, 9, [32, 16]), null],
    ["CAE a of odd channels", cae("reduced", 12, 9, [7, 5]), null],
    ["CNN with normalisation and dropout", build, labels],
  ] as [string, Build, Uint8Array | null][])(
    "gives the same bytes for the same seed on 1, 2 and 3 threads: %s",
    async (_, network, target) => {
      const one = await byEngine(network, values, target, { threads: 1 });
      for (const threads of [1, 2, 3]) {
        const again = await byEngine(network, values, target, { threads });
        expect(again.weights).toEqual(one.weights);
        expect(again.history).toEqual(one.history);
      }
      const other = await byEngine(network, values, target, { threads: 2, seed: 6 });
      expect(other.weights).not.toEqual(one.weights);
    },
  );

  it("drops values at the rates it is told to", async () => {
    const one = await byEngine(cnn(false, [0.25, 0.5]), values, labels, { threads: 1 });
    const none = await byEngine(cnn(false, [0, 0]), values, labels, { threads: 1 });
    expect(largestDifference(one.weights, none.weights)).toBeGreaterThan(1e-3);
  });

  it("resumed from a checkpoint ends as one that was never stopped", async () => {
    const whole = await byEngine(build, values, labels, { threads: 2 });
    const states: TrainingState[] = [];
    await byEngine(build, values, labels, {
      threads: 2,
      checkpointEvery: 2,
      onCheckpoint: (state) => states.push(state),
    });
    expect(states.map(({ epoch }) => epoch)).toEqual([2, 4]);
    const resumed = await byEngine(build, values, labels, { threads: 2, resume: states[0] });
    expect(resumed.weights).toEqual(whole.weights);
    expect(resumed.history).toEqual(whole.history);
  });

  it("taken one epoch at a time, from state to state, is one that goes through", async () => {
    const whole = await byEngine(build, values, labels, { threads: 2 });
    const states: TrainingState[] = [];
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      const last = states.at(-1);
      const { status, history, weights } = await byEngine(build, values, labels, {
        ...{ threads: 2, pauseAfter: epoch, ...(last !== undefined && { resume: last }) },
        onCheckpoint: (state) => states.push(state),
      });
      const isLast = epoch === settings.epochs;
      expect(status).toBe(isLast ? "done" : "stopped");
      expect(history.loss).toEqual(whole.history.loss.slice(0, epoch));
      if (isLast) expect(weights).toEqual(whole.weights);
    }
    expect(states.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
  });

  it("stops within a batch or two when it is told to", async () => {
    const controller = new AbortController();
    const { status, history } = await byEngine(build, values, labels, {
      epochs: 100_000,
      signal: controller.signal,
      onNews: ({ epoch }) => epoch > 1 && controller.abort(),
    });
    expect(status).toBe("stopped");
    // An epoch takes some milliseconds, a message to here and back about as long.
    expect(history.loss.length).toBeLessThan(500);
  });

  it("stays finite on constant bands, and tells a loss that is none", async () => {
    const constant = new Float32Array(values.length).fill(0.5);
    const flat = await byEngine(build, constant, labels, { threads: 2 });
    expect(flat.history.loss.every(Number.isFinite)).toBe(true);
    const broken = Float32Array.from(values);
    broken[777] = Number.NaN;
    await expect(byEngine(cae("full", 12, 9, [8, 8]), broken, null)).rejects.toThrow("diverged");
  });
});

describe("networkOf", () => {
  const patches = () => tf.input({ shape: [12, 12, 4] });
  const convolve = (options: object) =>
    tf.layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", ...options });

  it.each([
    ["strides", () => convolve({ strides: 2 })],
    ["no padding", () => convolve({ padding: "valid" })],
    ["another kernel", () => convolve({ kernelSize: 5 })],
    ["dilation", () => convolve({ dilationRate: 2 })],
    ["no bias", () => convolve({ useBias: false })],
    ["another activation", () => convolve({ activation: "tanh" })],
    ["a layer of another kind", () => tf.layers.averagePooling2d({ poolSize: 2 })],
  ])("does not take %s for what it knows", (_, layer) => {
    const input = patches();
    const output = layer().apply(input) as SymbolicTensor;
    expect(networkOf(tf.model({ inputs: input, outputs: output }))).toHaveProperty("unknown");
  });
});
