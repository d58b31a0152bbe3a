import { createHash } from "node:crypto";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { randomStream } from "../../lib/src/random";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import {
  eachPathGradient,
  type GradientPath,
  predictLogits,
} from "../../lib/src/training/gradients";
import { predictProbabilities, reconstructionErrors } from "../../lib/src/training/predict";

afterAll(() => useBackend("wasm"));

/** Every weight anew, so that no bias is 0 and normalisation scales and shifts by channel. */
function shaken(model: LayersModel, seed: number): LayersModel {
  const random = randomStream(seed, "shaken");
  const noise = (from: number, to: number, like: Tensor) =>
    tf.tensor(
      Float32Array.from({ length: like.size }, () => from + (to - from) * random.uniform()),
      like.shape,
    );
  for (const layer of model.layers) {
    const weights = layer.getWeights();
    if (weights.length === 2) layer.setWeights([weights[0], noise(-0.2, 0.2, weights[1])]);
    if (weights.length < 4) continue;
    const [gamma, beta, mean, variance] = weights;
    layer.setWeights([
      ...[noise(-1.5, 1.5, gamma), noise(-0.5, 0.5, beta)],
      ...[noise(0, 0.3, mean), noise(0.2, 2, variance)],
    ]);
  }
  return model;
}

const cnn = (size: number, bands: number, batchNormalisation = true) =>
  shaken(
    buildClassifier({
      ...{ size, bands, filters: [8, 12], dense: 10, dropout: [0.25, 0.5] },
      ...{ batchNormalisation, seed: 3 },
    }),
    4,
  );

const cae = (
  architecture: "full" | "reduced",
  bands: number,
  filters: [number, number],
  outputActivation: "sigmoid" | "linear" = "sigmoid",
) =>
  shaken(
    buildAutoencoder({ size: 12, bands, architecture, filters, outputActivation, seed: 3 }),
    5,
  );

const shapeOf = (count: number, size: number, bands: number) => ({ count, size, bands });

function patchesOf({ count, size, bands }: ReturnType<typeof shapeOf>): Float32Array {
  const random = randomStream(7, `${size}/${bands}`);
  return Float32Array.from({ length: count * size * size * bands }, () => random.uniform());
}

async function gradientsOf(
  model: LayersModel,
  values: Float32Array,
  shape: ReturnType<typeof shapeOf>,
  path: GradientPath,
  threads = 2,
): Promise<Float32Array> {
  const all = new Float32Array(values.length);
  const perPatch = values.length / shape.count;
  await eachPathGradient(
    model,
    values,
    shape,
    path,
    (first, some) => all.set(some, first * perPatch),
    { threads },
  );
  return all;
}

/**
 * By automatic differentiation of the model as it stands, on the plain JavaScript backend; one patch
 * at a time, since there the gradient of an upsampling is wrong for all but the first of a batch.
 */
async function byTensorFlow(
  model: LayersModel,
  points: readonly Float32Array[],
  shape: ReturnType<typeof shapeOf>,
  score: (made: Tensor, x: Tensor) => Tensor,
): Promise<Float64Array> {
  await useBackend("cpu");
  const sum = new Float64Array(points[0].length);
  const perPatch = shape.size ** 2 * shape.bands;
  const gradient = tf.grad((input) => score(model.apply(input) as Tensor, input));
  for (const values of points) {
    for (let from = 0; from < values.length; from += perPatch) {
      const one = values.subarray(from, from + perPatch);
      const found = tf.tidy(() =>
        gradient(tf.tensor(one, [1, shape.size, shape.size, shape.bands])).dataSync(),
      );
      found.forEach((value, at) => {
        sum[from + at] += value / points.length;
      });
    }
  }
  await useBackend("wasm");
  return sum;
}

/** log p - log(1 - p), written out: the classifiers here stay far from 0 and 1. */
const logOdds = (p: Tensor) => tf.sum(tf.sub(tf.log(p), tf.log(tf.sub(1, p))));

function meanError(made: Tensor, x: Tensor): Tensor {
  const perPatch = x.size / x.shape[0];
  return tf.div(tf.sum(tf.square(tf.sub(made, x))), perPatch);
}

/**
 * Where two values of a pool or a relu's zero lie within rounding of each other, either side may be
 * taken, and one patch's gradient goes another way; a wrong kernel would show in all.
 */
