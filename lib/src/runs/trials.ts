import { durationText, progressText, shareDone } from "../training/progress";
import type { TrainingControl } from "../training/training";
import type { TrainingProgress } from "../training/types";
import type { ProgressReport, RunContext } from "./context";
import { lanesFor, threadsWorth } from "./lanes";
import { isOwn, ShareDone } from "./share";
import { findRun, type RunKey, storedRun } from "./store";
import { trainingControl } from "./training-control";

/** A training that can run beside others, or be found in the run store. */
export interface Trial<T> {
  readonly label: string;
  readonly key: RunKey;
  /** How long it takes, in any unit that all trials of a list share. */
  readonly work: number;
  /** Work between two meetings of its threads, if known: decides how many it is worth (lanes.ts). */
  readonly meetingWork?: number;
  compute(control: TrainingControl): Promise<T>;
  /** What its progress line says in the end. */
  summary(result: T): string;
}

const running = new Set<Promise<unknown>>();

/** What those that were stopped since the last start had come to. */
let stops: string[] = [];

/**
 * Waits until no trials run any longer, such as after an interrupt, which ends a cell at once but a
 * training only when its state is kept.
 *
 * @returns what those that were stopped had come to
 */
export async function trialsAtRest(): Promise<readonly string[]> {
  while (running.size > 0) await Promise.allSettled(running);
  return stops;
}

/**
 * The results of trials in their order, each from the run store or computed, side by side or each on
 * the threads that it is worth (lanesFor). Results are the same bytes either way. One that fails does
 * not stop the others: they are finished and stored first.
 *
 * @throws the trial's own error when it is the only one
 * @throws AggregateError that names each failed trial and its cause
 * @throws Error named "AbortError" when they were stopped; run again, each goes on where it was
 * @throws ShareDone when some were missing and the run is to do its share of them only, which is done
 */
export async function runTrials<T extends { readonly seconds: number }>(
  run: RunContext,
  title: string,
  trials: readonly Trial<T>[],
): Promise<T[]> {
  if (running.size === 0) stops = [];
  const work = runAll(run, title, trials);
  running.add(work);
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") stops.push(error.message);
    throw error;
  } finally {
    running.delete(work);
  }
}

async function runAll<T extends { readonly seconds: number }>(
  run: RunContext,
  title: string,
  trials: readonly Trial<T>[],
): Promise<T[]> {
  const results = trials.map(({ key }) => findRun(run.store, key) as T | null);
  trials.forEach(({ label }, at) => {
    const found = results[at];
    if (found !== null) run.onTrial({ label, seconds: found.seconds, fromStore: true });
  });
  const { share } = run;
  const missing = trials.filter((_, at) => results[at] === null);
  const waiting = missing
    .filter((trial) => share === undefined || isOwn(share, trials.indexOf(trial)))
    .sort((first, second) => second.work - first.work);
  const display = displayOf(run.progress(trials.length === 1 ? trials[0].label : title), waiting);
  const started = Date.now();
  // Held here, since a context gives a new signal once the last one was aborted.
  const { signal } = run;
  const failures: { readonly label: string; readonly error: unknown }[] = [];
  let stop: unknown = null;

  async function compute(trial: Trial<T>, threads: number): Promise<void> {
    const { label, key } = trial;
    try {
      const { result, fromStore } = await storedRun(run.store, key, (checkpoint) =>
        trial.compute({
          ...trainingControl(checkpoint, signal, threads),
          onProgress: (progress) => display.update(trial, progress),
        }),
      );
      results[trials.indexOf(trial)] = result;
      run.onTrial({ label, seconds: result.seconds, fromStore });
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") stop ??= error;
      else failures.push({ label, error });
    }
    display.end(trial);
  }

  async function computeAll(list: Trial<T>[], most: number): Promise<void> {
    for (let trial = list.shift(); trial !== undefined && stop === null; trial = list.shift()) {
      if (signal?.aborted) stop = stoppedEarly(0, 1, run.backend);
      else await compute(trial, threadsWorth(trial.meetingWork, most));
    }
  }

  const cores = Math.max(1, run.backend.threads);
  const computed = waiting.length;
  const { lanes, threads, ...shared } = lanesFor(
    waiting.map(({ meetingWork }) => meetingWork),
    cores,
  );
  const beside = waiting.splice(0, shared.beside);
  await Promise.all(Array.from({ length: cores }, () => computeAll(beside, 1)));
  await Promise.all(Array.from({ length: lanes }, () => computeAll(waiting, threads)));
  if (stop !== null) {
    const done = results.filter((result) => result !== null).length;
    throw trials.length === 1 ? stop : stoppedEarly(done, trials.length, run.backend);
  }
  if (failures.length > 0) throw failureOf(failures, trials.length);
  if (share !== undefined && missing.length > 0) {
    display.finish(`${computed} of ${missing.length} done, the others are other jobs'`);
    throw new ShareDone(`${computed} of ${missing.length} trainings done`);
  }
  const whole = results as T[];
  display.finish(
    trials.length === 1
      ? `${trials[0].summary(whole[0])}, ${computed > 0 ? "" : "from the run store, "}trained in ${whole[0].seconds.toFixed(1)} s`
      : `${trials.length} done, ${trials.length - computed} from the run store, in ${durationText((Date.now() - started) / 1000)}`,
  );
  return whole;
}

function stoppedEarly(done: number, of: number, { name }: RunContext["backend"]): Error {
  // Only the engine, which WebAssembly runs, keeps checkpoints.
  const remedy = name === "wasm" ? "go on where each was" : "train the others from their start";
  const error = new Error(
    `trainings were stopped after ${done} of ${of}; run it again to ${remedy}`,
  );
  error.name = "AbortError";
  return error;
}

function failureOf(
  failures: readonly { readonly label: string; readonly error: unknown }[],
  count: number,
): unknown {
  const errors = failures.map(({ error }) => error);
  if (count === 1) return errors[0];
  const causes = failures.map(
    ({ label, error }) => `  ${label}: ${error instanceof Error ? error.message : String(error)}`,
  );
  return new AggregateError(
    errors,
    `${failures.length} of ${count} trials failed; the others are done and stored:\n${causes.join("\n")}`,
  );
}

/** One line for all trials that are computed: share done, time left, and how far each running one is. */
function displayOf<T>(line: ProgressReport, waiting: readonly Trial<T>[]) {
  const started = Date.now();
  const all = waiting.reduce((sum, { work }) => sum + work, 0);
  const { length: count } = waiting;
  const running = new Map<Trial<T>, TrainingProgress>();
  let ended = 0;
  let endedWork = 0;
  return {
    update(trial: Trial<T>, progress: TrainingProgress): void {
      running.set(trial, progress);
      if (count === 1) {
        line.update(progressText(progress), shareDone(progress));
        return;
      }
      const doing = [...running].map(([{ work }, at]) => work * shareDone(at));
      const share = (endedWork + doing.reduce((sum, part) => sum + part, 0)) / all;
      const left = (((Date.now() - started) / 1000) * (1 - share)) / share;
      const each = [...running].map(
        ([{ label }, { epoch, epochs, loss }]) =>
          `${label}: epoch ${epoch}/${epochs}, loss ${loss.toPrecision(4)}`,
      );
      const parts = [`${ended} of ${count} done, ${durationText(left)} left`, ...each];
      line.update(parts.join("; "), share);
    },
    end(trial: Trial<T>): void {
      running.delete(trial);
      ended += 1;
      endedWork += trial.work;
    },
    finish: (text: string) => line.finish(text),
  };
}
