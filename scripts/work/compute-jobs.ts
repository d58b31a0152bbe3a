import { isDone, type PlannedJob } from "prospectivity";
import { storeFolder } from "../../lib/src/method/variant-files";
import { durationText } from "../../lib/src/training/progress";
import { type PlannedStudy, planNotebooks } from "./plan-study";
import { doJobs, type PoolProgress } from "./pool";
import type { Slots } from "./slots";

/** Seconds that a job takes at most when the cores of one machine share them, by the estimate. */
const LONGEST = 15;

/** The jobs of some notebooks, at work. */
export interface JobsAtWork {
  /** Waits until a notebook will find in the run store what it asks for, or it is known that it will not. */
  ready(notebook: string): Promise<void>;
  /** Waits until all jobs have ended, and their processes. */
  readonly ended: Promise<void>;
}

/** How the cores are shared, and how the work is stopped. */
export interface JobOptions {
  readonly signal: AbortSignal;
  readonly slots: Slots;
  /** Processes that do jobs side by side. */
  readonly processes: number;
}

/**
 * Begins to compute what some notebooks of a study will ask for, those of the first notebook first. What
 * cannot be planned or computed is left to the notebook, which says in its place what is wrong with it.
 */
export async function beginJobs(
  asked: Omit<PlannedStudy, "longest">,
  { signal, slots, processes }: JobOptions,
): Promise<JobsAtWork> {
  const store = storeFolder(asked.plan.folder);
  const jobs = new Map<string, PlannedJob>();
  const urgency = new Map<string, number>();
  const waited = new Map<string, Set<string>>();
  for (const [at, { notebook, jobs: own }] of (await planned(asked)).entries()) {
    const left = own.filter(({ key }) => !isDone({ folder: store }, key));
    waited.set(notebook, new Set(left.map(({ key }) => key)));
    for (const job of left.filter(({ key }) => !jobs.has(key))) {
      jobs.set(job.key, job);
      urgency.set(job.key, at);
    }
  }
  const waiting = new Map<string, (() => void)[]>();
  const told = (notebook: string) => {
    for (const go of waiting.get(notebook) ?? []) go();
    waiting.delete(notebook);
  };
  const log = jobLog();
  const started = Date.now();
  const work = doJobs([...jobs.values()], {
    ...{ store, processes, signal, slots },
    urgency: ({ key }) => urgency.get(key) ?? 0,
    onProgress: (latest) => log.update(latest),
    onEnd({ key }) {
      for (const [notebook, keys] of waited)
        if (keys.delete(key) && keys.size === 0) told(notebook);
    },
  });
  return {
    ended: work.then(({ done, failed }) => {
      for (const keys of waited.values()) keys.clear();
      for (const notebook of waiting.keys()) told(notebook);
      if (jobs.size === 0) return;
      const seconds = durationText((Date.now() - started) / 1000);
      log.end(`${done} of ${jobs.size} jobs computed in ${seconds}, ${processes} side by side`);
      for (const { job, message } of failed) {
        console.log(`${job.label} failed, and is left to its notebook: ${message.split("\n")[0]}`);
      }
    }),
    async ready(notebook) {
      if ((waited.get(notebook)?.size ?? 0) === 0) return;
      await new Promise<void>((resolve) =>
        waiting.set(notebook, [...(waiting.get(notebook) ?? []), resolve]),
      );
    },
  };
}

async function planned(asked: Omit<PlannedStudy, "longest">) {
  if (asked.notebooks.length === 0) return [];
  try {
    return await planNotebooks({ ...asked, longest: LONGEST });
  } catch (error) {
    // By name: the compiled library and its source have a class each.
    if (!(error instanceof Error) || error.name !== "InputError") throw error;
    return [];
  }
}

/** One line in place in a terminal; elsewhere one now and then. */
function jobLog(stream: NodeJS.WriteStream = process.stdout) {
  const isTerminal = stream.isTTY === true;
  const millisecondsBetweenLines = isTerminal ? 200 : 20_000;
  let last = isTerminal ? 0 : Date.now();
  return {
    update({ done, of, secondsLeft, doing }: PoolProgress): void {
      if (Date.now() - last < millisecondsBetweenLines) return;
      last = Date.now();
      const left = secondsLeft === null ? "" : `, about ${durationText(secondsLeft)} left`;
      const text = [`${done} of ${of} jobs done${left}`, ...doing].join("; ");
      if (isTerminal) stream.write(`\r\u001b[2K${text.slice(0, (stream.columns ?? 100) - 1)}`);
      else stream.write(`${text}\n`);
    },
    end(text: string): void {
      stream.write(`${isTerminal ? "\r\u001b[2K" : ""}${text}\n`);
    },
  };
}
