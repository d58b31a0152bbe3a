import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { InputError } from "../lib/src/errors";
import { writeWhole } from "../lib/src/files";
import type { Variant } from "../lib/src/method/variant";
import { variantFolder, variantNames } from "../lib/src/method/variant-files";
import { recordDurations } from "../lib/src/notebook/record";
import { projectFolders } from "../lib/src/project";
import { readRun } from "../lib/src/runs/record-files";
import { canonicalJson } from "../lib/src/runs/store";
import { host } from "../lib/src/training/engine/host";
import { executeNotebook, type NotebookRun } from "./jupyter/execute";
import { type PlacedPlan, unchangedOf } from "./placed-plan";
import { progressLog } from "./progress-log";
import { type SoFar, writeReport } from "./report/report";
import { stopBy } from "./stop-signal";
import type { StudyOptions } from "./study-options";
import { beginJobs } from "./work/compute-jobs";
import { sideBySide } from "./work/side-by-side";
import { slotsOf } from "./work/slots";

const root = resolve(__dirname, "..");

/** A report takes a second or two to be written, which the notebooks then lack. */
const MILLISECONDS_BETWEEN_REPORTS = 30_000;

/**
 * Computes what the notebooks will ask for, and runs each as soon as its own is there, as many side by side
 * as the machine can hold; after one that fails no other is begun.
 */
export async function runStudy(
  study: string,
  plan: PlacedPlan,
  options: StudyOptions,
  signal: AbortSignal,
): Promise<NotebookRun[]> {
  const runs: NotebookRun[] = [];
  const whole: string[] = [];
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
    if (ran.stopped === null) {
      whole.push(name);
      unchanged.keep(name);
    }
    await reportSoFar();
    return true;
  };
  try {
    const isDone = await sideBySide(options.notebooks, { run, readsOthers, signal });
    if (!isDone) ended.abort();
    // Once more: a number that two of them found is the first one's, also where the other was quicker.
    for (const name of whole) unchanged.keep(name);
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
export async function reportOn(
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
