import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bestLayerBaseline } from "../../lib/src/baselines/single-layer";
import { zoneMembership } from "../../lib/src/comparators/by-zone";
import { patchFeatures, pixelFeatures, takeRows } from "../../lib/src/comparators/features";
import { predictForest } from "../../lib/src/comparators/forest-predict";
import {
  fitMaximumEntropy,
  predictMaximumEntropy,
} from "../../lib/src/comparators/maximum-entropy";
import { presenceBackground } from "../../lib/src/comparators/training-rows";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import { tilePatches } from "../../lib/src/patches/tile";
import { comparatorSet, zoneFitSentence } from "../../lib/src/runs/comparator-set";
import { maximumEntropyTrial, randomForestTrial } from "../../lib/src/runs/comparator-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { openRunStore } from "../../lib/src/runs/store";
import { readReferenceData, rowsFrom } from "../comparators/reference-table";
import { counting, stackOf } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "store-"));
afterAll(() => rmSync(folder, { recursive: true }));

function context(seed = 3) {
  const lines: string[] = [];
  const trials: boolean[] = [];
  const run: RunContext = {
    store: openRunStore(folder),
    seed,
    backend: { name: "none", version: "0", threads: 1 } as unknown as RunContext["backend"],
    progress: () => ({ update: () => undefined, finish: (text) => lines.push(text) }),
    onTrial: ({ fromStore }) => trials.push(fromStore),
  };
  return { run, lines, trials };
}

const data = readReferenceData();
const table = takeRows(data.table, rowsFrom(0, 500));
const labels = data.labels.slice(0, 500);
const folds = Uint8Array.from(labels, (_, row) => row % 4);
const zoneOf = Int32Array.from(labels, (_, row) => (row < 240 ? 0 : row < 490 ? 1 : -1));
const forest = { trees: 40, folds };

