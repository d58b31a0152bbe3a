import { createHash } from "node:crypto";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { randomStream } from "../../lib/src/random";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import { multiplicationsOf } from "../../lib/src/training/engine/multiplications";
import { type Network, networkOf } from "../../lib/src/training/engine/network";
import { predictByEngine } from "../../lib/src/training/engine/predict";
import {
  predictProbabilities,
  reconstruct,
  reconstructionErrors,
} from "../../lib/src/training/predict";

const size = 12;
const bands = 5;
const perPatch = size * size * bands;
/** Neither whole slots nor whole groups of patches, and too many for the calling thread. */
const count = 3011;
const shape = { count, size, bands };
const values = Float32Array.from(
  { length: count * perPatch },
  (_, at) => 0.5 + 0.5 * Math.sin(at * 0.37 + (at % 11)),
);

let autoencoder: LayersModel;
let classifier: LayersModel;

beforeAll(async () => {
  await useBackend("wasm");
  autoencoder = buildAutoencoder({
    ...{ size, bands, architecture: "full", filters: [16, 12] },
    ...{ outputActivation: "sigmoid", seed: 2 },
  });
  classifier = buildClassifier({
    ...{ size, bands, filters: [16, 12], dense: 24, dropout: [0.25, 0.5] },
    ...{ batchNormalisation: true, seed: 2 },
  });
});

afterAll(() => tf.dispose([...autoencoder.weights, ...classifier.weights].map((w) => w.read())));

const bytesOf = ({ buffer }: Float32Array) =>
  createHash("sha256").update(new Uint8Array(buffer)).digest("hex");

const network = (model: LayersModel) => networkOf(model) as Network;

describe("predictions by workers", () => {
  it("are the same bytes on 1, 2, 3 and 7 threads", async () => {
    expect(count * multiplicationsOf(network(autoencoder))).toBeGreaterThan(1e9);
    const errors = await reconstructionErrors(autoencoder, values, shape, { threads: 1 });
    const made = await reconstruct(autoencoder, values, shape, { threads: 1 });
    const probabilities = await predictProbabilities(classifier, values, shape, { threads: 1 });
    for (const threads of [2, 3, 7]) {
      const control = { threads };
      expect(await reconstructionErrors(autoencoder, values, shape, control)).toEqual(errors);
      expect(bytesOf(await reconstruct(autoencoder, values, shape, control))).toBe(bytesOf(made));
      const again = await predictProbabilities(classifier, values, shape, control);
      expect(again).toEqual(probabilities);
    }
  });

  it("are the bytes that the calling thread gives for few patches, and read shared values too", async () => {
    const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
    shared.set(values);
    const all = await reconstructionErrors(autoencoder, shared, shape);
    const few = values.subarray(0, 48 * perPatch);
    const alone = await reconstructionErrors(autoencoder, few, { ...shape, count: 48 });
    expect(all.subarray(0, 48)).toEqual(alone);
  });

  it("are those of TensorFlow.js", async () => {
    const from = count - 20;
    const last = values.subarray(from * perPatch);
    const input = tf.tensor4d(last, [20, size, size, bands]);
    const expected = (autoencoder.predict(input) as typeof input).dataSync();
    const made = await reconstruct(autoencoder, values, shape);
    const errors = await reconstructionErrors(autoencoder, values, shape);
    made.subarray(from * perPatch).forEach((value, at) => {
      expect(Math.abs(value - expected[at])).toBeLessThan(1e-5);
    });
    for (let patch = 0; patch < 20; patch++) {
      let sum = 0;
      for (let at = patch * perPatch; at < (patch + 1) * perPatch; at++)
        sum += (expected[at] - last[at]) ** 2;
      expect(errors[from + patch] / (sum / perPatch)).toBeCloseTo(1, 4);
    }
    input.dispose();
  });

  it("leave the main thread free while they run", async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await reconstructionErrors(autoencoder, values, shape, { threads: 1 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it("many times over, several at once, reuse threads and give the same", async () => {
    const expected = await reconstructionErrors(autoencoder, values, shape);
    for (let round = 0; round < 4; round++) {
      const several = await Promise.all(
        [1, 2, 3].map((threads) => reconstructionErrors(autoencoder, values, shape, { threads })),
      );
      for (const errors of several) expect(errors).toEqual(expected);
    }
  });

  it("end with the error of whoever takes the results", async () => {
    const taking = predictByEngine(
      autoencoder,
      network(autoencoder),
      values,
      shape,
      { takes: "errors", threads: 2 },
      () => {
        throw new Error("no room");
      },
    );
    await expect(taking).rejects.toThrow("no room");
    const errors = await reconstructionErrors(autoencoder, values, shape, { threads: 2 });
    expect(errors.every((error) => error > 0)).toBe(true);
  });
});

describe("probabilities are those of TensorFlow.js", () => {
  it.each([
    [12, 9],
    [24, 7],
    [20, 3],
    [16, 6],
  ])(
    "for %i pixels of %i bands, whatever sign normalisation scales by, so that maxima become minima",
    async (pixels, channels) => {
      const model = buildClassifier({
        ...{ size: pixels, bands: channels, filters: [8, 12], dense: 10, dropout: [0.25, 0.5] },
        ...{ batchNormalisation: true, seed: 3 },
      });
      const random = randomStream(4, `${pixels}/${channels}`);
      const noise = (from: number, to: number, like: Tensor) =>
        tf.tensor(
          Float32Array.from({ length: like.size }, () => from + (to - from) * random.uniform()),
          like.shape,
        );
      for (const layer of model.layers) {
        if (layer.getClassName() !== "BatchNormalization") continue;
        const [gamma, beta, mean, variance] = layer.getWeights();
        layer.setWeights([
          ...[noise(-1.5, 1.5, gamma), noise(-0.5, 0.5, beta)],
          ...[noise(0, 0.3, mean), noise(0.2, 2, variance)],
        ]);
      }
      const n = 31;
      const patches = Float32Array.from({ length: n * pixels ** 2 * channels }, () =>
        random.uniform(),
      );
      const input = tf.tensor4d(patches, [n, pixels, pixels, channels]);
      const expected = (model.predict(input) as Tensor).dataSync();
      const shapeOf = { count: n, size: pixels, bands: channels };
      const found = await predictProbabilities(model, patches, shapeOf);
      expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.02);
      found.forEach((value, at) => {
        expect(Math.abs(value - expected[at])).toBeLessThan(1e-6);
      });
    },
  );
});

it("multiplications of a network are those of its layers, counted by hand", () => {
  // 12x12: 5 to 16; pooled to 6x6: 16 to 12; pooled to 3x3 = 108 values: dense 24, then 1.
  const convolutions = 144 * 9 * 5 * 16 + 36 * 9 * 16 * 12;
  const dense = 108 * 24 + 24;
  const counted = multiplicationsOf(network(classifier));
  expect(counted).toBeGreaterThanOrEqual(convolutions + dense);
  // The rest is a value touched once by pooling, normalising, flattening or dropping out.
  expect(counted - convolutions - dense).toBeLessThan(0.03 * convolutions);
});
