import { expect, it } from "vitest";
import { takeRows } from "../../lib/src/comparators/features";
import { fitRandomForest } from "../../lib/src/comparators/random-forest";
import { patchSubset, selectByError } from "../../lib/src/patches/select";
import { autoencoderTrial } from "../../lib/src/runs/autoencoder-trial";
import { reconstructionErrorsByBand } from "../../lib/src/runs/band-errors";
import { classifierTrial, classifyPatches } from "../../lib/src/runs/classifier-trial";
import { comparatorSet, outOfBagScores } from "../../lib/src/runs/comparator-set";
import { type OutOfFoldOptions, outOfFoldNetworks } from "../../lib/src/runs/out-of-fold";
import { wavyPatches as patches, quietRun, smallClassifier } from "../support/wavy-patches";

const options: OutOfFoldOptions = {
  autoencoder: {
    ...{ architecture: "reduced", filters: [4, 4], outputActivation: "sigmoid" },
    ...{ epochs: 1, batchSize: 8, learningRate: 0.001 },
  },
  proportion: { high: 0.25, low: 0.25 },
  classifier: smallClassifier,
};

it("a fold is scored by networks that were trained by hand on the other patches alone", async () => {
  const run = await quietRun();
  const folds = patches.places.map((_, patch) => (patch % 3 === 0 ? 0 : 1));
  const found = await outOfFoldNetworks(run, patches, folds, options);
  const numbers = patches.places.map((_, patch) => patch);
  const outside = patchSubset(
    patches,
    numbers.filter((patch) => patch % 3 !== 0),
  );
  const cae = await autoencoderTrial(run, "by hand", outside, options.autoencoder);
  const selection = selectByError(cae.errors, options.proportion);
  const cnn = await classifierTrial(run, "by hand", outside, selection, options.classifier);
  const byBand = await reconstructionErrorsByBand(cae, patches);
  const probabilities = await classifyPatches(cnn, patches);
  for (const patch of numbers.filter((number) => number % 3 === 0)) {
    const mean = byBand.reduce((sum, { values }) => sum + values[patch] / byBand.length, 0);
    expect(found.errors[patch] / mean).toBeCloseTo(1, 5);
    expect(found.probabilities[patch]).toBeCloseTo(probabilities[patch], 6);
  }
});

it("what lies in a fold changes nothing that scores the fold's other patches", async () => {
  const run = await quietRun();
  const folds = patches.places.map((_, patch) => patch % 2);
  const values = Float32Array.from(patches.values);
  values.fill(0.5, 0, 12 * 12 * 2);
  const before = await outOfFoldNetworks(run, patches, folds, options);
  const after = await outOfFoldNetworks(run, { ...patches, values }, folds, options);
  for (let patch = 2; patch < folds.length; patch += 2) {
    expect(after.errors[patch]).toBe(before.errors[patch]);
    expect(after.probabilities[patch]).toBe(before.probabilities[patch]);
  }
  expect(after.errors[1]).not.toBe(before.errors[1]);
});

it("comparators come by zones where there are two, and a forest's bags go back to its patches", async () => {
  const run = await quietRun();
  const count = patches.places.length;
  const labels = Uint8Array.from({ length: count }, (_, patch) => (patch % 5 === 0 ? 1 : 0));
  const folds = patches.places.map((_, patch) => patch % 2);
  const zones = {
    names: ["West", "East"],
    zoneOf: Int32Array.from({ length: count }, (_, patch) => (patch < 20 ? 0 : 1)),
  };
  const whole = await comparatorSet(run, patches, labels, { zones: null, folds, trees: 5 });
  expect([...whole.forests, ...whole.entropies].map(({ label }) => label)).toEqual([
    "RF",
    "MaxEnt",
  ]);
  const apart = await comparatorSet(run, patches, labels, { zones, folds, trees: 5 });
  expect([...apart.forests, ...apart.entropies].map(({ label }) => label)).toEqual([
    ...["RF", "RFEW"],
    ...["MaxEnt", "MaxEnEW"],
  ]);
  // The eastern forest grown by hand on the eastern rows.
  const means = (patch: number) =>
    patches.bands.map((_, band) => {
      const own = patches.values.subarray(patch * 288, (patch + 1) * 288);
      return own.filter((_, at) => at % 2 === band).reduce((sum, value) => sum + value / 144, 0);
    });
  const table = {
    names: ["Au", "DTF"],
    values: Float64Array.from(patches.places.flatMap((_, patch) => means(patch))),
  };
  const eastern = Array.from({ length: count - 20 }, (_, at) => at + 20);
  const byHand = fitRandomForest(takeRows(table, eastern), labels.subarray(20), {
    seed: 3,
    trees: 5,
  });
  const joined = outOfBagScores(apart.forests[1], zones);
  expect(joined).toHaveLength(count);
  expect([...joined.subarray(20)]).toEqual([...byHand.outOfBag]);
});
