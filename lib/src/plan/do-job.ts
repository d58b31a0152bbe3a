import { hostname } from "node:os";
import { resourceUsage } from "node:process";
import { applyMethod } from "../method/apply";
import type { MethodFile } from "../method/parameters";
import type { RunContext } from "../runs/context";
import { isShareDone } from "../runs/share";
import { canonicalJson, type RunStore } from "../runs/store";
import { type Steps, studySteps } from "../steps/flow";
import type { Study } from "../study/types";
import { isDone, markDone } from "./done-jobs";
import type { PlannedJob, StepTask } from "./types";

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

/** Does the tasks of one study. */
export type StepDesk = (task: StepTask, run: Omit<RunContext, "seed" | "share">) => Promise<void>;

/**
 * Asks steps of a study, or does a share of their trainings, one task after another. What one task made on
 * its way is held for the next, as long as that has the same parameters.
 */
export function stepDesk(study: Study, file: MethodFile): StepDesk {
  let held: { readonly key: string; readonly steps: Steps; readonly now: Now } | null = null;
  return async ({ step, method: changed, share }, run) => {
    const { method } = applyMethod(file, { notebook: changed });
    const key = canonicalJson(method);
    const now = held?.key === key ? held.now : { run };
    if (held?.key !== key) {
      held = { key, now, steps: studySteps({ study, file, method, run: runOf(now, method.seed) }) };
    }
    Object.assign(now, { run, share });
    try {
      await held.steps[step]();
    } catch (error) {
      if (!isShareDone(error)) throw error;
    }
  };
}

/** What a task at work has of its own. */
interface Now {
  readonly run: Parameters<StepDesk>[1];
  readonly share?: StepTask["share"];
}

/** The run of whichever task is at work. */
function runOf(now: Now, seed: number): RunContext {
  return {
    seed,
    get store() {
      return now.run.store;
    },
    get backend() {
      return now.run.backend;
    },
    get signal() {
      return now.run.signal;
    },
    get share() {
      return now.share;
    },
    progress: (label) => now.run.progress(label),
    onTrial: (trial) => now.run.onTrial(trial),
  };
}
