import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { autoencoderTrials } from "../../lib/src/runs/autoencoder-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { isOwn, isShareDone, type Share } from "../../lib/src/runs/share";
import { openRunStore } from "../../lib/src/runs/store";
import { wavyPatches as patches, quietRun } from "../support/wavy-patches";

const folder = mkdtempSync(join(tmpdir(), "shares-"));
afterAll(() => rmSync(folder, { recursive: true }));

const options = {
  architecture: "full",
  filters: [4, 8],
  outputActivation: "sigmoid",
  epochs: 2,
  batchSize: 32,
  learningRate: 0.001,
} as const;

/** A job of its own: labels of what it trained, and how it ended. */
async function trained(store: string, seeds: readonly number[], share?: Share) {
  const labels: string[] = [];
  const run: RunContext = {
    ...{ ...(await quietRun()), share, store: openRunStore(join(folder, store)) },
    onTrial: ({ label, fromStore }) => void (fromStore || labels.push(label)),
  };
  const tasks = seeds.map((seed) => ({ label: `seed ${seed}`, patches, options, seed }));
  try {
    const trials = await autoencoderTrials(run, tasks);
    return { labels: labels.sort(), errors: trials.map(({ errors }) => [...errors]) };
  } catch (error) {
    if (!isShareDone(error)) throw error;
    return { labels: labels.sort(), errors: null };
  }
}

describe("a job that does a share of some trainings", () => {
  it("trains every so many-th, from its own on", () => {
    const own = (part: number) => [0, 1, 2, 3, 4].filter((at) => isOwn({ part, of: 2 }, at));
    expect([own(0), own(1)]).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
  });

  it("leaves the others to other jobs, and together they leave what one alone would", async () => {
    const seeds = [1, 2, 3];
    const first = await trained("shared", seeds, { part: 0, of: 2 });
    expect(first).toEqual({ labels: ["seed 1", "seed 3"], errors: null });
    expect(await trained("shared", seeds, { part: 1, of: 2 })).toEqual({
      ...{ labels: ["seed 2"], errors: null },
    });
    const whole = await trained("shared", seeds);
    expect(whole.labels).toEqual([]);
    expect(whole.errors).toEqual((await trained("alone", seeds)).errors);
  });

  it("that comes after all are there goes on to what follows", async () => {
    await trained("again", [1, 2]);
    const later = await trained("again", [1, 2], { part: 1, of: 2 });
    expect(later.labels).toEqual([]);
    expect(later.errors).toHaveLength(2);
  });

  it("that has none of its own still ends, since what follows needs the others'", async () => {
    expect(await trained("none", [7], { part: 1, of: 2 })).toEqual({ labels: [], errors: null });
  });
});
