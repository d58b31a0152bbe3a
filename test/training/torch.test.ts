import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
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

describe("25 steps of training equal PyTorch's", () => {
  it.each(["full", "reduced"] as const)("CAE, %s", async (architecture) => {
    const model = buildAutoencoder({
      ...shape,
      architecture,
      filters: [4, 6],
      outputActivation: "sigmoid",
      seed: 1,
    });
    setKernels(model);
    const target = tf.tensor4d(patches, [6, 12, 12, 3]);
    const expected = reference[architecture];
    expectClose(await losses(model, "meanSquaredError", 0.003, target), expected.losses);
    expectClose(reconstructionErrors(model, patches, shape), expected.errors);
    expectClose(reconstruct(model, patches, shape).subarray(0, 3), expected.corner);
    // The steps did something, or equal numbers would prove little.
    expect(expected.losses.at(-1)).toBeLessThan(0.97 * expected.losses[0]);
  });

  it("CNN with batch normalisation", async () => {
    const model = buildClassifier({
      ...shape,
      filters: [4, 6],
      dense: 8,
      dropout: [0, 0],
      batchNormalisation: true,
      seed: 1,
    });
    setKernels(model);
    const target = tf.tensor2d([0, 1, 0, 1, 0, 1], [6, 1]);
    const { classifier } = reference;
    expectClose(await losses(model, "binaryCrossentropy", 0.001, target), classifier.losses, 1e-3);
    expectClose(predictProbabilities(model, patches, shape), classifier.probabilities, 1e-3);
    expect(classifier.losses.at(-1)).toBeLessThan(0.97 * classifier.losses[0]);
  });
});