function expectAlike(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  count: number,
  tolerance = 2e-5,
): void {
  const largest = Math.max(...Array.from(expected, Math.abs));
  expect(largest).toBeGreaterThan(1e-4);
  const perPatch = expected.length / count;
  const apart = new Set<number>();
  for (let at = 0; at < expected.length; at++) {
    if (!(Math.abs(found[at] - expected[at]) < tolerance * largest)) {
      apart.add(Math.floor(at / perPatch));
    }
  }
  expect(apart.size).toBeLessThanOrEqual(1);
}

const flat = (shape: ReturnType<typeof shapeOf>, value = 0.4) =>
  new Float32Array(shape.size ** 2 * shape.bands).fill(value);

describe("gradients by the input are those of TensorFlow.js", () => {
  beforeAll(() => useBackend("wasm"));

  it.each([
    ["12 pixels, 9 bands", 12, 9, true],
    ["24 pixels, 7 bands", 24, 7, true],
    ["20 pixels, 3 bands", 20, 3, true],
    ["16 pixels, 6 bands", 16, 6, true],
    ["12 pixels, 1 band", 12, 1, true],
    ["without normalisation", 12, 9, false],
  ])("log odds of a classifier, %s", async (_, size, bands, normalises) => {
    const model = cnn(size, bands, normalises);
    const shape = shapeOf(19, size, bands);
    const values = patchesOf(shape);
    const expected = await byTensorFlow(model, [values], shape, logOdds);
    const path = { of: "logit", baseline: flat(shape), steps: 0 } as const;
    expectAlike(await gradientsOf(model, values, shape, path), expected, shape.count);
  });

  it.each([
    ["CAE b, 9 bands", () => cae("full", 9, [16, 8])],
    ["CAE a, 5 bands", () => cae("reduced", 5, [8, 12])],
    ["CAE b, odd channels all through", () => cae("full", 5, [7, 3])],
    ["CAE b, linear output, 1 band", () => cae("full", 1, [8, 6], "linear")],
  ])("reconstruction error of %s, of which the patch itself is a part", async (_, build) => {
    const model = build();
    const shape = shapeOf(19, 12, (model.inputs[0].shape as number[])[3]);
    const values = patchesOf(shape);
    const expected = await byTensorFlow(model, [values], shape, meanError);
    const path = { of: "error", baseline: flat(shape), steps: 0 } as const;
    expectAlike(await gradientsOf(model, values, shape, path), expected, shape.count);
  });

  it("along a path of three steps: at 1/6, 3/6 and 5/6 of the way", async () => {
    const shape = shapeOf(11, 12, 9);
    const values = patchesOf(shape);
    const points = [1 / 6, 3 / 6, 5 / 6].map((share) =>
      values.map((value) => 0.4 + share * (value - 0.4)),
    );
    for (const [of, model, score] of [
      ["logit", cnn(12, 9), logOdds],
      ["error", cae("full", 9, [16, 8]), meanError],
    ] as const) {
      const expected = await byTensorFlow(model, points, shape, score);
      const path = { of, baseline: flat(shape), steps: 3 };
      expectAlike(await gradientsOf(model, values, shape, path), expected, shape.count);
    }
  });

  it("where the engine does not compute, TensorFlow.js gives the same", async () => {
    const shape = shapeOf(9, 12, 5);
    const values = patchesOf(shape);
    for (const [of, model] of [
      ["logit", cnn(12, 5)],
      ["error", cae("reduced", 5, [8, 12])],
    ] as const) {
      const path = { of, baseline: flat(shape), steps: 4 };
      const engine = await gradientsOf(model, values, shape, path);
      await useBackend("cpu");
      const plain = await gradientsOf(model, values, shape, path);
      await useBackend("wasm");
      expectAlike(engine, plain, shape.count);
    }
  });
});

