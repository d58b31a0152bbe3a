import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tilePatches } from "../../lib/src/patches/tile";
import type { Patches } from "../../lib/src/patches/types";
import {
  type AutoencoderTask,
  type AutoencoderTrial,
  autoencoderTrial,
  autoencoderTrials,
} from "../../lib/src/runs/autoencoder-trial";
import { classifierTrials } from "../../lib/src/runs/classifier-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { openRunStore } from "../../lib/src/runs/store";
import { useBackend } from "../../lib/src/training/backend";
import { stackOf } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "trials-"));
const options = {
  architecture: "full",
  filters: [4, 8],
  outputActivation: "sigmoid",
  epochs: 6,
  batchSize: 32,
  learningRate: 0.001,
} as const;

let patches: Patches;
let backend: RunContext["backend"];

beforeAll(async () => {
  backend = await useBackend("wasm");
  const values = Array.from({ length: 96 * 96 }, (_, at) => 0.5 + 0.5 * Math.sin(at / 9));
  patches = tilePatches(stackOf(96, 96, { a: values, b: [...values].reverse() }), { size: 12 });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A run with a store of its own and a line that is kept. */
function context(store: string, threads: number, watch: (text: string) => void = () => undefined) {
  const seen: string[] = [];
  const controller = new AbortController();
  const run: RunContext = {
    store: openRunStore(join(folder, store)),
    seed: 3,
    backend: { ...backend, threads },
    signal: controller.signal,
    progress: () => ({
      update: (text) => {
        seen.push(text);
        watch(text);
      },
      finish: (text) => seen.push(text),
    }),
    onTrial: () => undefined,
  };
  return { run, seen, stop: () => controller.abort() };
}

const tasks = (): AutoencoderTask[] => [
  { label: "first", patches, options },
  { label: "second", patches, options, seed: 4 },
  { label: "entropy", patches, options: { ...options, loss: "binaryCrossentropy" } },
];

const content = ({ label, errors, history, models }: AutoencoderTrial) => ({
  label,
  errors,
  history,
  weights: models[0].weights,
});

describe("trials side by side", () => {
  it("give the bytes of each trained alone, on any number of threads, in the order of the tasks", async () => {
    const beside = context("beside", 2);
    const together = await autoencoderTrials(beside.run, tasks());
    for (const [at, { label, options: settings, seed }] of tasks().entries()) {
      const { run } = context(`alone ${at}`, at + 1);
      const alone = await autoencoderTrial({ ...run, seed: seed ?? 3 }, label, patches, settings);
      expect(content(together[at])).toEqual(content(alone));
    }
    expect(together[0].errors).not.toEqual(together[1].errors);
    expect(beside.seen.some((text) => /of 3 done, .* left; .*: epoch \d\/6/.test(text))).toBe(true);
    expect(beside.seen.at(-1)).toMatch(/^3 done, 0 from the run store/);
    const wide = await autoencoderTrials(context("lanes", 8).run, tasks());
    expect(wide.map(content)).toEqual(together.map(content));
    const again = context("beside", 2);
    expect(await autoencoderTrials(again.run, tasks())).toEqual(together);
    expect(again.seen).toEqual([expect.stringMatching(/^3 done, 3 from the run store/)]);
  });

  it("of classifiers likewise", async () => {
    const selection = {
      prospective: Uint32Array.of(1, 5, 9, 13),
      background: Uint32Array.of(2, 6),
    };
    const settings = { filters: [4, 8], dense: 8, dropout: [0.25, 0.5], batchNormalisation: true };
    const all = { ...settings, epochs: 3, batchSize: 32, learningRate: 0.001 };
    const list = [1, 2].map((seed) => ({
      ...{ label: `seed ${seed}`, patches, selection, options: all, seed },
    }));
    const together = await classifierTrials(context("classifiers", 2).run, list);
    const inTurn = await classifierTrials(context("classifiers in turn", 1).run, list);
    expect(together.map(({ probabilities }) => probabilities)).toEqual(
      inTurn.map(({ probabilities }) => probabilities),
    );
  });

  it("finish and are stored when one of them fails, which is named with its cause", async () => {
    const broken = { ...patches, values: Float32Array.from(patches.values).fill(Number.NaN, 7, 8) };
    const { run } = context("failing", 2);
    const list = [...tasks(), { label: "broken", patches: broken, options }];
    await expect(autoencoderTrials(run, list)).rejects.toThrow(
      /^1 of 4 trials failed; the others are done and stored:\n {2}broken: loss at epoch 1/,
    );
    const stored = readdirSync(join(folder, "failing", "autoencoder"));
    expect(stored.filter((name) => name.endsWith(".run")).length).toBe(3);
  });

  it("stop together, keep checkpoints, and go on to the bytes of those never stopped", async () => {
    const long = [3, 4].map((seed) => ({
      ...{ label: `seed ${seed}`, patches, options: { ...options, epochs: 200 }, seed },
    }));
    const whole = await autoencoderTrials(context("whole", 2).run, long);
    const stopped = context("parts", 2, (text) => {
      // Not once both have come so far: where other programs want the cores, the first has ended by then.
      if (/epoch \d\d/.test(text)) stopped.stop();
    });
    await expect(autoencoderTrials(stopped.run, long)).rejects.toMatchObject({
      name: "AbortError",
      message: expect.stringMatching(/stopped after \d of 2; run it again to go on/),
    });
    const kept = readdirSync(join(folder, "parts", "autoencoder"));
    expect(kept.some((name) => name.endsWith(".begun"))).toBe(true);
    const resumed = await autoencoderTrials(context("parts", 2).run, long);
    expect(resumed.map(content)).toEqual(whole.map(content));
  });
});
