import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyMethod } from "../../lib/src/method/apply";
import type { Method } from "../../lib/src/method/parameters";
import { readMethod } from "../../lib/src/method/read-method";
import { studyPlan } from "../../lib/src/plan/study-plan";
import type { PlannedJob } from "../../lib/src/plan/types";
import type { RunContext } from "../../lib/src/runs/context";
import { type Steps, studySteps } from "../../lib/src/steps/flow";
import { loadStudy } from "../../lib/src/study/load";
import type { Study } from "../../lib/src/study/types";
import { rightStudy, writeStudy } from "../support/study-folder";

const file = readMethod(join(__dirname, "../../notebooks/method.json"));
const folder = writeStudy(rightStudy());
let study: Study;

beforeAll(async () => {
  study = await loadStudy(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The plan of some steps of a study of two layers and one zone. */
function plan(
  wanted: readonly (keyof Steps)[],
  {
    changes = {},
    longest = 1e9,
    code = "one",
  }: { changes?: Partial<Method>; longest?: number; code?: string } = {},
): PlannedJob[] {
  const { method } = applyMethod(file, { notebook: changes });
  const steps = studySteps({ study, run: {} as RunContext, method, file });
  const asked = wanted.map((step) => ({ step, changes: {} }));
  return studyPlan({ study, place: { folder: "x" }, steps, method, wanted: asked, code, longest });
}

/** Which share of its step a job does; undefined of one that asks for the whole. */
const shareOf = ({ task }: PlannedJob) => ("share" in task ? task.share : undefined);

const kinds = (jobs: readonly PlannedJob[]) => jobs.map(({ kind }) => kind);

describe("the plan of a study", () => {
  it("holds the wanted steps and those before them that have work, needs first", () => {
    // Patches, groups and baselines are no jobs: they are made in a moment where they are asked for.
    const jobs = plan(["rocs"]);
    expect(kinds(jobs)).toEqual(["evidence", "ablations"]);
    expect(jobs[1].needs).toEqual([jobs[0].key]);
  });

  it("reaches through steps without work to the ones that have some", () => {
    // The map takes the classifier, and that its labels of the auto-encoder.
    const jobs = plan(["map"]);
    expect(kinds(jobs)).toEqual(["evidence", "autoencoder", "classifier"]);
    expect(jobs[2].needs).toEqual([jobs[0].key, jobs[1].key]);
  });

  it("shares the trainings of a long step out, and ends it by a job that needs all shares", () => {
    // Two layers: with both, and without each, makes three trainings a seed; no share holds less than one.
    const jobs = plan(["ablations"], { changes: { repeats: 2, members: 1 }, longest: 1e-9 });
    const shares = jobs.filter((job) => shareOf(job) !== undefined);
    expect(shares).toHaveLength(2 * 3);
    const end = jobs[jobs.length - 1];
    expect(shareOf(end)).toBeUndefined();
    expect(end.needs).toEqual(shares.map(({ key }) => key));
  });

  it("has the second batch of a step wait for all of the first", () => {
    const jobs = plan(["outOfFold"], { changes: { folds: 3, members: 1 }, longest: 1e-9 });
    const ofBatch = (batch: number) => jobs.filter((job) => shareOf(job)?.batch === batch);
    expect([ofBatch(1).length, ofBatch(2).length]).toEqual([3, 3]);
    for (const { needs } of ofBatch(2)) expect(needs).toEqual(ofBatch(1).map(({ key }) => key));
  });

  it("names a job anew by what its step reads, by the code, and by nothing else", () => {
    const keyOf = (jobs: readonly PlannedJob[], kind: string) =>
      jobs.find((job) => job.kind === kind)?.key;
    const usual = plan(["map"]);
    const other = plan(["map"], { changes: { dense: 7, trees: 5 } });
    expect(keyOf(other, "autoencoder")).toBe(keyOf(usual, "autoencoder"));
    expect(keyOf(other, "classifier")).not.toBe(keyOf(usual, "classifier"));
    const recoded = plan(["map"], { code: "another" });
    expect(keyOf(recoded, "evidence")).not.toBe(keyOf(usual, "evidence"));
    expect(keyOf(plan(["map"], { changes: { trees: 5 } }), "classifier")).toBe(
      keyOf(usual, "classifier"),
    );
  });
});
