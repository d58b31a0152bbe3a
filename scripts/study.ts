import { accessSync, constants, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../lib/src/errors";
import { removeAbandonedParts, writeWhole } from "../lib/src/files";
import { applyMethod } from "../lib/src/method/apply";
import { readMethod } from "../lib/src/method/read-method";
import { projectFolders } from "../lib/src/project";
import { readRun } from "../lib/src/runs/record-files";
import { executeNotebook, type NotebookRun } from "./jupyter/execute";
import { progressLog } from "./progress-log";
import { writeReport } from "./report/report";
import { stoppedExitCode, stopSignal } from "./stop-signal";
import { readStudyOptions, type StudyOptions } from "./study-options";
import { unchangedRuns } from "./unchanged";

const root = resolve(__dirname, "..");
const methodPath = join(root, "notebooks", "method.json");

/** Run in the kernel after an interrupt: waits for checkpoints, and tells what the trainings came to. */
export const restCode =
  'import { trialsAtRest } from "prospectivity";\nfor (const text of await trialsAtRest()) console.log(text);';

/** How long trainings may take to stop before their kernel is ended. */
const restSeconds = 15;

/** Runs notebooks on studies, and writes a report of each. */
async function main(): Promise<void> {
  const options = readStudyOptions(root, process.argv.slice(2));
  requireWritable(options.results);
  const signal = stopSignal((text) => console.log(text));
  let hasFailed = false;
  for (const study of options.studies) {
    const started = Date.now();
    console.log(`\n${study}, profile ${options.profile}, into ${join(options.results, study)}`);
    const runs = await runStudy(study, options, signal);
    if (signal.aborted) {
      printStop(runs);
      process.exitCode = stoppedExitCode;
      return;
    }
    const failure = runs.find((run) => run.failure !== null);
    const report = await reportOn(study, options, runs);
    const minutes = ((Date.now() - started) / 60_000).toFixed(1);
    if (failure === undefined) {
      console.log(
        `${study}: ran ${runs.length} of ${options.notebooks.length} notebooks in ${minutes} min. Report: ${report}`,
      );
    } else {
      hasFailed = true;
      printFailure(failure, report);
    }
  }
  if (hasFailed) process.exitCode = 1;
}

/** Runs the notebooks one after the other; one that fails ends the study. */
async function runStudy(
  study: string,
  options: StudyOptions,
  signal: AbortSignal,
): Promise<NotebookRun[]> {
  const runs: NotebookRun[] = [];
  const { profile, seed, set, again } = options;
  const results = join(options.results, study);
  const data = join(projectFolders(root).data, study);
  const commandLine = { ...set, study, profile, ...(seed !== undefined && { seed }) };
  const { method } = applyMethod(readMethod(methodPath), { commandLine });
  const unchanged = unchangedRuns({ root, data, results, method });
  for (const name of options.notebooks) {
    if (signal.aborted) break;
    const isUnchanged = unchanged.isUnchanged(join(root, "notebooks", name));
    if (isUnchanged && !again) {
      console.log(`${name.replace(/\.ipynb$/, "")}: kept, nothing has changed since it ran`);
      continue;
    }
    const run = await executeNotebook({
      path: join(root, "notebooks", name),
      outputPath: join(options.results, study, "notebooks", name),
      root,
      timeoutSeconds: options.timeLimitSeconds,
      environment: {
        PROSPECTIVITY_STUDY: study,
        PROSPECTIVITY_PROFILE: options.profile,
        PROSPECTIVITY_SEED: options.seed,
        PROSPECTIVITY_SET: JSON.stringify(set),
        PROSPECTIVITY_RESULTS: options.results,
      },
      stop: { signal, restCode, seconds: restSeconds },
      onProgress: progressLog(),
    });
    runs.push(run);
    refuseEdited(data, unchanged.editedSince());
    // At once, so that the summary can say what the notebooks before it took.
    recordDurations(join(options.results, study), runs);
    if (run.failure !== null) break;
    if (run.stopped === null) unchanged.keep(name);
  }
  return runs;
}

/** A notebook that read an edited study beside others that read the one before would mix the two. */
function refuseEdited(data: string, files: readonly string[]): void {
  if (files.length === 0) return;
  throw new InputError({
    kind: "manifest",
    file: data,
    found: `${files.join(", ")} with other bytes than when the study started`,
    expected: "a study that nobody edits while it runs",
    remedy: "Run the same command again: notebooks that read what it was run again.",
  });
}

/** Adds to run.json how long each notebook took and how it ended. */
function recordDurations(folder: string, runs: readonly NotebookRun[]): void {
  const path = join(folder, "run.json");
  const record = readRun(folder);
  const durations = Object.fromEntries(
    runs.map(({ notebook, seconds, failure, stopped }) => {
      const status = failure === null ? "ok" : stopped === null ? "failed" : "stopped";
      return [notebook, { seconds: Math.round(seconds * 10) / 10, status }];
    }),
  );
  const whole = { ...record, durations: { ...record?.durations, ...durations } };
  writeWhole(path, `${JSON.stringify(whole, null, 2)}\n`);
}

/** The report holds every executed notebook of the study, also those of earlier runs. */
async function reportOn(
  study: string,
  { results }: StudyOptions,
  runs: readonly NotebookRun[],
): Promise<string> {
  const folder = join(results, study);
  const executed = readdirSync(join(folder, "notebooks"))
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(folder, "notebooks", name));
  const notebooks = executed.length > 0 ? executed : runs.map(({ outputPath }) => outputPath);
  const outputPath = join(folder, "report.html");
  await writeReport({ notebooks, runJson: join(folder, "run.json"), outputPath });
  return outputPath;
}

function printStop(runs: readonly NotebookRun[]): void {
  const whole = runs.filter(({ failure }) => failure === null);
  const last = runs.find(({ failure }) => failure !== null);
  if (last !== undefined) {
    console.log(`\nStopped in ${last.notebook}, code cell ${last.failure?.cell}.`);
    if (last.stopped !== null && last.stopped !== "") console.log(last.stopped);
  }
  console.log(
    `Kept: ${whole.length} whole notebook${whole.length === 1 ? "" : "s"}, all finished trainings and the last checkpoint of each unfinished one. Run the same command again: it goes on from there.`,
  );
}

function printFailure({ notebook, failure, outputPath }: NotebookRun, report: string): void {
  if (failure === null) return;
  const source = failure.source.replace(/^/gm, "  | ");
  console.error(
    `\n${notebook}, code cell ${failure.cell} failed:\n${source}\n\n${failure.message}\n\nKept: ${outputPath}\nReport: ${report}`,
  );
}

/**
 * Said before the first notebook runs, not after an hour of training. What a killed run left
 * half-written goes.
 */
function requireWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    removeAbandonedParts(folder);
  } catch (cause) {
    throw new InputError({
      kind: "storage",
      file: folder,
      found: cause instanceof Error ? cause.message : String(cause),
      expected: "a folder for results that can be written",
      remedy: "Mend its permissions, or choose another folder with --out.",
    });
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    if (error instanceof InputError) console.error(error.message);
    else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exitCode = 1;
  });
}
