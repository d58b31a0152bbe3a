import { join } from "node:path";
import {
  applyMethod,
  fitCoarsening,
  loadStudy,
  notebookSteps,
  openRunStore,
  type PlannedJob,
  packageHash,
  type RunContext,
  readMethod,
  studyPlan,
  studySteps,
} from "prospectivity";
import type { Method } from "../../lib/src/method/parameters";
import { readVariant, storeFolder } from "../../lib/src/method/variant-files";
import { projectFolders, studyFolder } from "../../lib/src/project";
import type { RunPlan } from "../study-plans";

/** What of a study is to be planned. */
export interface PlannedStudy {
  readonly root: string;
  /** Folder name under data. */
  readonly study: string;
  /** How it is run, and the folder that its results go to. */
  readonly plan: RunPlan & { readonly folder: string };
  /** File names of notebooks. */
  readonly notebooks: readonly string[];
  /** Seconds that a job should take at most, by the estimate. */
  readonly longest: number;
}

/**
 * The jobs that some notebooks of a study ask for, each once.
 *
 * @throws InputError as loadStudy and applyMethod
 */
export async function planStudy(asked: PlannedStudy): Promise<PlannedJob[]> {
  const jobs = (await planNotebooks(asked)).flatMap((each) => each.jobs);
  return [...new Map(jobs.map((job) => [job.key, job])).values()];
}

/**
 * The jobs that each of some notebooks of a study asks for; several may ask for the same.
 *
 * @throws InputError as loadStudy and applyMethod
 */
export async function planNotebooks({
  root,
  study: name,
  plan: { variant, profile, set, folder },
  notebooks,
  longest,
}: PlannedStudy): Promise<{ readonly notebook: string; readonly jobs: PlannedJob[] }[]> {
  const file = readMethod(join(root, "notebooks", "method.json"));
  const commandLine = { ...set, study: name, profile };
  const own = variant ?? readVariant(folder);
  const applied = applyMethod(file, { variant: own, commandLine });
  const study = await loadStudy(studyFolder(projectFolders(root).data, name));
  const method: Method = fitCoarsening(study, applied.method).parameters;
  const steps = studySteps({ study, method, file, run: idleRun(folder, method.seed) });
  const common = { study, place: { folder: name }, steps, method, code: packageHash(), longest };
  return notebooks.map((notebook) => {
    const wanted = notebookSteps(file, [notebook.replace(/\.ipynb$/, "")], steps);
    return { notebook, jobs: studyPlan({ ...common, wanted }) };
  });
}

/** What steps are made with that nobody asks. */
export function idleRun(folder: string, seed: number): RunContext {
  return {
    store: openRunStore(storeFolder(folder)),
    seed,
    backend: { name: "wasm", version: "", threads: 1 },
    progress: () => ({ update: () => undefined, finish: () => undefined }),
    onTrial: () => undefined,
  };
}
