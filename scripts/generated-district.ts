import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { InputError } from "../lib/src/errors";
import { projectFolders, studyNames } from "../lib/src/project";

/** The study that is generated, not kept: on a fresh clone its folder comes when its turn does. */
export const generatedDistrict = "hezuo-synthetic";

/** The study that runs first: real, and done in minutes. */
const first = "golden-triangle";

/** Names of all studies in the order in which they run, the generated one also before it is there. */
export function studiesInOrder(root: string): string[] {
  const { data } = projectFolders(root);
  const isOurs = data === join(root, "data");
  const names = new Set([...studyNames(data), ...(isOurs ? [generatedDistrict] : [])]);
  return [...names].sort((a, b) => Number(b === first) - Number(a === first) || (a < b ? -1 : 1));
}

/**
 * Generates the district where it is not there as its generator makes it, which takes seconds.
 *
 * @throws InputError when it could not be made; why has been printed
 */
export function makeGeneratedDistrict(root: string): void {
  const setUp = join(root, "scripts", "setup.mjs");
  const { status } = spawnSync(process.execPath, [setUp], { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  throw new InputError({
    kind: "storage",
    file: join(root, "data", generatedDistrict),
    found: "that it could not be generated, for the reason above",
    expected: "the generated district",
    remedy: "Mend that and run the same command again, or name other studies with --study.",
  });
}
