import { hostname } from "node:os";
import { resourceUsage } from "node:process";
import { applyMethod } from "../method/apply";
import type { MethodFile } from "../method/parameters";
import type { RunContext } from "../runs/context";
import { isShareDone } from "../runs/share";
import type { RunStore } from "../runs/store";
import { studySteps } from "../steps/flow";
import type { Study } from "../study/types";
import { isDone, markDone } from "./done-jobs";
import type { PlannedJob, StepTask } from "./types";

/** What a step is asked with. */
export interface StepTaskContext {
  readonly study: Study;
  readonly file: MethodFile;
  /** Store, backend and progress; seed and share are the task's own. */
  readonly run: RunContext;
}

/**
 * Does a job and says that it is done once its results are in the store. One that is done already is left
 * alone.
 *
 * @param work computes what the task says, and tells the store of each result that it takes or adds
 * @returns whether there was anything to do
 * @throws as the work; what was computed until then stays in the store
 */
export async function doJob(
  job: PlannedJob,
  store: RunStore,
  work: (store: RunStore) => Promise<void>,
): Promise<boolean> {
  if (isDone(store, job.key)) return false;
  const started = Date.now();
  const stored = new Set<string>();
  await work({ ...store, onUsed: (name) => stored.add(name) });
  const { task } = job;
  markDone(store, job.key, {
    label: job.label,
    seconds: (Date.now() - started) / 1000,
    mebibytes: Math.round(resourceUsage().maxRSS / 1024),
    host: hostname(),
    stored: [...stored].sort(),
    ...("kind" in task && task.kind === "join" && { files: [task.output] }),
  });
  return true;
}

/** Asks a step, or does a share of its trainings, with the parameters of a task. */
export async function doStepTask(
  { step, method: changed, share }: StepTask,
  { study, file, run }: StepTaskContext,
): Promise<void> {
  const { method } = applyMethod(file, { notebook: changed });
  const own = {
    seed: { value: method.seed, enumerable: true },
    share: { value: share, enumerable: true },
  };
  // Its signal stays the one of the moment.
  const steps = studySteps({ study, file, method, run: Object.create(run, own) as RunContext });
  try {
    await steps[step]();
  } catch (error) {
    if (!isShareDone(error)) throw error;
  }
}
