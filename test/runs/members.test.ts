import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pearson } from "../../lib/src/evaluation/correlation";
import { tilePatches } from "../../lib/src/patches/tile";
import type { Patches } from "../../lib/src/patches/types";
import { autoencoderTrial, autoencoderTrials } from "../../lib/src/runs/autoencoder-trial";
import { reconstructionErrorsByBand } from "../../lib/src/runs/band-errors";
import type { RunContext } from "../../lib/src/runs/context";
import { errorByLayer } from "../../lib/src/runs/error-by-layer";
import { patchErrors } from "../../lib/src/runs/patch-errors";
import { errorReliability } from "../../lib/src/runs/reliability";
import { openRunStore } from "../../lib/src/runs/store";
import { useBackend } from "../../lib/src/training/backend";
import { refusalOf } from "../support/refusal";
import { stackOf } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "members-"));
const options = {
  architecture: "full",
  filters: [4, 2],
  outputActivation: "sigmoid",
  ...{ epochs: 3, batchSize: 16, learningRate: 0.002 },
} as const;

let patches: Patches;
let run: RunContext;
const computed: string[] = [];

beforeAll(async () => {
  const wave = (every: number) =>
    Array.from({ length: 72 * 72 }, (_, at) => 0.5 + 0.5 * Math.sin(at / every));
  patches = tilePatches(stackOf(72, 72, { a: wave(7), b: wave(11) }), { size: 12 });
  run = {
    ...{ store: openRunStore(folder), seed: 3, backend: await useBackend("wasm") },
    progress: () => ({ update: () => undefined, finish: () => undefined }),
    onTrial: ({ label, fromStore }) => {
      if (!fromStore) computed.push(label);
    },
  };
});

afterAll(() => rmSync(folder, { recursive: true }));

const train = (seed: number) =>
  autoencoderTrials(run, [{ label: `seed ${seed}`, patches, options, seed }]).then(([one]) => one);

describe("members of an auto-encoder", () => {
  it("are the trainings of the seed and those that follow, errors their mean, each trained once", async () => {
    const alone = [await train(3), await train(4), await train(5)];
    computed.length = 0;
    const together = await autoencoderTrial(run, "three", patches, { ...options, members: 3 });
    expect(computed).toEqual([]);
    expect(together.models.length).toBe(3);
    together.errors.forEach((error, patch) => {
      const mean = alone.reduce((sum, { errors }) => sum + errors[patch], 0) / 3;
      expect(error).toBeCloseTo(mean, 12);
    });
    expect(together.history).toEqual(alone[0].history);
  });

  it("score other patches and each band by the mean of their own errors", async () => {
    const together = await autoencoderTrial(run, "two", patches, { ...options, members: 2 });
    const again = await patchErrors(together, patches);
    again.forEach((error, patch) => {
      expect(error).toBeCloseTo(together.errors[patch], 9);
    });
    const bands = await reconstructionErrorsByBand(together, patches);
    const [first] = patches.places;
    const cell = first.row * patches.layout.columns + first.column;
    const mean = bands.reduce((sum, { values }) => sum + values[cell], 0) / bands.length;
    expect(mean).toBeCloseTo(together.errors[0], 7);
  });

  it("are refused unless a positive whole number", async () => {
    const wrong = () => autoencoderTrial(run, "none", patches, { ...options, members: 0 });
    expect(await refusalOf(wrong)).toMatchObject({ field: "members", found: "0" });
  });
});

describe("how far an error can be trusted", () => {
  it("means over members are compared with means over others, single errors in all pairs", async () => {
    const blocks = { seed: 1, blockSize: 2 };
    const found = await errorReliability(run, patches, options, { members: 2, blocks });
    const errors = [3, 4, 5, 6].map((seed) => train(seed));
    const [a, b, c, d] = (await Promise.all(errors)).map((trial) => trial.errors);
    const mean = (one: Float64Array, other: Float64Array) =>
      one.map((value, at) => (value + other[at]) / 2);
    expect(found.trials.length).toBe(4);
    expect(found.measured.value).toBeCloseTo(pearson(mean(a, b), mean(c, d)), 12);
    const pairs = [
      pearson(a, b),
      pearson(a, c),
      pearson(a, d),
      pearson(b, c),
      pearson(b, d),
      pearson(c, d),
    ];
    expect(found.single.mean).toBeCloseTo(pairs.reduce((sum, one) => sum + one, 0) / 6, 12);
    expect(found.single.least).toBe(Math.min(...pairs));
    // By hand: 2 r / (1 + r).
    expect(found.predicted).toBeCloseTo((2 * found.single.mean) / (1 + found.single.mean), 12);
  });

  it("shares of layers add up to one, and a training agrees with itself", async () => {
    const trial = await train(3);
    const layers = await errorByLayer(trial, trial, patches);
    expect(layers.map(({ band }) => band)).toEqual(["a", "b"]);
    expect(layers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const { correlation } of layers) expect(correlation).toBeCloseTo(1, 12);
  });
});
