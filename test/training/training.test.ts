import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findTensorFlow, tf } from "../../lib/src/tensorflow";
import { useBackend } from "../../lib/src/training/backend";
import { deserialiseModel, serialiseModel } from "../../lib/src/training/checkpoint";
import { trainAutoencoder, trainClassifier } from "../../lib/src/training/fit";
import {
  predictProbabilities,
  reconstruct,
  reconstructionErrors,
} from "../../lib/src/training/predict";
import { durationText, progressText } from "../../lib/src/training/progress";

beforeAll(async () => {
  await useBackend("wasm");
});

const shape = { count: 40, size: 12, bands: 3 };
/** Smooth patches in [0, 1] that differ from one another. */
const patches = Float32Array.from({ length: 40 * 144 * 3 }, (_, at) => {
  const patch = Math.floor(at / 432);
  return 0.5 + 0.45 * Math.sin(at / 30 + patch * patch);
});
const cae = {
  architecture: "full",
  filters: [8, 8],
  outputActivation: "sigmoid",
  batchSize: 16,
  learningRate: 0.003,
  seed: 5,
} as const;
const cnn = { filters: [4, 8], dense: 16, dropout: [0.25, 0.5], batchNormalisation: true };
const labels = Uint8Array.from({ length: 40 }, (_, patch) => patch % 2);

describe("training", () => {
  it("gives the same bytes for the same seed, shuffling, dropout and all", async () => {
    const train = async (seed: number) => {
      const options = { ...cae, ...cnn, epochs: 3, seed };
      const { model, history } = await trainClassifier(patches, labels, shape, options);
      const bytes = (await serialiseModel(model)).weights;
      model.dispose();
      return { bytes, history };
    };
    const first = await train(5);
    expect(await train(5)).toEqual(first);
    expect((await train(6)).bytes).not.toEqual(first.bytes);
  });

  it("learns more than the mean of every band", async () => {
    const { model, history } = await trainAutoencoder(patches, shape, { ...cae, epochs: 40 });
    const mean = patches.reduce((sum, value) => sum + value, 0) / patches.length;
    const byMean = patches.reduce((sum, value) => sum + (value - mean) ** 2, 0) / patches.length;
    expect(history.loss.length).toBe(40);
    expect(history.loss.at(-1)).toBeLessThan(byMean / 3);
    model.dispose();
  });

  it("weighs the last, smaller batch by its size, and tells the end of every epoch", async () => {
    const seen: string[] = [];
    const options = { ...cae, epochs: 1, learningRate: 0 };
    const { model, history } = await trainAutoencoder(patches, shape, options, {
      onProgress: ({ batch, batches }) => seen.push(`${batch}/${batches}`),
    });
    expect(seen.at(-1)).toBe("3/3");
    // With a learning rate of 0 the epoch's loss is the mean error over all patches.
    const errors = await reconstructionErrors(model, patches, shape);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(history.loss[0]).toBeCloseTo(mean, 6);
    model.dispose();
  });

  it("of wide layers trains on a last batch too short for every thread", async () => {
    const odd = { ...shape, count: 33 };
    const values = patches.slice(0, 33 * 144 * shape.bands);
    const options = { ...cae, filters: [32, 64], epochs: 1, batchSize: 32, learningRate: 0 };
    const { model, history } = await trainAutoencoder(values, odd, options);
    // With a learning rate of 0 the epoch's loss is the mean error over all patches.
    const errors = await reconstructionErrors(model, values, odd);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(history.loss[0]).toBeCloseTo(mean, 6);
    model.dispose();
  });

  it("stays finite on constant bands and on a batch of one", async () => {
    const constant = new Float32Array(144 * 3).fill(0.5);
    const one = { count: 1, size: 12, bands: 3 };
    const trained = await trainClassifier(constant, Uint8Array.of(1), one, {
      ...cae,
      ...cnn,
      epochs: 2,
    });
    expect(Number.isFinite(trained.history.loss[1])).toBe(true);
    trained.model.dispose();
  });

  it("stops with the epoch and batch when the loss is no number", async () => {
    const broken = Float32Array.from(patches);
    broken[7] = Number.NaN;
    await expect(trainAutoencoder(broken, shape, { ...cae, epochs: 1 })).rejects.toThrow(
      /loss at epoch 1, batch \d+: found NaN/,
    );
  });

  it("refuses no epochs and half a batch", async () => {
    await expect(trainAutoencoder(patches, shape, { ...cae, epochs: 0 })).rejects.toThrow(/epochs/);
    await expect(
      trainAutoencoder(patches, shape, { ...cae, epochs: 1, batchSize: 0.5 }),
    ).rejects.toThrow(/batchSize: found 0.5/);
  });

  it("leaves no tensors behind", async () => {
    const before = tf.memory().numTensors;
    const { model } = await trainAutoencoder(patches, shape, { ...cae, epochs: 1 });
    await reconstructionErrors(model, patches, shape);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("reconstruction error", () => {
  it("is the mean squared difference between patch and reconstruction", async () => {
    const { model } = await trainAutoencoder(patches, shape, { ...cae, epochs: 1 });
    const made = await reconstruct(model, patches, shape);
    const errors = await reconstructionErrors(model, patches, shape);
    let sum = 0;
    for (let at = 432; at < 864; at++) sum += (made[at] - patches[at]) ** 2;
    expect(errors[1]).toBeCloseTo(sum / 432, 10);
    model.dispose();
  });
});

describe("a stored model", () => {
  it("predicts the same numbers when read back", async () => {
    const options = { ...cae, ...cnn, epochs: 1 };
    const { model } = await trainClassifier(patches, labels, shape, options);
    const expected = await predictProbabilities(model, patches, shape);
    const back = await deserialiseModel(await serialiseModel(model));
    expect(await predictProbabilities(back, patches, shape)).toEqual(expected);
    expect(Math.min(...expected)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...expected)).toBeLessThanOrEqual(1);
  });
});

describe("progress", () => {
  it("says epoch, loss, accuracy and time left", () => {
    const progress = { epoch: 3, epochs: 20, batch: 5, batches: 10, loss: 0.01234567 };
    const times = { secondsElapsed: 10, secondsLeft: 83.6 };
    expect(progressText({ ...progress, ...times, accuracy: 0.9 })).toBe(
      "epoch 3/20, loss 0.01235, accuracy 0.900, 1 min 24 s left",
    );
    expect(durationText(7500)).toBe("2 h 5 min");
  });
});

describe("the native backend", () => {
  it("is taken where it is installed above, else the portable one", () => {
    const root = mkdtempSync(join(tmpdir(), "native-"));
    const nested = join(root, "lib", "dist");
    mkdirSync(nested, { recursive: true });
    expect(findTensorFlow(nested).native).toBe(false);
    const installed = join(root, ".native", "node_modules", "@tensorflow", "tfjs-node");
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(root, ".native", "package.json"), "{}");
    writeFileSync(
      join(installed, "package.json"),
      '{ "name": "@tensorflow/tfjs-node", "main": "i.js" }',
    );
    writeFileSync(join(installed, "i.js"), 'module.exports = { stands: "in" };');
    expect(findTensorFlow(nested)).toEqual({ tf: { stands: "in" }, native: true });
    rmSync(root, { recursive: true });
  });

  it("is refused by name where it is not installed, instead of another running in its place", async () => {
    await expect(useBackend("native")).rejects.toThrow(
      /backend native: found that it is not installed/,
    );
  });
});
