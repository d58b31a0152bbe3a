import { beforeAll, describe, expect, it, vi } from "vitest";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import { selectByError } from "../../lib/src/patches/select";
import type { Patches } from "../../lib/src/patches/types";
import { autoencoderTrials } from "../../lib/src/runs/autoencoder-trial";
import { classifierTrial } from "../../lib/src/runs/classifier-trial";
import type { RunContext } from "../../lib/src/runs/context";
import type { MethodScores } from "../../lib/src/runs/method-set";
import { type NetworkSetOptions, networkSet } from "../../lib/src/runs/network-set";
import { networkTrials } from "../../lib/src/runs/network-trial";
import { wavyPatches as patches, quietRun, smallClassifier } from "../support/wavy-patches";

const count = patches.places.length;
const perPatch = patches.values.length / count;
const settings = { batchSize: 8, learningRate: 0.002 };
const options: NetworkSetOptions = {
  folds: patches.places.map(({ column }) => (column < 4 ? 0 : 1)),
  autoencoder: {
    ...{ architecture: "full", filters: [8, 4], outputActivation: "sigmoid" },
    ...{ ...settings, epochs: 15 },
  },
  classifier: { ...smallClassifier, ...settings, filters: [8, 8], dense: 8, epochs: 15 },
  proportion: { high: 0.25, low: 0.25 },
  members: 2,
};

/** Patches of which some hold a bright square in the first band. */
function withSquares(isMarked: (patch: number) => boolean, from: Patches = patches): Patches {
  const values = Float32Array.from(from.values);
  for (let patch = 0; patch < count; patch++) {
    if (!isMarked(patch)) continue;
    for (let pixel = 0; pixel < 144; pixel++) {
      const isInside = pixel % 12 >= 4 && pixel % 12 < 8 && pixel >= 48 && pixel < 96;
      values[patch * perPatch + 2 * pixel] = isInside ? 1 : 0;
    }
  }
  return { ...from, values };
}

const marked = (patch: number) => patch % 5 === 0;
const labels = Uint8Array.from({ length: count }, (_, patch) => (marked(patch) ? 1 : 0));

describe("networks on ground with a planted pattern", () => {
  let run: RunContext;
  let found: MethodScores[];
  const byId = (id: string) => found.find((method) => method.id === id) as MethodScores;
  beforeAll(async () => {
    run = await quietRun();
    found = await networkSet(run, withSquares(marked), labels, options);
  }, 300_000);

  it("come with those first that are told of no occurrence", () => {
    expect(found.map(({ id, isTold }) => [id, isTold])).toEqual([
      ["variational", false],
      ["denoising", false],
      ["caeEnsemble", false],
      ["cnnEnsemble", false],
      ["nonNegative", true],
      ["residual", true],
    ]);
    for (const { inSample, outOfSample, seconds } of found) {
      expect([inSample.length, outOfSample.length]).toEqual([count, count]);
      expect([...Array.from(inSample), ...Array.from(outOfSample)].every(Number.isFinite)).toBe(
        true,
      );
      expect(seconds).toBeGreaterThan(0);
    }
  });

  it.each(["nonNegative", "residual"])(
    "%s learns it where it is told, and finds it elsewhere",
    (id) => {
      expect(areaUnderRoc(byId(id).inSample, labels)).toBeGreaterThan(0.95);
      expect(areaUnderRoc(byId(id).outOfSample, labels)).toBeGreaterThan(0.9);
    },
  );

  it("an ensemble's scores are the mean of what its members say", async () => {
    const own = withSquares(marked);
    const alone = await autoencoderTrials(
      run,
      [run.seed, run.seed + 1].map((seed) => ({
        ...{ label: "by hand", patches: own, seed, options: options.autoencoder },
      })),
    );
    const selection = selectByError(alone[1].errors, options.proportion);
    const second = await classifierTrial(
      { ...run, seed: run.seed + 1 },
      ...(["by hand", own, selection, options.classifier] as const),
    );
    const first = await classifierTrial(
      run,
      ...(["by hand", own] as const),
      selectByError(alone[0].errors, options.proportion),
      options.classifier,
    );
    for (const patch of [0, 7, 30]) {
      const error = (alone[0].errors[patch] + alone[1].errors[patch]) / 2;
      expect(byId("caeEnsemble").inSample[patch]).toBeCloseTo(error, 8);
      const probability = (first.probabilities[patch] + second.probabilities[patch]) / 2;
      expect(byId("cnnEnsemble").inSample[patch]).toBeCloseTo(probability, 6);
    }
  });

  it("out of fold, errors are ranks over all patches by the network that has not seen the fold", async () => {
    const training = Uint32Array.from(
      patches.places.flatMap(({ column }, patch) => (column < 4 ? [] : [patch])),
    );
    const [trial] = await networkTrials(
      run,
      ...([
        withSquares(marked),
        labels,
        [{ label: "by hand", kind: "denoising", training }],
      ] as const),
      { ...options, prior: 0.25 },
    );
    const patch = 9;
    expect(patches.places[patch].column).toBe(1);
    const below = trial.scores.filter((score) => score < trial.scores[patch]).length;
    expect(byId("denoising").outOfSample[patch]).toBeCloseTo((below + 0.5) / count, 12);
  });

  it("come again from the store, and anew for another prior alone where it has a bearing", async () => {
    const trials: boolean[] = [];
    const heard = {
      ...run,
      onTrial: ({ fromStore }: { fromStore: boolean }) => trials.push(fromStore),
    };
    const own = withSquares(marked);
    expect(await networkSet(heard, own, labels, options)).toEqual(found);
    expect(trials.length).toBe(4 * 3 + 2 * 2 * 3);
    expect(trials.every(Boolean)).toBe(true);
    trials.length = 0;
    await networkSet(heard, own, labels, { ...options, prior: 0.4 });
    expect(trials.filter((fromStore) => !fromStore).length).toBe(3);
  });
});

