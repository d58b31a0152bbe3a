import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { predictBoostedTrees } from "../../lib/src/comparators/boosted-trees";
import { takeRows } from "../../lib/src/comparators/features";
import {
  fitLogisticRegression,
  predictLogistic,
} from "../../lib/src/comparators/logistic-regression";
import { fitWeightsOfEvidence, posteriorOf } from "../../lib/src/comparators/weights-of-evidence";
import { neighbourDistances } from "../../lib/src/detectors/nearest-neighbours";
import { oneClassSvmScores } from "../../lib/src/detectors/one-class-svm";
import { robustDistances } from "../../lib/src/detectors/robust-distance";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import {
  detectorSettingRows,
  detectorSettingSentences,
} from "../../lib/src/findings/detector-settings";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import { tilePatches } from "../../lib/src/patches/tile";
import { randomStream } from "../../lib/src/random";
import { outOfBagScores } from "../../lib/src/runs/comparator-set";
import type { RunContext } from "../../lib/src/runs/context";
import { detectorSettings } from "../../lib/src/runs/detector-settings";
import { detectorTrials } from "../../lib/src/runs/detector-trial";
import { methodSet } from "../../lib/src/runs/method-set";
import { openRunStore } from "../../lib/src/runs/store";
import {
  boostedTreesTrial,
  logisticRegressionTrial,
  positiveUnlabelledTrial,
  weightsOfEvidenceTrial,
} from "../../lib/src/runs/supervised-trials";
import { readReferenceData, rowsFrom } from "../comparators/reference-table";
import { stackOf } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "store-"));
afterAll(() => rmSync(folder, { recursive: true }));

function context() {
  const lines: string[] = [];
  const fromStore: boolean[] = [];
  const run: RunContext = {
    store: openRunStore(folder),
    seed: 3,
    backend: { name: "none", version: "0", threads: 1 } as unknown as RunContext["backend"],
    progress: () => ({ update: () => undefined, finish: (text) => lines.push(text) }),
    onTrial: (trial) => fromStore.push(trial.fromStore),
  };
  return { run, lines, fromStore };
}

const data = readReferenceData();
const table = takeRows(data.table, rowsFrom(0, 400));
const labels = data.labels.slice(0, 400);
const folds = Uint8Array.from(labels, (_, row) => row % 4);
const inside = rowsFrom(0, 400).filter((row) => folds[row] === 2);
const outside = rowsFrom(0, 400).filter((row) => folds[row] !== 2);
const outsideLabels = Uint8Array.from(outside, (row) => labels[row]);
const held = takeRows(table, inside);
const others = takeRows(table, outside);
const ofFold = (scores: Float64Array | null) => inside.map((row) => scores?.[row]);

describe("trials of what is told where occurrences are", () => {
  it("score a fold by weights of evidence whose layers were cut without it", async () => {
    const { run, fromStore } = context();
    const trial = await weightsOfEvidenceTrial(run, table, labels, { folds });
    const without = fitWeightsOfEvidence(others, outsideLabels);
    expect(ofFold(trial.outOfFold)).toEqual(Array.from(posteriorOf(without, held).logit));
    const cuts = without.patterns.map((pattern) => pattern?.cut);
    expect(trial.fits[0].model?.patterns.map((pattern) => pattern?.cut)).not.toEqual(cuts);
    expect(await weightsOfEvidenceTrial(run, table, labels, { folds })).toEqual(trial);
    expect(fromStore).toEqual([false, true]);
    const strict = { folds, studentisedAtLeast: 99 };
    const { scores } = await weightsOfEvidenceTrial(run, table, labels, strict);
    expect(new Set(scores).size).toBe(1);
  });

  it("score a fold by a logistic regression that has not seen it", async () => {
    const trial = await logisticRegressionTrial(context().run, table, labels, { folds });
    const without = fitLogisticRegression(others, outsideLabels);
    expect(ofFold(trial.outOfFold)).toEqual(Array.from(predictLogistic(without, held)));
  });

  it("keep boosted trees as they were fitted", async () => {
    const { run, fromStore } = context();
    const first = await boostedTreesTrial(run, table, labels, { trees: 20 });
    const second = await boostedTreesTrial(run, table, labels, { trees: 20 });
    expect(fromStore).toEqual([false, true]);
    const model = second.fits[0].model;
    expect(model && predictBoostedTrees(model, table)).toEqual(first.scores);
    expect(areaUnderRoc(first.scores, labels)).toBeGreaterThan(0.9);
    await boostedTreesTrial(run, table, labels, { trees: 21 });
    expect(fromStore).toEqual([false, true, false]);
  });

  it("give unlabelled rows a higher score by the forests that did not take them for background", async () => {
    const trial = await positiveUnlabelledTrial(context().run, table, labels, { rounds: 15 });
    const outOfBag = outOfBagScores(trial, null);
    const unlabelled = rowsFrom(0, 400).filter((row) => labels[row] === 0);
    const mean = (scores: Float64Array) =>
      unlabelled.reduce((sum, row) => sum + scores[row], 0) / unlabelled.length;
    expect(mean(outOfBag)).toBeGreaterThan(mean(trial.scores));
  });
});

