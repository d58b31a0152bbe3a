import { join } from "node:path";
import { applyMethod } from "../lib/src/method/apply";
import { readMethod } from "../lib/src/method/read-method";
import { projectFolders } from "../lib/src/project";
import type { RunPlan } from "./study-plans";
import { unchangedRuns } from "./unchanged";

/** A plan, and the folder that its results go to, one folder a study. */
export interface PlacedPlan extends RunPlan {
  readonly folder: string;
}

/** Which notebooks of a study need not run again as a plan asks for them. */
export function unchangedOf(
  root: string,
  study: string,
  { variant, profile, set, folder }: PlacedPlan,
): ReturnType<typeof unchangedRuns> {
  const data = join(projectFolders(root).data, study);
  const commandLine = { ...set, study, profile };
  const file = readMethod(join(root, "notebooks", "method.json"));
  const applied = applyMethod(file, { variant, commandLine });
  return unchangedRuns({ root, data, results: join(folder, study), ...applied });
}
