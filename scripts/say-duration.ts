import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { projectFolders } from "../lib/src/project";
import { coreSpeed } from "./core-speed";
import { type PlacedPlan, unchangedOf } from "./placed-plan";
import { type AskedRun, durationSentence, expectedDuration, readReference } from "./study-duration";
import type { StudyOptions } from "./study-options";

/** Says about how long all that is asked for will take; nothing where all of it is kept. */
export function sayDuration(
  root: string,
  plans: readonly PlacedPlan[],
  options: StudyOptions,
): void {
  const runs = plans.flatMap((plan) =>
    options.studies.map((study) => askedRun(root, study, plan, options)),
  );
  if (runs.every(({ notebooks }) => notebooks.length === 0)) return;
  const machine = { cores: availableParallelism(), speed: coreSpeed() };
  const sentence = durationSentence(expectedDuration(runs, machine, readReference()));
  if (sentence !== null) console.log(sentence);
}

/** What of a study will run. Of one that is yet to be generated that is all. */
function askedRun(
  root: string,
  study: string,
  plan: PlacedPlan,
  { notebooks, again }: StudyOptions,
): AskedRun {
  const isThere = existsSync(join(projectFolders(root).data, study));
  const unchanged = again || !isThere ? null : unchangedOf(root, study, plan);
  const ids = notebooks
    .filter((name) => unchanged?.isUnchanged(join(root, "notebooks", name)) !== true)
    .map((name) => basename(name, ".ipynb"));
  return { study, profile: plan.profile, notebooks: ids, results: join(plan.folder, study) };
}
