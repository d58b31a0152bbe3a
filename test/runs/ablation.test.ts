import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import { sortGroups } from "../../lib/src/patches/groups";
import { dropBand } from "../../lib/src/patches/select";
import { tilePatches } from "../../lib/src/patches/tile";
import {
  type Ablation,
  channelAblations,
  correlationsBetweenSeeds,
  correlationsWithAll,
  seedsFrom,
} from "../../lib/src/runs/ablation";
import { autoencoderTrial } from "../../lib/src/runs/autoencoder-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { groupScores, scoresOf } from "../../lib/src/runs/roc-scores";
import { openRunStore } from "../../lib/src/runs/store";
import { useBackend } from "../../lib/src/training/backend";
import { stackOf } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "ablation-"));
const options = {
  architecture: "full",
  filters: [2, 4],
  outputActivation: "sigmoid",
  epochs: 2,
  batchSize: 8,
  learningRate: 0.001,
} as const;
const wave = (per: number) =>
  Array.from({ length: 48 * 48 }, (_, at) => 0.5 + 0.5 * Math.sin(at / per));
const patches = tilePatches(stackOf(48, 48, { a: wave(9), b: wave(31), c: wave(4) }), { size: 12 });

let run: RunContext;
let ablations: Ablation[];

beforeAll(async () => {
  run = {
    store: openRunStore(folder),
    seed: 3,
    backend: await useBackend("wasm"),
    progress: () => ({ update: () => undefined, finish: () => undefined }),
    onTrial: () => undefined,
  };
  ablations = await channelAblations(run, patches, options, {
    bands: ["c", "a", "b"],
    seeds: seedsFrom(3, 2),
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("leaving out one band at a time", () => {
  it("trains without each in the order asked for and with all, once a seed", async () => {
    expect(ablations.map(({ seed }) => seed)).toEqual([3, 4]);
    for (const { without, all } of ablations) {
      expect(without.map(({ label }) => label)).toEqual(["Without c", "Without a", "Without b"]);
      expect(all.label).toBe("All evidence");
    }
    const alone = await autoencoderTrial(run, "alone", dropBand(patches, "a"), options);
    expect(ablations[0].without[1].errors).toEqual(alone.errors);
    expect(ablations[1].without[1].errors).not.toEqual(alone.errors);
  });

  it("of one seed takes the run's, and the same trainings", async () => {
    const [only] = await channelAblations(run, patches, options, { bands: ["b"] });
    expect(only.seed).toBe(3);
    expect(only.all.errors).toEqual(ablations[0].all.errors);
    expect(only.without[0].errors).toEqual(ablations[0].without[2].errors);
  });

  it("of one band leaves none out", async () => {
    const alone = dropBand(dropBand(patches, "a"), "b");
    const found = await channelAblations(run, alone, options, { bands: ["c"], seeds: [3, 4] });
    expect(found.map(({ without }) => without)).toEqual([[], []]);
    const { errors } = await autoencoderTrial(run, "alone", alone, options);
    expect(found[0].all.errors).toEqual(errors);
    expect(correlationsWithAll(found[0])).toEqual([]);
  });

  it("refuses a band that is not there", async () => {
    await expect(channelAblations(run, patches, options, { bands: ["d"] })).rejects.toThrow(
      /band to leave out/,
    );
  });
});

/** An ablation of given errors. */
function ablationOf(all: number[], ...without: number[][]): Ablation {
  const trial = (label: string, errors: number[]) => ({
    ...ablations[0].all,
    label,
    errors: Float64Array.from(errors),
  });
  return {
    seed: 1,
    all: trial("All evidence", all),
    without: without.map((errors, at) => trial(`Without ${at}`, errors)),
  };
}

describe("correlations of ablations", () => {
  it("are those with all evidence, and of all evidence between every two seeds", () => {
    const first = ablationOf([1, 2, 3, 4], [2, 4, 6, 8], [4, 3, 2, 1], [1, 3, 2, 4]);
    // 1 - 6 (1 + 1) / (4 (16 - 1)) by Spearman's formula, which holds for ranks.
    [1, -1, 0.8].forEach((expected, at) => {
      expect(correlationsWithAll(first)[at]).toBeCloseTo(expected, 12);
    });
    const seeds = [first, ablationOf([4, 3, 2, 1]), ablationOf([1, 3, 2, 4])];
    [-1, 0.8, -0.8].forEach((expected, at) => {
      expect(correlationsBetweenSeeds(seeds)[at]).toBeCloseTo(expected, 12);
    });
  });
});

describe("scores of a ROC chart", () => {
  const labels = Uint8Array.from([0, 0, 1, 1]);
  const group: OccurrenceGroup = {
    ids: ["all"],
    title: "two",
    assignment: { labels, assigned: [], unassigned: [] },
  };
  const layer = (label: string) => ({
    ...{ id: label, label, title: label, unit: "m" },
    favourable: "high" as const,
  });
  const layers = [
    { layer: layer("poor"), scores: Float64Array.of(4, 3, 2, 1) },
    { layer: layer("good"), scores: Float64Array.of(1, 2, 3, 4) },
  ];
  const pca = { errors: Float64Array.of(1, 1, 2, 2) };

  it("are all evidence, without each layer, the best layer and the linear error", () => {
    const found = groupScores(ablationOf([1, 2, 3, 4], [1, 2, 4, 3]), layers, pca, group);
    expect(found.scores.map(({ name, role }) => [name, role])).toEqual([
      ["All evidence", "main"],
      ["Without 0", "ablation"],
      ["good alone", "baseline"],
      ["PCA error", "baseline"],
    ]);
    expect(scoresOf(found, "baseline")).toHaveLength(2);
  });

  it("have no best layer where none has a direction", () => {
    const { scores } = groupScores(ablationOf([1, 2, 3, 4]), [], pca, group);
    expect(scores.map(({ name }) => name)).toEqual(["All evidence", "PCA error"]);
  });

  const held = (...patchLabels: number[]): OccurrenceGroup => ({
    ...group,
    assignment: { ...group.assignment, labels: Uint8Array.from(patchLabels) },
  });

  it("are of groups that at least two patches hold, and two do not", () => {
    const [single, every, but] = [held(0, 0, 1), held(1, 1, 1), held(1, 1, 0)];
    expect(sortGroups([every, group, single, but])).toEqual({
      tested: [group],
      skipped: [every, single, but],
    });
  });

  it("are of the first group that can be told from the rest where none has a spread", () => {
    const [every, single, other] = [held(1, 1), held(0, 0, 1), held(0, 1, 0)];
    expect(sortGroups([every, single, other])).toEqual({
      tested: [single],
      skipped: [every, other],
    });
    expect(() => sortGroups([every, held(0, 0, 0)])).toThrow(
      /found 2 of 2, 0 of 3; expected at least one patch with an occurrence, and one without/,
    );
  });
});
