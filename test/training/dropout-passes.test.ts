import type { LayersModel } from "@tensorflow/tfjs-layers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { randomStream } from "../../lib/src/random";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import { errorsByDropout, probabilitiesByDropout } from "../../lib/src/training/dropout-passes";
import { predictProbabilities, reconstructionErrors } from "../../lib/src/training/predict";

const size = 12;
const bands = 5;
const shape = { count: 3011, size, bands };
const random = randomStream(1, "patches");
const values = Float32Array.from({ length: shape.count * size * size * bands }, () =>
  random.uniform(),
);

const classifier = (rates: readonly number[]) =>
  buildClassifier({
    ...{ size, bands, filters: [16, 12], dense: 24, dropout: rates },
    ...{ batchNormalisation: true, seed: 2 },
  });
const autoencoder = (dropout?: number) =>
  buildAutoencoder({
    ...{ size, bands, architecture: "full", filters: [16, 12] },
    ...{
      outputActivation: "sigmoid",
      seed: 2,
      ...(dropout !== undefined && { encoderDropout: dropout }),
    },
  });

beforeAll(async () => void (await useBackend("wasm")));
afterAll(() => tf.disposeVariables());

describe("passes with dropout", () => {
  it("are the same bytes on 1, 2, 3 and 7 threads, for classifier and auto-encoder", async () => {
    const [cnn, cae] = [classifier([0.25, 0.5]), autoencoder(0.2)];
    const control = { passes: 3, seed: 9 };
    const alone = { ...control, threads: 1 };
    const probabilities = await probabilitiesByDropout(cnn, values, shape, alone);
    const errors = await errorsByDropout(cae, values, shape, alone);
    for (const threads of [2, 3, 7]) {
      const shared = { ...control, threads };
      expect(await probabilitiesByDropout(cnn, values, shape, shared)).toEqual(probabilities);
      expect(await errorsByDropout(cae, values, shape, shared)).toEqual(errors);
    }
    expect(probabilities.spread.every((spread) => spread > 0)).toBe(true);
    expect(errors.spread.every((spread) => spread > 0)).toBe(true);
    const other = await errorsByDropout(cae, values, shape, { ...control, seed: 10 });
    expect(other.mean).not.toEqual(errors.mean);
  });

  it("in which nothing drops out are the prediction, without spread", async () => {
    const cnn = classifier([0, 0]);
    const cae = autoencoder();
    const control = { passes: 4, seed: 1 };
    const dropped = await probabilitiesByDropout(cnn, values, shape, control);
    expect(dropped.mean).toEqual(await predictProbabilities(cnn, values, shape));
    expect(dropped.spread.every((spread) => spread === 0)).toBe(true);
    const errors = await errorsByDropout(cae, values, shape, control);
    expect(errors.mean).toEqual(await reconstructionErrors(cae, values, shape));
    const idle = linear(0);
    const some = { count: 40, size: 4, bands: 4 };
    const few = values.subarray(0, 40 * 64);
    const kept = await probabilitiesByDropout(idle, few, some, control);
    expect(kept.mean).toEqual(await predictProbabilities(idle, few, some));
    expect(kept.spread.every((spread) => spread === 0)).toBe(true);
  });

  it("are refused where there are too few to have a spread", async () => {
    const once = { passes: 1, seed: 1 };
    const asked = probabilitiesByDropout(classifier([0.25, 0.5]), values, shape, once);
    await expect(asked).rejects.toThrow(/dropoutPasses: found 1; expected a whole number from 2/);
  });
});

const weights = Float32Array.from({ length: 64 }, () => random.uniform() - 0.5);

/** Hands 4 x 4 pixels of 4 bands on as they are, drops some, and adds them up by weights. */
function linear(rate: number): LayersModel {
  const same = new Float32Array(9 * 4 * 4);
  for (let band = 0; band < 4; band++) same[(4 * 4 + band) * 4 + band] = 1;
  const conv = { filters: 4, kernelSize: 3, padding: "same", activation: "linear" } as const;
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: "same", inputShape: [4, 4, 4], ...conv }),
      tf.layers.dropout({ name: "drop", rate }),
      tf.layers.flatten({ name: "flatten" }),
      tf.layers.dense({ name: "sum", units: 1, activation: "linear" }),
    ],
  });
  model.getLayer("same").setWeights([tf.tensor(same, [3, 3, 4, 4]), tf.zeros([4])]);
  model.getLayer("sum").setWeights([tf.tensor(weights, [64, 1]), tf.tensor([0.75])]);
  return model;
}

/**
 * Of a sum of values x, each kept with 1 - p and then divided by it: the mean is w x + b, the variance
 * p / (1 - p) times the sum of (w x)^2.
 */
async function besideClosedForm(passes: number) {
  const rate = 0.4;
  const some = { count: 50, size: 4, bands: 4 };
  const patches = values.subarray(0, 50 * 64);
  const found = await probabilitiesByDropout(linear(rate), patches, some, { passes, seed: 3 });
  return Array.from(found.mean, (mean, patch) => {
    const parts = Array.from(weights, (weight, at) => weight * patches[patch * 64 + at]);
    const expected = parts.reduce((sum, part) => sum + part, 0.75);
    const variance = (rate / (1 - rate)) * parts.reduce((sum, part) => sum + part ** 2, 0);
    return {
      standardised: (mean - expected) / Math.sqrt(variance / passes),
      ratio: found.spread[patch] ** 2 / variance,
    };
  });
}

const meanOf = (numbers: readonly number[]) =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

describe("mean and variance of a layer that adds up are those of the closed form", () => {
  it.each([
    ["by the engine", "wasm", 4000],
    ["by TensorFlow.js", "cpu", 400],
  ] as const)("%s", async (_, backend, passes) => {
    await useBackend(backend);
    const patches = await besideClosedForm(passes);
    await useBackend("wasm");
    // A variance of so many passes has a relative error of about the root of 2 in so many.
    const error = Math.sqrt(2 / passes);
    for (const { standardised, ratio } of patches) {
      expect(Math.abs(standardised)).toBeLessThan(4.5);
      expect(Math.abs(ratio - 1)).toBeLessThan(4.5 * error);
    }
    expect(Math.abs(meanOf(patches.map(({ ratio }) => ratio)) - 1)).toBeLessThan(error);
    // Means of independent patches: as far off as their standard errors say, no more and no less.
    const spread = Math.sqrt(meanOf(patches.map(({ standardised }) => standardised ** 2)));
    expect(spread).toBeGreaterThan(0.7);
    expect(spread).toBeLessThan(1.3);
  });
});

it("the auto-encoder that drops nothing is the paper's, layer by layer", () => {
  const names = (model: LayersModel) => model.layers.map(({ name }) => name);
  const usual = ["input", "encode1", "pool1", "encode2", "pool2"];
  expect(names(autoencoder()).slice(0, 5)).toEqual(usual);
  expect(names(autoencoder(0))).toEqual(names(autoencoder()));
  const dropping = ["input", "encode1", "pool1", "drop1", "encode2", "pool2", "drop2"];
  expect(names(autoencoder(0.1)).slice(0, 7)).toEqual(dropping);
  expect(() => autoencoder(1)).toThrow(/dropout: found 1; expected a share/);
});
