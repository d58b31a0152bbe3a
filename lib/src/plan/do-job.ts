import { hostname } from "node:os";
import { resourceUsage } from "node:process";
import { applyMethod } from "../method/apply";
import type { MethodFile } from "../method/parameters";
import type { RunContext } from "../runs/context";
import { isShareDone } from "../runs/share";
import { studySteps } from "../steps/flow";
import type { Study } from "../study/types";
import { isDone, markDone } from "./done-jobs";
import type { PlannedJob } from "./types";

/** What a job is done with. */
export interface JobContext {
  readonly study: Study;
  readonly file: MethodFile;
  /** Store, backend and progress; seed and share are the job's own. */
  readonly run: RunContext;
}

/**
 * Does a job: asks its step, or a share of the step's trainings, and says that it is done once its
 * results are in the store. One that is done already is left alone.
 *
 * @returns whether there was anything to do
 * @throws as the step; what was trained until then stays in the store
 */
export async function doJob(job: PlannedJob, { study, file, run }: JobContext): Promise<boolean> {
  if (isDone(run.store, job.key)) return false;
  const started = Date.now();
  const { step, method: changed, share } = job.task;
  const { method } = applyMethod(file, { notebook: changed });
  const stored = new Set<string>();
  const own = {
    seed: { value: method.seed, enumerable: true },
    share: { value: share, enumerable: true },
    store: {
      value: { ...run.store, onUsed: (name: string) => stored.add(name) },
      enumerable: true,
    },
  };
  // Its signal stays the one of the moment.
  const steps = studySteps({ study, file, method, run: Object.create(run, own) as RunContext });
  try {
    await steps[step]();
  } catch (error) {
    if (!isShareDone(error)) throw error;
  }
  markDone(run.store, job.key, {
    label: job.label,
    seconds: (Date.now() - started) / 1000,
    mebibytes: Math.round(resourceUsage().maxRSS / 1024),
    host: hostname(),
    stored: [...stored].sort(),
  });
  return true;
}