describe("trials of detectors", () => {
  it("score rows by all, and a fold by the rows outside it, once", async () => {
    const { run, fromStore } = context();
    const trials = await detectorTrials(run, table, { folds });
    expect(trials.map(({ id }) => id)).toEqual([
      "mahalanobis",
      "neighbours",
      "isolation",
      "oneClassSvm",
    ]);
    const [distances, neighbours] = trials;
    expect(distances.scores).toEqual(robustDistances(table, { seed: 3 }).own);
    expect(neighbours.scores).toEqual(neighbourDistances(table).own);
    const fitted = neighbourDistances(others);
    const inFold = Array.from(fitted.of(held));
    const all = [...inFold, ...fitted.own];
    const shares = inFold.map(
      (score) =>
        (all.filter((other) => other < score).length +
          all.filter((other) => other === score).length / 2) /
        400,
    );
    ofFold(neighbours.outOfFold).forEach((share, at) => {
      expect(share).toBeCloseTo(shares[at], 12);
    });
    expect(await detectorTrials(run, table, { folds })).toEqual(trials);
    expect(fromStore).toEqual([...Array(4).fill(false), ...Array(4).fill(true)]);
  });

  it("leave out of a robust distance what is the same in most rows, and say so", async () => {
    const values = table.values.map((value, at) => (at % 9 === 4 && at > 900 ? 0 : value));
    const [distances, neighbours] = await detectorTrials(context().run, { ...table, values });
    expect(distances.leftOut).toEqual([table.names[4]]);
    expect(distances.skipped).toBeNull();
    expect(neighbours.leftOut).toEqual([]);
  });

  it("are skipped with the reason where rows are too few", async () => {
    const { run, lines } = context();
    const few = takeRows(table, rowsFrom(0, 6));
    const [distances, neighbours] = await detectorTrials(run, few, { folds: [0, 0, 0, 1, 1, 1] });
    expect(distances.skipped).toMatch(/6 rows of 5 dimensions/);
    expect(distances.scores.every(Number.isNaN)).toBe(true);
    expect(distances.outOfFold?.every(Number.isNaN)).toBe(true);
    // Six rows have five neighbours, but the three outside a fold have not.
    expect(neighbours.skipped).toMatch(/neighbours/);
    expect(lines[0]).toMatch(/skipped: /);
    await expect(detectorTrials(run, few, { folds: [0] })).rejects.toThrow(
      /one for each of 6 rows/,
    );
  });
});

