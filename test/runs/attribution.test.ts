import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { completenessOf } from "../../lib/src/findings/completeness";
import { errorAttribution } from "../../lib/src/findings/error-attribution";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { tilePatches } from "../../lib/src/patches/tile";
import { otherClassifiers } from "../../lib/src/runs/attribution-checks";
import { reconstructionErrorsByBand } from "../../lib/src/runs/band-errors";
import { attributionsByLayer, attributionsByPixel } from "../../lib/src/runs/integrated-gradients";
import { occludedLayers, occludedWindows } from "../../lib/src/runs/occlusion";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import { serialiseModel } from "../../lib/src/training/checkpoint";
import { quietRun, smallClassifier, wavyPatches } from "../support/wavy-patches";

beforeAll(() => useBackend());

/** Six patches of 4 x 4 pixels and two bands. */
const geometry = gridOverRegion({ west: 0, south: 0, east: 12, north: 8 }, 1, {
  epsg: 32750,
  name: "test",
});
const small = tilePatches(
  {
    geometry,
    bands: ["Au", "DTF"].map((name, band) => ({
      name,
      geometry,
      values: Float32Array.from({ length: 96 }, (_, at) => Math.sin(at * (band + 1.3)) ** 2),
    })),
  },
  { size: 4 },
);
const [pixels, bands] = [16, 2];
const inPatch = (patch: number, pixel: number, band: number) =>
  small.values[(patch * pixels + pixel) * bands + band];

/** Log odds 0.3 + Σ over pixels of 2 Au - 0.5 DTF, times the pixel's number. */
async function weighted() {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [4, 4, 2] }));
  model.add(tf.layers.dense({ units: 1, activation: "sigmoid" }));
  const weights = Array.from({ length: 32 }, (_, at) => [weightOf(at >> 1, at % 2)]);
  model.layers[1].setWeights([tf.tensor2d(weights), tf.tensor1d([0.3])]);
  return serialiseModel(model);
}
const weightOf = (pixel: number, band: number) => [0.2, -0.05][band] * (pixel + 1);

describe("of log odds that are a weighted sum", () => {
  const baseline = Float32Array.of(0.25, 0.5);
  const partOf = (patch: number, pixel: number, band: number) =>
    weightOf(pixel, band) * (inPatch(patch, pixel, band) - baseline[band]);
  const sumOver = (patch: number, band: number) =>
    Array.from({ length: pixels }, (_, pixel) => partOf(patch, pixel, band)).reduce(
      (a, b) => a + b,
    );

  it("integrated gradients are weight times distance from the baseline, by layer and by pixel", async () => {
    const model = await weighted();
    const options = { of: "logit", baseline, steps: 3 } as const;
    const found = await attributionsByLayer(await quietRun(), "sum", small, [model], options);
    const byPixel = await attributionsByPixel(small, [model], options);
    small.places.forEach((_, patch) => {
      for (const band of [0, 1]) {
        expect(found.byLayer[patch * 2 + band]).toBeCloseTo(sumOver(patch, band), 5);
        expect(byPixel[(patch * pixels + 7) * 2 + band]).toBeCloseTo(partOf(patch, 7, band), 6);
      }
    });
    // 0.3 + 0.2 * 136 * 0.25 - 0.05 * 136 * 0.5 with 1 + 2 + ... + 16 = 136.
    expect(found.baselineScore).toBeCloseTo(0.3 + 6.8 - 3.4, 4);
    expect(completenessOf(found).worst).toBeLessThan(1e-5);
  });

  it("occlusion is the same, by layer, and spread over the pixels of each window", async () => {
    const model = await weighted();
    const falls = await occludedLayers(small, model, baseline);
    const windows = await occludedWindows(small, model, baseline, 3);
    small.places.forEach((_, patch) => {
      for (const band of [0, 1]) {
        expect(falls[patch * 2 + band]).toBeCloseTo(sumOver(patch, band), 4);
      }
      // The last column of windows is one pixel wide: pixels 3, 7 and 11.
      const edge = [3, 7, 11].flatMap((pixel) => [0, 1].map((band) => partOf(patch, pixel, band)));
      const share = edge.reduce((a, b) => a + b) / 3;
      for (const pixel of [3, 7, 11]) {
        expect(windows[patch * pixels + pixel]).toBeCloseTo(share, 4);
      }
    });
  });
});

/** What 1 x 1 convolutions make of two bands: f = x W. */
async function mixing(weights: number[][]) {
  const model = tf.sequential();
  model.add(
    tf.layers.conv2d({
      ...{ filters: 2, kernelSize: 1, padding: "same", activation: "linear" },
      inputShape: [4, 4, 2],
    }),
  );
  model.layers[0].setWeights([tf.tensor4d([[weights]]), tf.zeros([2])]);
  return serialiseModel(model);
}

