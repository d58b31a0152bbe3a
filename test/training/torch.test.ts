import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import { networkOf } from "../../lib/src/training/engine/network";
import { trainByEngine } from "../../lib/src/training/engine/train";
import {
  predictProbabilities,
  reconstruct,
  reconstructionErrors,
} from "../../lib/src/training/predict";

interface AutoencoderReference {
  readonly losses: readonly number[];
  readonly errors: readonly number[];
  readonly corner: readonly number[];
}

/** Written by make.py beside it. */
const reference = JSON.parse(
  readFileSync(join(__dirname, "../reference/training/torch.json"), "utf8"),
) as {
  readonly full: AutoencoderReference;
  readonly reduced: AutoencoderReference;
  readonly classifier: {
    readonly losses: readonly number[];
    readonly probabilities: readonly number[];
  };
};

const shape = { count: 6, size: 12, bands: 3 };

/** The sines that make.py takes for weights and patches. */
function sines(count: number, step: number, scale: number, offset = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, at) => offset + scale * Math.sin(1 + step * at));
}

const patches = sines(6 * 12 * 12 * 3, 0.005, 0.45, 0.5);

function setKernels(model: LayersModel): void {
  const layers = model.layers.filter((layer) => /Conv2D|Dense/.test(layer.getClassName()));
  for (const [at, layer] of layers.entries()) {
    const [kernel, bias] = layer.getWeights();
    const fan = kernel.size / kernel.shape[kernel.shape.length - 1];
    const values = sines(kernel.size, 0.7 + 0.01 * at, 2 / Math.sqrt(fan));
    layer.setWeights([tf.tensor(values, kernel.shape), bias]);
  }
}

async function losses(model: LayersModel, loss: string, rate: number, target: Tensor) {
  model.compile({ optimizer: tf.train.rmsprop(rate, 0.9, 0, 1e-7), loss });
  const input = tf.tensor4d(patches, [6, 12, 12, 3]);
  const found: number[] = [];
  for (let step = 0; step < 25; step++) {
    found.push((await model.trainOnBatch(input, target)) as number);
  }
  return found;
}

/** Single precision, 25 steps: five digits hold. */
function expectClose(found: ArrayLike<number>, expected: readonly number[], share = 2e-4): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(Math.abs(found[at] - value)).toBeLessThanOrEqual(share * Math.abs(value));
  });
}

beforeAll(async () => {
  await useBackend("wasm");
});

/** The same steps by the engine: an epoch is one batch, in whatever order. */
async function engineLosses(
  model: LayersModel,
  learningRate: number,
  labels: Uint8Array | null,
  threads: number,
) {
  const network = networkOf(model);
  if ("unknown" in network) throw new Error(network.unknown);
  const settings = { epochs: 25, batchSize: 6, learningRate, seed: 1, threads };
  const end = await trainByEngine(model, network, patches, labels, shape, settings);
  if (end.status !== "done") throw new Error(end.status);
  return end.history.loss;
}

const autoencoder = (architecture: "full" | "reduced") => {
  const outputActivation = "sigmoid";
  const model = buildAutoencoder({
    ...{ ...shape, architecture, filters: [4, 6], outputActivation, seed: 1 },
  });
  setKernels(model);
  return model;
};

const classifier = () => {
  const model = buildClassifier({
    ...{ ...shape, filters: [4, 8], dense: 8, dropout: [0, 0], batchNormalisation: true, seed: 1 },
  });
  setKernels(model);
  return model;
};

describe("25 steps of training equal PyTorch's", () => {
  it.each(["full", "reduced"] as const)("CAE, %s, by TensorFlow.js", async (architecture) => {
    const model = autoencoder(architecture);
    const target = tf.tensor4d(patches, [6, 12, 12, 3]);
    const expected = reference[architecture];
    expectClose(await losses(model, "meanSquaredError", 0.003, target), expected.losses);
    expectClose(await reconstructionErrors(model, patches, shape), expected.errors);
    expectClose((await reconstruct(model, patches, shape)).subarray(0, 3), expected.corner);
    // The steps did something, or equal numbers would prove little.
    expect(expected.losses.at(-1)).toBeLessThan(0.97 * expected.losses[0]);
  });

  it.each([
    ["full", 1],
    ["full", 2],
    ["reduced", 1],
    ["reduced", 2],
  ] as const)("CAE, %s, by the engine on %s threads", async (architecture, threads) => {
    const model = autoencoder(architecture);
    const expected = reference[architecture];
    expectClose(await engineLosses(model, 0.003, null, threads), expected.losses);
    expectClose(await reconstructionErrors(model, patches, shape), expected.errors);
  });

  it("CNN with batch normalisation, by TensorFlow.js", async () => {
    const model = classifier();
    const target = tf.tensor2d([0, 1, 0, 1, 0, 1], [6, 1]);
    const expected = reference.classifier;
    expectClose(await losses(model, "binaryCrossentropy", 0.001, target), expected.losses, 1e-3);
    expectClose(await predictProbabilities(model, patches, shape), expected.probabilities, 1e-3);
    expect(expected.losses.at(-1)).toBeLessThan(0.97 * expected.losses[0]);
  });

  it.each([1, 2])("CNN with batch normalisation, by the engine on %s threads", async (threads) => {
    const model = classifier();
    const expected = reference.classifier;
    const labels = Uint8Array.of(0, 1, 0, 1, 0, 1);
    expectClose(await engineLosses(model, 0.001, labels, threads), expected.losses, 1e-3);
    // The moving statistics came back into the model too.
    expectClose(await predictProbabilities(model, patches, shape), expected.probabilities, 1e-3);
  });
});