describe("settings of detectors", () => {
  it("take the usual one from the store, and compute the others", async () => {
    const { run, fromStore } = context();
    const [distances, , , vectors] = await detectorTrials(run, table, { folds });
    const found = await detectorSettings(run, table, { outside: [0.1, 0.5], seeds: [3, 4], folds });
    expect(fromStore.slice(4)).toEqual([false, true, true, false]);
    expect(found.map(({ setting, value }) => `${setting} ${value}`)).toEqual([
      ...["share outside 0.1", "share outside 0.5", "seed 3", "seed 4"],
    ]);
    expect(found[1].trial.scores).toEqual(vectors.scores);
    expect(found[2].trial.outOfFold).toEqual(distances.outOfFold);
    expect(found[0].trial.scores).toEqual(oneClassSvmScores(table, { outside: 0.1 }).own);
    expect(found[3].trial.scores).toEqual(robustDistances(table, { seed: 4 }).own);
  });

  it("are said to matter where they move the area by more than 0.05", () => {
    const trial = (scores: number[]) => ({
      ...{ id: "svm", label: "SVM", leftOut: ["flat"], skipped: null, seconds: 1 },
      ...{ scores: Float64Array.from(scores), outOfFold: null },
    });
    const settings = [
      { setting: "share", value: 0.1, trial: trial([4, 3, 2, 1]) },
      { setting: "share", value: 0.5, trial: trial([4, 1, 2, 3]) },
      { setting: "seed", value: 1, trial: trial([4, 1, 2, 3]) },
      { setting: "seed", value: 2, trial: trial([5, 1, 2, 3]) },
    ];
    const assignment = { labels: Uint8Array.of(1, 1, 0, 0) };
    const found = { settings, group: { assignment } as unknown as OccurrenceGroup };
    // Both above both, then one of two above both.
    expect(detectorSettingSentences(found)).toEqual([
      "SVM, share 0.1, 0.5: the AUC in-sample is 0.500 to 1.000, which of so few occurrences says little.",
      "SVM, seed 1, 2: the AUC in-sample is 0.500 to 0.500, it matters little here.",
    ]);
    const tenfold = (scores: ArrayLike<number>) =>
      Array.from({ length: 40 }, (_, at) => scores[Math.floor(at / 10)]);
    const many = {
      settings: settings.map((each) => ({ ...each, trial: trial(tenfold(each.trial.scores)) })),
      group: { assignment: { labels: Uint8Array.from(tenfold([1, 1, 0, 0])) } },
    } as unknown as typeof found;
    expect(detectorSettingSentences(many)[0]).toBe(
      "SVM, share 0.1, 0.5: the AUC in-sample is 0.500 to 1.000, **by this alone the method may be called good or bad here**.",
    );
    expect(detectorSettingRows(found)[0]).toEqual({
      ...{ method: "SVM", setting: "share", value: "0.1", "AUC out of fold": null },
      ...{ "AUC in-sample": 1, "layers left out": "flat" },
    });
  });
});

describe("all methods on the same patches", () => {
  // 64 patches of one pixel: a band of noise and one that stands high where occurrences are.
  const random = randomStream(11, "two bands");
  const held = Uint8Array.from({ length: 64 }, (_, patch) => Number(patch % 7 === 0));
  const bands = {
    noise: Array.from(held, () => random.uniform()),
    mark: Array.from(held, (label) => random.uniform() + 0.7 * label),
  };
  const patches = tilePatches(stackOf(8, 8, bands), { size: 1 });

  it("come with their names, whether they were told and both kinds of scores", async () => {
    const { run } = context();
    const ofPatch = Uint8Array.from(held, (_, patch) => patch % 2);
    const { scores, weightsOfEvidence } = await methodSet(run, patches, held, {
      folds: ofPatch,
      favourable: { mark: "low" },
    });
    expect(scores.map(({ id, isTold }) => [id, isTold])).toEqual([
      ...["mahalanobis", "neighbours", "isolation", "oneClassSvm"].map((id) => [id, false]),
      ...["weightsOfEvidence", "logisticRegression", "boostedTrees"].map((id) => [id, true]),
      ["positiveUnlabelled", true],
    ]);
    for (const { inSample, outOfSample } of scores) {
      expect([inSample.length, outOfSample.length]).toEqual([64, 64]);
      expect(Array.from(outOfSample).every(Number.isFinite)).toBe(true);
    }
    // Held favourable on the wrong side, the marking layer makes no pattern.
    expect(weightsOfEvidence.fits[0].model?.patterns[1]).toBeNull();
  });

  it("have no score out-of-sample without folds", async () => {
    const { scores } = await methodSet(context().run, patches, held, { folds: null });
    expect(scores).toHaveLength(8);
    for (const { inSample, outOfSample } of scores) {
      expect(Array.from(inSample).every(Number.isFinite)).toBe(true);
      expect(Array.from(outOfSample).every(Number.isNaN)).toBe(true);
    }
  });
});
