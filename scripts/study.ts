import { accessSync, constants, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { InputError } from "../lib/src/errors";
import { removeAbandonedParts, writeWhole } from "../lib/src/files";
import type { Variant } from "../lib/src/method/variant";
import { keepVariant, variantFolder, variantNames } from "../lib/src/method/variant-files";
import { recordDurations } from "../lib/src/notebook/record";
import { projectFolders } from "../lib/src/project";
import { readRun } from "../lib/src/runs/record-files";
import { canonicalJson } from "../lib/src/runs/store";
import { host } from "../lib/src/training/engine/host";
import { runCommand } from "./command";
import { compareVariants } from "./compare/compare-variants";
import { generatedDistrict, makeGeneratedDistrict } from "./generated-district";
import { executeNotebook, type NotebookRun } from "./jupyter/execute";
import { type PlacedPlan, unchangedOf } from "./placed-plan";
import { progressLog } from "./progress-log";
import { type SoFar, writeReport } from "./report/report";
import { sayDuration } from "./say-duration";
import { stopBy, stoppedExitCode, stopSignal } from "./stop-signal";
import { readStudyOptions, type StudyOptions } from "./study-options";
import { beginJobs } from "./work/compute-jobs";
import { sideBySide } from "./work/side-by-side";
import { slotsOf } from "./work/slots";

const root = resolve(__dirname, "..");

/** Runs notebooks on studies, and writes a report of each; of a sweep, a comparison of its variants. */
async function main(): Promise<void> {
  const options = readStudyOptions(root, process.argv.slice(2));
  const { results, plans, studies, isSweep } = options;
  requireWritable(results);
  // All before the first runs: a name that was used otherwise is refused at once.
  const placed = plans.map((plan): PlacedPlan => {
    const { variant } = plan;
    return { ...plan, folder: variant === null ? results : keepVariant(results, variant) };
  });
  sayDuration(root, placed, options);
  const signal = stopSignal((text) => console.log(text));
  let hasFailed = false;
  for (const plan of placed) {
    for (const study of studies) {
      const isWhole = await runPlan(study, plan, options, signal);
      if (signal.aborted) {
        process.exitCode = stoppedExitCode;
        return;
      }
      hasFailed ||= !isWhole;
    }
  }
  if (hasFailed) {
    if (isSweep) console.error("\nNot compared, since a variant failed: see above.");
    process.exitCode = 1;
  } else if (isSweep) {
    const names = plans.flatMap(({ variant }) => (variant === null ? [] : [variant.name]));
    const isWhole = await compareVariants({ root, results, names, studies }, signal);
    if (!isWhole) process.exitCode = signal.aborted ? stoppedExitCode : 1;
  }
}

/** Runs one plan on one study and says how it went; whether all of it ran. */
async function runPlan(
  study: string,
  plan: PlacedPlan,
  options: StudyOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const started = Date.now();
  const { variant, profile, folder } = plan;
  if (study === generatedDistrict) makeGeneratedDistrict(root);
  const named = variant === null ? study : `${study}, variant ${variant.name}`;
  console.log(`\n${named}, profile ${profile}, into ${join(folder, study)}`);
  const runs = await runStudy(study, plan, options, signal);
  if (signal.aborted) {
    printStop(runs);
    // What was written on the way says that the others are running.
    if (runs.some(({ failure }) => failure === null)) await reportOn(join(folder, study), runs);
    return false;
  }
  const failure = runs.find((run) => run.failure !== null);
  const report = await reportOn(join(folder, study), runs);
  if (failure !== undefined) {
    printFailure(failure, report);
    return false;
  }
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  const count = `${runs.length} of ${options.notebooks.length} notebooks`;
  console.log(`${named}: ran ${count} in ${minutes} min. Report: ${report}`);
  return true;
}

/** A report takes a second or two to be written, which the notebooks then lack. */
const MILLISECONDS_BETWEEN_REPORTS = 30_000;

/**
 * Computes what the notebooks will ask for, and runs each as soon as its own is there, as many side by side
 * as the machine can hold; after one that fails no other is begun.
 */
async function runStudy(
  study: string,
  plan: PlacedPlan,
  options: StudyOptions,
  signal: AbortSignal,
): Promise<NotebookRun[]> {
  const runs: NotebookRun[] = [];
  const { variant, profile, set, folder } = plan;
  const results = join(folder, study);
  const data = join(projectFolders(root).data, study);
  const unchanged = unchangedOf(root, study, plan);
  const others = otherResults(options.results, folder).map((other) => join(other, study));
  const { seed, ...rest } = set;
  const toRun = options.notebooks.filter(
    (name) => options.again || !unchanged.isUnchanged(join(root, "notebooks", name)),
  );
  const { cores } = host;
  const slots = slotsOf(cores);
  const ended = new AbortController();
  const jobs = await beginJobs(
    { root, study, plan, notebooks: toRun },
    { slots, processes: cores, signal: AbortSignal.any([signal, ended.signal]) },
  );
  const onProgress = progressLog();
  let [done, reported] = [0, 0];
  /** There is something to read once the first has ended; the last one's report is that of the whole study. */
  const reportSoFar = async () => {
    done += 1;
    const isSoon = Date.now() - reported < MILLISECONDS_BETWEEN_REPORTS;
    if (isSoon || done === options.notebooks.length || signal.aborted) return;
    reported = Date.now();
    const report = await reportOn(results, runs, { done, of: options.notebooks.length });
    if (runs.length === 1) console.log(`To read while the others run: ${report}`);
  };
  const run = async (name: string): Promise<boolean> => {
    const path = join(root, "notebooks", name);
    const isUnchanged = unchanged.isUnchanged(path);
    const taken = isUnchanged || options.again ? null : unchanged.takeOver(path, others);
    if (taken !== null) unchanged.keep(name);
    if ((isUnchanged && !options.again) || taken !== null) {
      const why = taken === null ? "kept, nothing has changed since it ran" : takenWords(taken);
      console.log(`${name.replace(/\.ipynb$/, "")}: ${why}`);
      done += 1;
      return true;
    }
    await jobs.ready(name);
    const giveBack = await slots.take(true);
    if (signal.aborted) {
      giveBack();
      return false;
    }
    const ran = await executeNotebook({
      path,
      outputPath: join(results, "notebooks", name),
      root,
      timeoutSeconds: options.timeLimitSeconds,
      environment: {
        PROSPECTIVITY_STUDY: study,
        PROSPECTIVITY_PROFILE: profile,
        PROSPECTIVITY_SEED: seed,
        PROSPECTIVITY_SET: JSON.stringify(rest),
        PROSPECTIVITY_RESULTS: folder,
      },
      stop: stopBy(signal),
      onProgress,
    }).finally(giveBack);
    runs.push(ran);
    refuseEdited(data, unchanged.editedSince());
    // At once, so that the summary can say what the notebooks before it took.
    keepDuration(results, ran);
    if (ran.failure !== null) return false;
    if (ran.stopped === null) unchanged.keep(name);
    await reportSoFar();
    return true;
  };
  try {
    const whole = await sideBySide(options.notebooks, { run, readsOthers, signal });
    if (!whole) ended.abort();
  } catch (error) {
    ended.abort();
    throw error;
  } finally {
    await jobs.ended;
  }
  recordVariant(results, variant);
  return runs;
}

/** Whether a notebook tells of what those before it left, so that it has to wait for them. */
function readsOthers(name: string): boolean {
  return readFileSync(join(root, "notebooks", name), "utf8").includes("recorded()");
}

/** Folders of the default's results and of all variants, but one. */
function otherResults(results: string, own: string): string[] {
  const variants = variantNames(results).map((name) => variantFolder(results, name));
  return [results, ...variants].filter((folder) => folder !== own);
}

function takenWords(folder: string): string {
  return `taken over from ${relative(process.cwd(), folder)}, where it hung on the same`;
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

/** Adds to run.json how long a notebook took and how it ended. */
function keepDuration(folder: string, { notebook, seconds, failure, stopped }: NotebookRun): void {
  const status = failure === null ? "ok" : stopped === null ? "failed" : "stopped";
  recordDurations(folder, { [notebook]: { seconds: Math.round(seconds * 10) / 10, status } });
}

/** Says in run.json what the results are a variant of, also where every notebook was taken over. */
function recordVariant(folder: string, variant: Variant | null): void {
  const record = readRun(folder);
  if (variant === null || record === null) return;
  writeWhole(join(folder, "run.json"), `${canonicalJson({ ...record, variant }, 2)}\n`);
}

/** The report holds every executed notebook of the study, also those of earlier runs. */
async function reportOn(
  folder: string,
  runs: readonly NotebookRun[],
  soFar?: SoFar,
): Promise<string> {
  const executed = readdirSync(join(folder, "notebooks"))
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(folder, "notebooks", name));
  const notebooks = executed.length > 0 ? executed : runs.map(({ outputPath }) => outputPath);
  const outputPath = join(folder, "report.html");
  const written = { notebooks, runJson: join(folder, "run.json"), outputPath };
  await writeReport({ ...written, ...(soFar !== undefined && { soFar }) });
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
  runCommand(main);
}
