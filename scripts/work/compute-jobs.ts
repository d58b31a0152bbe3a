import { availableParallelism } from "node:os";
import { jobsLeft, type PlannedJob } from "prospectivity";
import { storeFolder } from "../../lib/src/method/variant-files";
import { durationText } from "../../lib/src/training/progress";
import { type PlannedStudy, planStudy } from "./plan-study";
import { doJobs, type PoolProgress } from "./pool";

/** Seconds that a job takes at most when the cores of one machine share them, by the estimate. */
const LONGEST = 15;

/**
 * Computes what some notebooks of a study will ask for, on all cores, so that they find it in the run
 * store. What cannot be planned or computed is left to the notebook, which says in its place what is
 * wrong with it.
 */
export async function computeJobs(
  asked: Omit<PlannedStudy, "longest">,
  signal: AbortSignal,
): Promise<void> {
  if (asked.notebooks.length === 0) return;
  const store = storeFolder(asked.plan.folder);
  const jobs = jobsLeft({ folder: store }, await planned(asked));
  if (jobs.length === 0) return;
  const processes = availableParallelism();
  const progress = jobLog();
  const started = Date.now();
  const { done, failed } = await doJobs(jobs, {
    ...{ store, processes, signal },
    onProgress: (latest) => progress.update(latest),
  });
  const seconds = durationText((Date.now() - started) / 1000);
  progress.end(`${done} of ${jobs.length} jobs computed in ${seconds}, ${processes} side by side`);
  for (const { job, message } of failed) {
    console.log(`${job.label} failed, and is left to its notebook: ${message.split("\n")[0]}`);
  }
}

async function planned(asked: Omit<PlannedStudy, "longest">): Promise<PlannedJob[]> {
  try {
    return await planStudy({ ...asked, longest: LONGEST });
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
