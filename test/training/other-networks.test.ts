import type { LayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { buildResidual } from "../../lib/src/models/residual";
import { buildVariational } from "../../lib/src/models/variational";
import { randomStream } from "../../lib/src/random";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import { latentLayers, normalDivergence } from "../../lib/src/training/engine/latent";
import type { ImageBuffer } from "../../lib/src/training/engine/layout";
import { isMasked } from "../../lib/src/training/engine/masking";
import { networkOf } from "../../lib/src/training/engine/network";
import type { PlannedLayer, ThreadPlan } from "../../lib/src/training/engine/plan";
import { nonNegativeRisk } from "../../lib/src/training/engine/risk";
import type { TrainingState } from "../../lib/src/training/engine/train";
import { trainModel } from "../../lib/src/training/fit";
import { fitByTensorFlow } from "../../lib/src/training/fit-tensorflow";
import { predictProbabilities } from "../../lib/src/training/predict";
import { requirePrior } from "../../lib/src/training/settings";
import type { Samples } from "../../lib/src/training/training";

beforeAll(async () => {
  await useBackend("wasm");
});

const shape = { count: 70, size: 12, bands: 5 };
const options = { epochs: 3, batchSize: 32, learningRate: 0.001, seed: 5 };
const labels = Uint8Array.from({ length: shape.count }, (_, at) => (at % 3 === 0 ? 1 : 0));
const random = randomStream(1, "patches");
const values = Float32Array.from(
  { length: 70 * 720 },
  (_, at) => 0.6 * random.uniform() + 0.4 * labels[Math.floor(at / 720)],
);
const cae = () =>
  buildAutoencoder({
    ...{ ...shape, architecture: "full", filters: [8, 4], outputActivation: "sigmoid", seed: 1 },
  });
const cnn = () =>
  buildClassifier({
    ...{ ...shape, filters: [8, 8], dense: 12, dropout: [0, 0], seed: 1 },
    batchNormalisation: false,
  });
const patches = { values, labels: null, loss: "meanSquaredError", shape } as const;
const told = { values, labels, loss: "binaryCrossentropy", shape } as const;

const cases: [string, () => LayersModel, Samples, number][] = [
  [
    "a variational auto-encoder",
    () => buildVariational({ ...shape, filters: [8, 4], seed: 1 }),
    { ...patches, loss: "binaryCrossentropy" },
    1e-5,
  ],
  ["a denoising auto-encoder", cae, { ...patches, mask: 0.25 }, 1e-5],
  ["a non-negative risk", cnn, { ...told, prior: 0.2 }, 1e-5],
  ["a non-negative risk that turns", cnn, { ...told, prior: 0.9 }, 1e-5],
  ["a residual network", () => buildResidual({ ...shape, filters: 8, seed: 1 }), told, 1e-3],
];

const weightsOf = (model: LayersModel) =>
  model.getWeights().flatMap((weight) => [...weight.dataSync()]);

const furthest = (one: ArrayLike<number>, other: ArrayLike<number>) =>
  Math.max(...Array.from(one, (value, at) => Math.abs(value - other[at])));

describe("the engine trains as TensorFlow.js does by its own derivatives", () => {
  it.each(cases)("%s", async (_, build, samples, within) => {
    const model = build();
    expect(networkOf(model)).not.toHaveProperty("unknown");
    const before = weightsOf(model);
    const { history } = await trainModel(model, samples, options);
    const byTensorFlow = build();
    const expected = await fitByTensorFlow(byTensorFlow, samples, options, {});
    expect(furthest(history.loss, expected.history.loss)).toBeLessThan(within);
    expect(furthest(weightsOf(model), weightsOf(byTensorFlow))).toBeLessThan(within);
    expect(furthest(weightsOf(model), before)).toBeGreaterThan(0.005);
  });

  it.each(cases)(
    "%s comes to the same bytes on any number of threads",
    async (_, build, samples) => {
      const trained = [];
      for (const threads of [1, 2, 3]) {
        const model = build();
        await trainModel(model, samples, { ...options, epochs: 1 }, { threads });
        trained.push(weightsOf(model));
      }
      expect(trained[1]).toEqual(trained[0]);
      expect(trained[2]).toEqual(trained[0]);
      const other = build();
      await trainModel(other, samples, { ...options, epochs: 1, seed: 6 });
      expect(weightsOf(other)).not.toEqual(trained[0]);
    },
  );
});

describe("a training that was stopped", () => {
  it.each(cases)("%s goes on from its checkpoint to the same bytes", async (_, build, samples) => {
    const long = { ...options, epochs: 6 };
    const states: TrainingState[] = [];
    const whole = build();
    await trainModel(whole, samples, long, { onCheckpoint: (state) => states.push(state) });
    expect(states.map(({ epoch }) => epoch)).toEqual([5]);
    const resumed = build();
    await trainModel(resumed, samples, long, { resume: states[0] });
    expect(weightsOf(resumed)).toEqual(weightsOf(whole));
  });
});

describe("a normal distribution diverges from the standard one", () => {
  it.each([
    [0, 1, 0],
    [1, 1, 0.5],
    // (4 - ln 4 - 1) / 2 and (4 + 0.25 + ln 4 - 1) / 2
    [0, 4, 0.8068528],
    [2, 0.25, 2.3181472],
  ])("by mean %d and variance %d by %d nats", (mean, variance, nats) => {
    expect(normalDivergence(mean, Math.log(variance))).toBeCloseTo(nats, 6);
  });
});

describe("a draw from what a code tells", () => {
  const row = (at: number): ImageBuffer => ({
    ...{ base: 4 * at, origin: 4 * at, ns: 16, hs: 16, cs: 4, h: 1, w: 1, c: 4 },
  });
  const [x, y, dy, dx] = [0, 4, 8, 12].map(row);
  const layer = { kind: "sample", name: "draw", outputs: 2 } as const;
  const planned = { layer, x, y, dx, dy } as unknown as PlannedLayer;
  const plan = { input: { h: 1, w: 1, c: 1 }, layers: [planned] } as unknown as ThreadPlan;
  const pass = { samples: 1, batch: 1, first: 0, parts: [], seed: 3, step: "1/0" };
  const code = [0.7, -0.3, 0.4, -1.1];

  /** 1.5 of the first draw less the second, and the divergence of both. */
  function lossOf(values: readonly number[]): number {
    const floats = Float32Array.of(...values, ...new Array(12).fill(0));
    latentLayers(floats, plan).forward(planned, pass, true);
    const divergence = [0, 1].reduce(
      (sum, at) => sum + normalDivergence(values[at], values[2 + at]),
      0,
    );
    return 1.5 * floats[4] - floats[5] + divergence;
  }

  it("sends back the differences of the loss by means and log-variances", () => {
    const floats = Float32Array.of(...code, 0, 0, 0, 0, 1.5, -1, 0, 0, 0, 0, 0, 0);
    const layers = latentLayers(floats, plan);
    layers.forward(planned, pass, true);
    layers.backward(planned, pass);
    code.forEach((_, at) => {
      const moved = (by: number) =>
        lossOf(code.map((value, other) => value + (other === at ? by : 0)));
      expect(floats[12 + at]).toBeCloseTo((moved(0.01) - moved(-0.01)) / 0.02, 3);
    });
  });

  it("is the mean outside training", () => {
    const floats = Float32Array.of(...code, ...new Array(12).fill(0));
    latentLayers(floats, plan).forward(planned, pass, false);
    expect([floats[4], floats[5]]).toEqual([floats[0], floats[1]]);
  });
});

describe("masking noise", () => {
  it("hides each value with the probability that it is told, and neighbours apart", () => {
    const count = 100_000;
    const hidden = Array.from({ length: count }, (_, place) => isMasked(12_345, place, 0.25));
    const pairs = hidden.filter((isHidden, place) => isHidden && hidden[place + 1]).length;
    // Within four standard deviations of a binomial count.
    expect(Math.abs(hidden.filter(Boolean).length / count - 0.25)).toBeLessThan(0.0055);
    expect(Math.abs(pairs / count - 0.0625)).toBeLessThan(0.0035);
    const otherwise = hidden.filter((isHidden, at) => isHidden !== isMasked(54_321, at, 0.25));
    expect(Math.abs(otherwise.length / count - 0.375)).toBeLessThan(0.0062);
    expect(hidden.map((_, place) => isMasked(1, place, 0)).some(Boolean)).toBe(false);
  });
});

describe("the non-negative risk, by hand", () => {
  const ln = Math.log;
  const sumsOf = (positives: number[], unlabelled: number[]) => ({
    positives: positives.length,
    unlabelled: unlabelled.length,
    positivesAsPositive: positives.reduce((sum, p) => sum - ln(p), 0),
    positivesAsNegative: positives.reduce((sum, p) => sum - ln(1 - p), 0),
    unlabelledAsNegative: unlabelled.reduce((sum, p) => sum - ln(1 - p), 0),
  });

  it("adds its parts where unlabelled ones weigh more", () => {
    const { risk, slope } = nonNegativeRisk(sumsOf([0.5, 0.8], [0.5, 0.2, 0.1, 0.2]), 0.2);
    // 0.2 (0.693147 + 0.223144) / 2 = 0.0916291; 0.2 (0.693147 + 1.609438) / 2 = 0.2302585;
    // (0.693147 + 2 x 0.223144 + 0.105361) / 4 = 0.3111988
    expect(risk).toBeCloseTo(0.0916291 + 0.3111988 - 0.2302585, 6);
    expect(slope(true, 0.8)).toBeCloseTo(-0.1, 12);
    expect(slope(false, 0.2)).toBeCloseTo(0.05, 12);
  });

  it("turns where the positives outweigh what is unlabelled, and stays at their part", () => {
    const { risk, slope } = nonNegativeRisk(sumsOf([0.9, 0.9], [0.1, 0.1]), 0.2);
    // 0.2 x 2.302585 = 0.460517 is more than 0.105361; what is left is 0.2 x 0.105361
    expect(risk).toBeCloseTo(0.0210721, 6);
    expect(slope(true, 0.9)).toBeCloseTo(0.09, 12);
    expect(slope(false, 0.1)).toBeCloseTo(-0.05, 12);
  });

  it("takes a mean over none for 0", () => {
    expect(nonNegativeRisk(sumsOf([], [0.5]), 0.2).risk).toBeCloseTo(Math.LN2, 6);
    expect(nonNegativeRisk(sumsOf([0.5], []), 0.2).risk).toBeCloseTo(0.1386294, 6);
  });

  it.each([0, 1, Number.NaN])("refuses a prior of %d", (prior) => {
    expect(() => requirePrior(prior)).toThrow(/prior: found .*; expected a share of positives/);
  });
});

describe("a residual network with weights set by hand", () => {
  it("adds to each block's input what its convolutions make of it", async () => {
    const small = { count: 1, size: 12, bands: 1 };
    const model = buildResidual({ ...small, filters: 4, seed: 1 });
    const centre = { stem: 1, "block1-conv1": 2, "block1-conv2": 3, "block2-conv1": 1 };
    const all: { readonly [name: string]: number } = { ...centre, "block2-conv2": -0.25 };
    for (const [name, weight] of Object.entries(all)) {
      const [kernel, bias] = model.getLayer(name).getWeights();
      const [, , inputs, outputs] = kernel.shape;
      const taps = new Float32Array(kernel.size);
      // The middle of the window, from the first map to the first.
      taps[4 * (inputs as number) * (outputs as number)] = weight;
      model.getLayer(name).setWeights([tf.tensor(taps, kernel.shape), tf.zerosLike(bias)]);
    }
    const unit = model.getLayer("probability");
    unit.setWeights([tf.tensor2d([1, 0, 0, 0], [4, 1]), tf.tensor1d([-2])]);
    const ground = new Float32Array(144).fill(0.5);
    const [probability] = await predictProbabilities(model, ground, small);
    // Each normalisation divides by the root of 1.001: variance 1 and the epsilon of Keras.
    const s = 1 / Math.sqrt(1.001);
    const stem = 0.5 * s;
    const first = stem + 2 * 3 * stem * s * s;
    const second = first - 0.25 * first * s * s;
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(2 - second)), 5);
  });
});