describe("of the reconstruction error", () => {
  const squares = (patch: number, band: number) =>
    Array.from({ length: pixels }, (_, pixel) => inPatch(patch, pixel, band) ** 2).reduce(
      (a, b) => a + b,
    );

  it("the error that shows in one layer may be made by another: f = (Au + DTF, DTF), by hand", async () => {
    // Au comes back as Au + DTF, so that e = Σ DTF² / 32 shows in Au alone and is made by DTF alone.
    const model = await mixing([
      [1, 0],
      [1, 1],
    ]);
    const run = await quietRun();
    const options = { of: "error", baseline: new Float32Array(2), steps: 4 } as const;
    const parts = await attributionsByLayer(run, "error", small, [model], options);
    const shown = await reconstructionErrorsByBand({ models: [model] }, small);
    small.places.forEach((_, patch) => {
      expect(parts.byLayer[patch * 2]).toBeCloseTo(0, 6);
      expect(parts.byLayer[patch * 2 + 1]).toBeCloseTo(squares(patch, 1) / 32, 6);
    });
    const blocks = { seed: 1, blockSize: 1, resamples: 50 };
    const { layers } = errorAttribution(small, parts, shown, 4, blocks);
    expect(layers.map(({ layer }) => layer)).toEqual(["DTF", "Au"]);
    expect(layers[0].made).toBeCloseTo(1, 5);
    expect(layers[0].shown).toBeCloseTo(0, 5);
    expect(layers[1].shown).toBeCloseTo(1, 5);
    // What DTF shows is 0 all over, and so agrees with nothing.
    expect(layers[0].agreement).toBeNull();
  });

  it("of several models it is the mean of theirs", async () => {
    const run = await quietRun();
    const models = [
      await mixing([
        [0, 0],
        [0, 1],
      ]),
      await mixing([
        [1, 0],
        [0, 0.5],
      ]),
    ];
    const options = { of: "error", baseline: new Float32Array(2), steps: 4 } as const;
    const both = await attributionsByLayer(run, "two", small, models, options);
    // Errors are Au² / 32 of the first, and (DTF / 2)² / 32 of the second.
    expect(both.byLayer[0]).toBeCloseTo(squares(0, 0) / 64, 6);
    expect(both.byLayer[1]).toBeCloseTo(squares(0, 1) / 4 / 64, 6);
    const sum = both.byLayer[0] + both.byLayer[1];
    expect(both.scores[0]).toBeCloseTo(sum, 6);
  });
});

const shaken = (model: LayersModel) => {
  for (const layer of model.layers) {
    const weights = layer.getWeights();
    const shifted = weights.map((weight: Tensor, at) =>
      at === 1 ? tf.add(weight, tf.randomUniform(weight.shape, -0.1, 0.1, "float32", 3)) : weight,
    );
    if (weights.length > 0) layer.setWeights(shifted);
  }
  return serialiseModel(model);
};

it("the gap of networks closes as steps are added", async () => {
  const run = await quietRun();
  const shape = { size: 12, bands: 2, filters: [8, 8], seed: 2 };
  const classifier = await shaken(
    buildClassifier({ ...shape, dense: 16, dropout: [0.25, 0.5], batchNormalisation: true }),
  );
  const coder = await shaken(
    buildAutoencoder({ ...shape, architecture: "full", outputActivation: "sigmoid" }),
  );
  for (const [of, model] of [
    ["logit", classifier],
    ["error", coder],
  ] as const) {
    const shares: number[] = [];
    for (const steps of [2, 200]) {
      const options = { of, baseline: Float32Array.of(0.5, 0.5), steps };
      const parts = await attributionsByLayer(run, of, wavyPatches, [model], options);
      shares.push(completenessOf(parts).share);
    }
    expect(shares[1]).toBeLessThan(0.01);
    expect(shares[1]).toBeLessThan(shares[0] / 3);
  }
});

it("is computed once, and stops when it is asked to", async () => {
  const run = await quietRun();
  const model = await weighted();
  const options = { of: "logit", baseline: Float32Array.of(0, 0), steps: 2 } as const;
  const said: string[] = [];
  const telling = {
    ...run,
    progress: () => ({ update() {}, finish: (text: string) => said.push(text) }),
  };
  const first = await attributionsByLayer(telling, "once", small, [model], options);
  expect(await attributionsByLayer(telling, "once", small, [model], options)).toEqual(first);
  expect(said).toEqual(["6 patches, 2 steps", "from the run store"]);
  const stopped = { ...run, signal: AbortSignal.abort() };
  await expect(
    attributionsByLayer(stopped, "never", small, [model], { ...options, steps: 3 }),
  ).rejects.toThrow(/abort/i);
});

it("other classifiers learn the same labels, shuffled ones, or nothing, with seeds of their own", async () => {
  const run = await quietRun();
  const selection = {
    prospective: Uint32Array.of(0, 1, 2, 3),
    background: Uint32Array.of(44, 45, 46, 47),
  };
  const found = await otherClassifiers(run, wavyPatches, selection, smallClassifier, 2);
  expect(found.map(({ learning, draw }) => `${learning} ${draw}`)).toEqual([
    ...["reseeded 1", "shuffled 1", "reseeded 2", "shuffled 2", "untrained 1", "untrained 2"],
  ]);
  const weights = new Set(found.map(({ model }) => Buffer.from(model.weights).toString("base64")));
  expect(weights.size).toBe(6);
});