describe("comparator trials", () => {
  it("are computed once, and give the same from the store", async () => {
    const { run, trials } = context();
    const first = await randomForestTrial(run, "RF", table, labels, forest);
    const second = await randomForestTrial(run, "RF", table, labels, forest);
    expect(trials).toEqual([false, true]);
    expect(second).toEqual(first);
    const model = second.fits[0].model;
    expect(model && predictForest(model, table)).toEqual(first.scores);
    await randomForestTrial(run, "RF", table, labels, { ...forest, trees: 41 });
    expect(trials).toEqual([false, true, false]);
  });

  it("score a row out of its fold by the model fitted to all other folds", async () => {
    const { run } = context();
    const { outOfFold } = await maximumEntropyTrial(run, "ME", table, labels, { folds });
    const others = rowsFrom(0, 500).filter((row) => folds[row] !== 2);
    const model = fitMaximumEntropy(
      takeRows(table, others),
      Uint8Array.from(others, (row) => labels[row]),
    );
    const scores = predictMaximumEntropy(model, table);
    scores.forEach((score, row) => {
      if (folds[row] === 2) expect(outOfFold?.[row]).toBe(score);
    });
  });

  it("in-sample flatters a forest; out of fold it does not fit its own noise", async () => {
    const noise = labels.map((_, row) => ((row * 7919) % 5 === 0 ? 1 : 0));
    const { run } = context();
    const trial = await randomForestTrial(run, "RF", table, noise, {
      ...forest,
      minimumNodeSize: 1,
    });
    expect(areaUnderRoc(trial.scores, noise)).toBeGreaterThan(0.95);
    expect(areaUnderRoc(trial.outOfFold ?? [], noise)).toBeLessThan(0.65);
  });

  it("by zones are fitted apart and joined; a poor zone is skipped and said", async () => {
    const zones = { names: ["west", "east"], zoneOf };
    const { run, lines } = context();
    const both = await maximumEntropyTrial(run, "MaxEnEW", table, labels, { zones });
    const west = rowsFrom(0, 240);
    const model = fitMaximumEntropy(takeRows(table, west), labels.slice(0, 240));
    const alone = predictMaximumEntropy(model, table);
    expect([...both.scores.slice(0, 240)]).toEqual([...alone.slice(0, 240)]);
    expect(both.scores.slice(490).every(Number.isNaN)).toBe(true);
    const one = labels.map((label, row) => (row < 240 ? Number(row === 3) : label));
    const skipped = await maximumEntropyTrial(run, "MaxEnEW", table, one, { zones });
    expect(skipped.fits[0]).toMatchObject({ zone: "west", presences: 1, model: null });
    expect(skipped.scores.slice(0, 240).every(Number.isNaN)).toBe(true);
    expect(lines[1]).toContain("west skipped: 1 of the 2 presences that a fit needs");
  });

  it("by zones say in which they were fitted, and why not in others", async () => {
    const { run } = context();
    const zones = { names: ["west", "east"], zoneOf };
    const one = labels.map((label, row) => (row < 240 ? Number(row === 3) : label));
    const whole = await randomForestTrial(run, "RF", table, labels, { trees: 5 });
    const apart = await randomForestTrial(run, "RFEW", table, labels, { trees: 5, zones });
    const poor = await randomForestTrial(run, "RFEW", table, one, { trees: 5, zones });
    expect(zoneFitSentence({ forests: [whole] })).toMatch(/skipped: this study names no zones/);
    expect(zoneFitSentence({ forests: [whole, apart] })).toBe(
      "RFEW and MaxEnEW are fitted apart in west and east.",
    );
    expect(zoneFitSentence({ forests: [whole, poor] })).toBe(
      "RFEW and MaxEnEW are fitted apart in east. Skipped: west: 1 of the 2 presences that a fit needs.",
    );
  });

  it("without folds have no score out-of-sample, nor has the best layer", async () => {
    const { run } = context();
    const patches = tilePatches(stackOf(4, 8, { a: counting(32), b: counting(32, 5) }), {
      size: 2,
    });
    const held = Uint8Array.of(1, 0, 0, 1, 0, 0, 0, 1);
    const found = await comparatorSet(run, patches, held, { zones: null, folds: null, trees: 5 });
    for (const { inSample, outOfSample } of found.scores) {
      expect(Array.from(inSample).some(Number.isNaN)).toBe(false);
      expect(Array.from(outOfSample)).toEqual(new Array(8).fill(Number.NaN));
    }
    const layer = { id: "a", label: "a", title: "a", unit: "", favourable: "high" } as const;
    const best = bestLayerBaseline([{ layer, scores: Float64Array.from(held) }], held, null);
    expect(best?.chosen).toEqual([]);
    expect(Array.from(best?.sampled.outOfSample ?? [])).toEqual(new Array(8).fill(Number.NaN));
  });

  it("rank the predictors and follow them", async () => {
    const { run } = context();
    const { fits } = await maximumEntropyTrial(run, "ME", table, labels, {});
    // The rule of make-data.py: As comes first, and more of it is more favourable.
    const [best] = [...fits[0].importance].sort((a, b) => b.value - a.value);
    expect(best.name).toBe("As");
    const { scores } = fits[0].responses[0];
    expect(scores[scores.length - 1]).toBeGreaterThan(scores[0] + 0.3);
  });

  it("of maximum entropy give a row with a missing value no score, and go on", async () => {
    const { run } = context();
    const values = table.values.map((value, at) => (at === 9 * 7 + 2 ? Number.NaN : value));
    const holed = { ...table, values };
    const { scores, fits } = await maximumEntropyTrial(run, "ME", holed, labels, { classes: "l" });
    expect(scores.findIndex(Number.isNaN)).toBe(7);
    expect(fits[0].model?.leftOut).toBe(1);
    expect(fits[0].importance.every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  it("refuse folds that are not one a row", async () => {
    const { run } = context();
    await expect(
      randomForestTrial(run, "RF", table, labels, { folds: folds.slice(1) }),
    ).rejects.toThrow(/folds: found 499; expected one for each of 500 rows/);
  });
});

describe("rows", () => {
  it("of patches are the means of their bands, or the centre pixels", () => {
    const patches = tilePatches(stackOf(2, 4, { A: counting(8), B: counting(8, 100) }), {
      size: 2,
    });
    expect([...patchFeatures(patches).values]).toEqual([2.5, 102.5, 4.5, 104.5]);
    expect([...patchFeatures(patches, "centre").values]).toEqual([5, 105, 7, 107]);
  });

  it("of pixels keep nodata", () => {
    const { values } = pixelFeatures(stackOf(1, 2, { A: [1, Number.NaN], B: [3, 4] }));
    expect([...values]).toEqual([1, 3, Number.NaN, 4]);
  });

  it("of training are every presence and so many others, by seed", () => {
    const { rows, labels: own } = presenceBackground(labels, { background: 50, seed: 1 });
    const presences = labels.reduce((sum, label) => sum + label, 0);
    expect(own.reduce((sum, label) => sum + label, 0)).toBe(presences);
    expect(rows.length).toBe(presences + 50);
    expect(presenceBackground(labels, { background: 50, seed: 1 }).rows).toEqual(rows);
    expect(presenceBackground(labels, { background: 50, seed: 2 }).rows).not.toEqual(rows);
    expect(() => presenceBackground(labels, { background: 0, seed: 1 })).toThrow(/background/);
  });

  it("lie in the zone that holds the centre of their patch", () => {
    const patches = tilePatches(stackOf(2, 4, { A: counting(8) }), { size: 2 });
    const ring = Float64Array.of(0, 0, 150, 0, 150, 200, 0, 200, 0, 0);
    const zones = [{ name: "west", polygons: [[ring]] }];
    expect([...zoneMembership(patches, zones).zoneOf]).toEqual([0, -1]);
  });
});
