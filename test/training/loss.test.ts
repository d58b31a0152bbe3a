import type { SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { buildClassifier } from "../../lib/src/models/classifier";
import { randomStream } from "../../lib/src/random";
import { tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import { kernelsIn } from "../../lib/src/training/engine/kernels";
import { sharedMemory } from "../../lib/src/training/engine/memory";
import { trainAutoencoder, trainModel } from "../../lib/src/training/fit";
import { fitByTensorFlow } from "../../lib/src/training/fit-tensorflow";
import {
  filterGradient,
  inputGradient,
} from "../../lib/src/training/kernels/convolution-gradients";
import { poolingGradient } from "../../lib/src/training/kernels/pooling-gradient";

beforeAll(async () => {
  await useBackend("wasm");
});

const shape = { count: 20, size: 12, bands: 3 };
// Rough, so that no two values of a pool are equal but for rounding.
const random = randomStream(1, "patches");
const patches = Float32Array.from({ length: 20 * 432 }, () => random.uniform());
const settings = { epochs: 4, batchSize: 8, learningRate: 0.002, seed: 5 };

/** Losses of a value behind a sigmoid, by what comes before it, in double precision. */
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const losses = {
  squaredErrorGradient: (z: number, t: number) => (sigmoid(z) - t) ** 2,
  absoluteErrorGradient: (z: number, t: number) => Math.abs(sigmoid(z) - t),
  crossEntropyGradient: (z: number, t: number) =>
    -t * Math.log(sigmoid(z)) - (1 - t) * Math.log(1 - sigmoid(z)),
} as const;

describe("losses against patches", () => {
  it.each([
    ["squaredErrorGradient", 2],
    ["absoluteErrorGradient", 1],
    ["crossEntropyGradient", 1],
  ] as const)("%s is the float64 loss, and its gradient the float64 difference", (name, factor) => {
    for (const bands of [1, 3, 4, 9]) {
      const size = 5;
      const cs = Math.ceil(bands / 4) * 4;
      const memory = sharedMemory(65_536);
      const floats = new Float32Array(memory.buffer);
      const [y, dy, target] = [1024, 8192, 16_384];
      const z = (at: number) => 3 * Math.sin(at * 1.7);
      const expected: number[] = [];
      let loss = 0;
      for (let at = 0; at < size * size * bands; at++) {
        const place = Math.floor(at / bands) * cs + (at % bands);
        floats[(y >> 2) + place] = sigmoid(z(at));
        floats[(target >> 2) + at] = 0.5 + 0.5 * Math.cos(at * 2.3);
        const t = floats[(target >> 2) + at];
        const slope = (losses[name](z(at) + 1e-5, t) - losses[name](z(at) - 1e-5, t)) / 2e-5;
        expected[place] = slope;
        loss += losses[name](z(at), t);
      }
      const sum = kernelsIn(memory)[name](y, dy, size * cs * 4, cs, target, size, bands, factor, 1);
      expect(Math.abs(sum / loss - 1)).toBeLessThan(1e-5);
      for (let place = 0; place < size * size * cs; place++) {
        // Channels that only fill a vector up have no gradient.
        expect(Math.abs(floats[(dy >> 2) + place] - (expected[place] ?? 0))).toBeLessThan(1e-5);
      }
    }
  });

  it.each(["meanSquaredError", "meanAbsoluteError", "binaryCrossentropy"] as const)(
    "%s trains as in TensorFlow.js, and is told as there",
    async (loss) => {
      const options = {
        architecture: "reduced",
        filters: [4, 8],
        outputActivation: "sigmoid",
      } as const;
      const all = { ...settings, ...options, loss, epochs: 1 };
      const { history } = await trainAutoencoder(patches, shape, all);
      const model = buildAutoencoder({ ...shape, ...options, seed: settings.seed });
      const expected = await fitByTensorFlow(
        model,
        { values: patches, labels: null, loss, shape },
        all,
        {},
      );
      expect(Math.abs(history.loss[0] - expected.history.loss[0])).toBeLessThan(1e-5);
    },
  );

  it("cross-entropy is refused behind a linear output", async () => {
    const options = { architecture: "full", filters: [4, 8], outputActivation: "linear" } as const;
    await expect(
      trainAutoencoder(patches, shape, { ...settings, ...options, loss: "binaryCrossentropy" }),
    ).rejects.toThrow(/loss: found binaryCrossentropy behind a linear output/);
  });
});

describe("a layer that the engine does not know", () => {
  it("is left to TensorFlow.js with this package's kernels, said once, and learns", async () => {
    const build = () => {
      const input = tf.input({ shape: [12, 12, 3] });
      const convolve = (name: string, filters: number, activation: "relu" | "sigmoid") =>
        tf.layers.conv2d({
          ...{ name, filters, kernelSize: 3, padding: "same", activation },
          kernelInitializer: tf.initializers.glorotUniform({ seed: filters }),
        });
      const steps = [
        convolve("first", 4, "relu"),
        tf.layers.maxPooling2d({ name: "pool", poolSize: 2 }),
        convolve("second", 4, "relu"),
        tf.layers.averagePooling2d({ name: "mean", poolSize: 2 }),
        tf.layers.upSampling2d({ name: "grow", size: [4, 4] }),
        convolve("output", 3, "sigmoid"),
      ];
      const output = steps.reduce((tensor, layer) => layer.apply(tensor) as SymbolicTensor, input);
      return tf.model({ name: "averaging", inputs: input, outputs: output });
    };
    const samples = { values: patches, labels: null, loss: "meanSquaredError", shape } as const;
    const said = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    for (const { kernelName, kernelFunc } of [filterGradient, inputGradient, poolingGradient]) {
      expect(tf.getKernel(kernelName, "wasm")?.kernelFunc).toBe(kernelFunc);
    }
    const { history } = await trainModel(build(), samples, settings);
    await trainModel(build(), samples, settings);
    expect(said.mock.calls).toEqual([
      ["TensorFlow.js trains averaging: the engine does not know mean (AveragePooling2D)."],
    ]);
    said.mockRestore();
    // Without a step, losses are those of plain JavaScript; what it learns is more than the mean.
    const still = { ...settings, learningRate: 0 };
    const before = await trainModel(build(), samples, still);
    await useBackend("cpu");
    const expected = await trainModel(build(), samples, still);
    await useBackend("wasm");
    expect(history.loss.length).toBe(4);
    history.loss.forEach((_, epoch) => {
      expect(before.history.loss[epoch]).toBeCloseTo(expected.history.loss[epoch], 6);
    });
    expect(history.loss[3]).toBeLessThan(history.loss[0]);
  });
});

describe("what cannot work", () => {
  const cnn = { bands: 3, filters: [4, 8], dense: 8, batchNormalisation: true, seed: 1 };

  it.each([
    ["patches that are 1 x 1 after pooling", 4, [0.2, 0.5], [4, 8], /patch size: found 4 pixels/],
    ["patches that cannot be halved twice", 14, [0.2, 0.5], [4, 8], /patch size: found 14 pixels/],
    ["dropping everything", 12, [0.2, 1], [4, 8], /dropout: found 1; expected a share/],
    ["three convolutions", 12, [0.2, 0.5], [4, 8, 8], /filters: found 4, 8, 8; expected 2/],
  ] as const)("is refused: %s", (_, size, dropout, filters, message) => {
    expect(() => buildClassifier({ ...cnn, size, dropout, filters })).toThrow(message);
  });

  it("is refused: a learning rate that is none, and no patches", async () => {
    const options = { architecture: "full", filters: [4, 8], outputActivation: "sigmoid" } as const;
    const rate = { ...settings, ...options, learningRate: Number.NaN };
    await expect(trainAutoencoder(patches, shape, rate)).rejects.toThrow(/learningRate: found NaN/);
    await expect(
      trainAutoencoder(new Float32Array(0), { ...shape, count: 0 }, { ...settings, ...options }),
    ).rejects.toThrow(/patches: found none/);
  });
});
