import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { PlannedJob } from "prospectivity";
import { jobQueue } from "./queue";
import type { Slots } from "./slots";
import type { FromWorker, ToWorker } from "./worker";

/** How jobs came out. */
export interface PoolOutcome {
  readonly done: number;
  readonly failed: readonly { readonly job: PlannedJob; readonly message: string }[];
  /** Jobs that were not begun, since one that they need failed or all was stopped. */
  readonly left: number;
}

export interface PoolOptions {
  /** Folder of the run store. */
  readonly store: string;
  /** Processes side by side, each on one thread. */
  readonly processes: number;
  readonly signal: AbortSignal;
  /** A job holds one of these while it is done. */
  readonly slots: Slots;
  /** The less, the sooner it is begun. */
  urgency(job: PlannedJob): number;
  /** Told of each job that has ended, done or not. */
  onEnd(job: PlannedJob): void;
  /** Told how far all has come. */
  onProgress(progress: PoolProgress): void;
}

/** How far a pool has come. */
export interface PoolProgress {
  readonly done: number;
  readonly of: number;
  /** By the estimates, scaled by how long the jobs until now took; null before one is done. */
  readonly secondsLeft: number | null;
  /** Latest words of each job at work. */
  readonly doing: readonly string[];
}

const workerPath = join(__dirname, "worker.ts");

/** How long a stopped training may take to keep its state. */
const RESTING_MILLISECONDS = 15_000;

/**
 * Does jobs in processes of this machine side by side, each as soon as those that it needs are done, in the
 * order of their urgency. One that fails takes those that need it with it, and no other; a process that
 * dies counts as its job's failure.
 */
export async function doJobs(
  jobs: readonly PlannedJob[],
  { store, processes, signal, slots, urgency, onEnd, onProgress }: PoolOptions,
): Promise<PoolOutcome> {
  const queue = jobQueue(jobs, urgency);
  const failed: { job: PlannedJob; message: string }[] = [];
  const doing = new Map<PlannedJob, string>();
  let [done, doneSeconds] = [0, 0];
  const started = Date.now();
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const go of waiting.splice(0)) go();
  };

  const tell = () => {
    const all = jobs.reduce((sum, { seconds }) => sum + seconds, 0);
    const spent = (Date.now() - started) / 1000;
    const secondsLeft = doneSeconds === 0 ? null : (spent * (all - doneSeconds)) / doneSeconds;
    onProgress({ done, of: jobs.length, secondsLeft, doing: [...doing.values()] });
  };

  async function lane(): Promise<void> {
    let worker: ChildProcess | null = null;
    for (;;) {
      const giveBack = await slots.take(false);
      const job = signal.aborted ? undefined : queue.next();
      if (job === undefined) {
        giveBack();
        if (signal.aborted || !queue.mayCome()) break;
        await new Promise<void>((resolve) => waiting.push(resolve));
        continue;
      }
      worker ??= startWorker();
      doing.set(job, job.label);
      tell();
      const message = await answerOf(worker, { job, store }, signal, (text) => {
        doing.set(job, `${job.label}: ${text}`);
        tell();
      });
      giveBack();
      doing.delete(job);
      if (message === null) {
        [done, doneSeconds] = [done + 1, doneSeconds + job.seconds];
        queue.done(job);
      } else {
        for (const gone of queue.failed(job)) onEnd(gone);
        if (!signal.aborted) failed.push({ job, message });
      }
      onEnd(job);
      if (!worker.connected) worker = null;
      tell();
      wake();
    }
    worker?.disconnect();
    wake();
  }

  const lanes = Math.max(1, Math.min(processes, jobs.length));
  await Promise.all(Array.from({ length: lanes }, lane));
  return { done, failed, left: jobs.length - done - failed.length };
}

function startWorker(): ChildProcess {
  return fork(workerPath, {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, PROSPECTIVITY_THREADS: "1" },
  });
}

/** Why a job failed; null when it is done. */
function answerOf(
  worker: ChildProcess,
  task: ToWorker,
  signal: AbortSignal,
  onProgress: (text: string) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const hear = (message: FromWorker) => {
      if ("text" in message) {
        if (message.said === "progress") onProgress(message.text);
        else end(message.text);
      } else if (message.said === "done") end(null);
    };
    const die = (code: number | null, by: NodeJS.Signals | null) =>
      end(`its process ended (${by ?? `exit code ${code}`})`);
    const stop = () => {
      worker.send({ stop: true } satisfies ToWorker);
      timer = setTimeout(() => worker.kill("SIGKILL"), RESTING_MILLISECONDS);
    };
    function end(why: string | null): void {
      clearTimeout(timer);
      worker.off("message", hear).off("exit", die);
      signal.removeEventListener("abort", stop);
      resolve(why);
    }
    worker.on("message", hear).on("exit", die);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
    worker.send(task);
  });
}