describe("what cannot be had", () => {
  it("has no scores: a network told of one occurrence, and a fold that leaves fewer than two", async () => {
    const run = await quietRun();
    const quick = {
      ...options,
      autoencoder: { ...options.autoencoder, epochs: 1 },
      classifier: { ...options.classifier, epochs: 1 },
    };
    const one = Uint8Array.from(labels, (_, patch) => (patch === 3 ? 1 : 0));
    const alone = await networkSet(run, patches, one, { ...quick, folds: null });
    const [variational, , , , , residual] = alone;
    expect(Array.from(residual.inSample).every(Number.isNaN)).toBe(true);
    expect(Array.from(variational.inSample).every(Number.isFinite)).toBe(true);
    expect(Array.from(variational.outOfSample).every(Number.isNaN)).toBe(true);
    // Two west, one east: without the west there is one to learn by.
    const three = Uint8Array.from(labels, (_, patch) => ([0, 1, 6].includes(patch) ? 1 : 0));
    const few = await networkSet(run, patches, three, quick);
    const { outOfSample } = few[5];
    patches.places.forEach(({ column }, patch) => {
      expect(Number.isNaN(outOfSample[patch])).toBe(column < 4);
    });
  });
});

describe("auto-encoders on ground with one odd patch", () => {
  it.each([
    ["variational", [8, 4]],
    ["denoising", [8, 4]],
    // Six maps are left to TensorFlow.js.
    ["variational", [8, 6]],
  ] as const)("%s, filters %j, gives it back worst", async (kind, filters) => {
    const said = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const run = await quietRun();
    const odd = withSquares((patch) => patch === 29);
    const training = Uint32Array.from({ length: count }, (_, patch) => patch);
    const task = { label: "odd", kind, training };
    const own = { ...options, autoencoder: { ...options.autoencoder, filters }, prior: 0.25 };
    const [{ scores }] = await networkTrials(run, odd, labels, [task], own);
    expect(scores.indexOf(Math.max(...scores))).toBe(29);
    expect(said).toHaveBeenCalledTimes(filters[1] % 4 === 0 ? 0 : 1);
    said.mockRestore();
  });
});