describe("gradients by the input", () => {
  beforeAll(() => useBackend("wasm"));

  it("foretell how log odds and error change by a small step: finite differences", async () => {
    const shape = shapeOf(1, 12, 9);
    const values = patchesOf(shape);
    const random = randomStream(9, "direction");
    const direction = values.map(() => random.normal());
    const [classifier, coder] = [cnn(12, 9), cae("full", 9, [16, 8])];
    for (const [of, model, score] of [
      ["logit", classifier, predictLogits],
      ["error", coder, reconstructionErrors],
    ] as const) {
      const path = { of, baseline: flat(shape), steps: 0 };
      const gradients = await gradientsOf(model, values, shape, path);
      const slope = gradients.reduce((sum, each, at) => sum + each * direction[at], 0);
      const step = 1e-3;
      const moved = async (by: number) =>
        (
          await score(
            model,
            values.map((value, at) => value + by * direction[at]),
            shape,
          )
        )[0];
      const found = ((await moved(step)) - (await moved(-step))) / (2 * step);
      expect(found / slope).toBeCloseTo(1, 1);
      expect(Math.abs(slope)).toBeGreaterThan(1e-3);
    }
  });

  it("of a plain sum of weights are those weights, whatever the path: 1 x 1 by hand", async () => {
    // One dense unit over 2 x 2 pixels: logit = 0.5 + Σ w x, so that every gradient is w.
    const model = tf.sequential();
    model.add(tf.layers.flatten({ inputShape: [2, 2, 1], name: "flat" }));
    model.add(tf.layers.dense({ units: 1, activation: "sigmoid", name: "out" }));
    model.layers[1].setWeights([tf.tensor2d([[1], [-2], [3], [-4]]), tf.tensor1d([0.5])]);
    const shape = shapeOf(2, 2, 1);
    const values = Float32Array.of(1, 1, 1, 1, 0, 0.5, 0, 0);
    expect([...(await predictLogits(model, values, shape))]).toEqual([-1.5, -0.5]);
    const path = { of: "logit", baseline: new Float32Array(4), steps: 5 } as const;
    const found = await gradientsOf(model, values, shape, path);
    [1, -2, 3, -4, 1, -2, 3, -4].forEach((weight, at) => {
      expect(found[at]).toBeCloseTo(weight, 6);
    });
  });

  it("are the same bytes on 1, 2, 3 and 7 threads, and of few patches", async () => {
    const shape = shapeOf(301, 12, 9);
    const values = patchesOf(shape);
    const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
      createHash("sha256")
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest("hex");
    for (const [of, model] of [
      ["logit", cnn(12, 9)],
      ["error", cae("full", 9, [16, 8])],
    ] as const) {
      const path = { of, baseline: flat(shape), steps: 10 };
      const alone = await gradientsOf(model, values, shape, path, 1);
      for (const threads of [2, 3, 7]) {
        expect(bytesOf(await gradientsOf(model, values, shape, path, threads))).toBe(
          bytesOf(alone),
        );
      }
      const few = values.subarray(0, 11 * 12 * 12 * 9);
      const begun = await gradientsOf(model, few, { ...shape, count: 11 }, path);
      expect(bytesOf(begun)).toBe(bytesOf(alone.subarray(0, few.length)));
    }
  });

  it("end with the error of whoever takes them", async () => {
    const shape = shapeOf(301, 12, 9);
    const values = patchesOf(shape);
    const path = { of: "logit", baseline: flat(shape), steps: 20 } as const;
    const taking = eachPathGradient(cnn(12, 9), values, shape, path, () => {
      throw new Error("stopped");
    });
    await expect(taking).rejects.toThrow("stopped");
  });

  it("refuse a baseline that is no patch, and log odds of what has none", async () => {
    const shape = shapeOf(2, 12, 5);
    const values = patchesOf(shape);
    const path = { of: "logit", baseline: new Float32Array(3), steps: 2 } as const;
    await expect(gradientsOf(cnn(12, 5), values, shape, path)).rejects.toThrow(
      /baseline.*3 values.*720/,
    );
    const whole = { ...path, baseline: flat(shape) };
    await expect(gradientsOf(cae("full", 5, [8, 6]), values, shape, whole)).rejects.toThrow(
      /sigmoid output/,
    );
    const half = { ...whole, steps: 1.5 };
    await expect(gradientsOf(cnn(12, 5), values, shape, half)).rejects.toThrow(/steps.*1\.5/);
  });
});

it("log odds are those of the probability, and go on where it is rounded to 1", async () => {
  await useBackend("wasm");
  const model = cnn(12, 9);
  const shape = shapeOf(31, 12, 9);
  const values = patchesOf(shape);
  const [logits, probabilities] = [
    await predictLogits(model, values, shape),
    await predictProbabilities(model, values, shape),
  ];
  probabilities.forEach((p, at) => {
    expect(logits[at]).toBeCloseTo(Math.log(p / (1 - p)), 4);
  });
  const last = model.layers[model.layers.length - 1];
  const [weights, bias] = last.getWeights();
  last.setWeights([weights, tf.add(bias, 50)]);
  const far = await predictLogits(model, values, shape);
  expect((await predictProbabilities(model, values, shape))[0]).toBe(1);
  far.forEach((logit, at) => {
    expect(logit - logits[at]).toBeCloseTo(50, 4);
  });
});
