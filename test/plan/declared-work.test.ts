import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import type { RunContext } from "../../lib/src/runs/context";
import { openRunStore } from "../../lib/src/runs/store";
import { studySteps } from "../../lib/src/steps/flow";
import type { Step } from "../../lib/src/steps/step";
import { loadStudy } from "../../lib/src/study/load";
import { smallDistrict } from "../support/small-district";
import { quietRun } from "../support/wavy-patches";

const folder = mkdtempSync(join(tmpdir(), "work-"));
const path = smallDistrict();
afterAll(() => {
  for (const made of [folder, path]) rmSync(made, { recursive: true });
});

it("each step does the trainings that it says beforehand", async () => {
  const study = await loadStudy(path);
  const file = readMethod(join(__dirname, "../../notebooks/method.json"));
  const few = { coarsening: 1, epochs: 1, longEpochs: 2, classifierEpochs: 1, filters: [2, 2] };
  const { method } = applyMethod(file, { notebook: { profile: "smoke", ...few } });
  let used = 0;
  const store: RunContext["store"] = {
    ...openRunStore(folder),
    onUsed: (name) => {
      used += /^(autoencoder|classifier|network)\//.test(name) ? 1 : 0;
    },
  };
  const run = { ...(await quietRun()), store, seed: method.seed };
  const steps = studySteps({ study, run, method, file });
  const counted: Record<string, readonly [number, number]> = {};
  for (const step of Object.values(steps) as Step<unknown>[]) {
    for (const before of step.follows) await before();
    used = 0;
    await step();
    const trainings = step.work(method).filter(({ piece }) => piece.kind === "training");
    const said = trainings.reduce((sum, { count }) => sum + count, 0);
    if (used > 0 || said > 0) counted[step.title] = [used, said];
  }
  const differ = Object.entries(counted).filter(([, [did, said]]) => did !== said);
  expect(Object.fromEntries(differ)).toEqual({
    // The auto-encoder of the method itself is there already: of three sizes, of four trainings, of four
    // proportions one; and a training of twice the epochs counts as two.
    errorsByPatchSize: [2, 3],
    stability: [3, 5],
    proportions: [3, 4],
    // Taken again from the ablations, which are trained before it.
    rocs: [3, 0],
    // Two to six clusters are tried, and four were found.
    signatures: [4, 6],
  });
});
