import { join } from "node:path";
import { removeFile, writeWhole } from "../files";
import { oneAtATime } from "../one-at-a-time";
import { readMetrics, readRun } from "../runs/record-files";
import type { Metric, TrialRecord } from "../runs/recorded";
import { canonicalJson } from "../runs/store";

/** What one notebook did. */
export interface NotebookRecord {
  readonly profile: string;
  /** The parameters that it uses, as they applied. */
  readonly parameters: unknown;
  /** Those that were not as method.json has them, and who set them. */
  readonly changes: unknown;
  readonly backend: unknown;
  /** Trainings in the order in which they ran. */
  readonly trials: readonly TrialRecord[];
  /** Results of the run store that it took or added, by step and name, in alphabetical order. */
  readonly stored: readonly string[];
  /** Files that it wrote, relative to the study's results. */
  readonly files: readonly string[];
}

/** What the runs of a study's notebooks left on record. */
export interface RunRecord {
  /** What the results are a variant of; absent from the default's. */
  readonly variant?: unknown;
  readonly study: unknown;
  readonly versions: { readonly [name: string]: string };
  readonly machine: unknown;
  readonly inputs: unknown;
  readonly notebooks: { readonly [id: string]: NotebookRecord };
}

type Metrics = { readonly [key: string]: Metric };

/**
 * Adds metrics to metrics.json, in the order of the keys. A number that several notebooks find, since they
 * meet the same step, is that of the first of them in their order, whichever was quicker.
 *
 * @throws InputError when the file that is there holds anything else
 */
export function recordMetrics(results: string, metrics: Metrics): void {
  if (Object.keys(metrics).length === 0) return;
  const path = join(results, "metrics.json");
  oneAtATime(path, () => {
    const before: Metrics = readMetrics(results);
    const found = Object.entries(metrics).map(([key, metric]) => {
      const known = before[key];
      const isKnown = known !== undefined && isSameNumber(known, metric);
      return [key, isKnown && known.notebook < metric.notebook ? known : metric];
    });
    writeJson(path, { ...before, ...Object.fromEntries(found) });
  });
}

/** Whether two metrics are alike in all but the notebook that found them. */
function isSameNumber(one: Metric, other: Metric): boolean {
  return canonicalJson({ ...one, notebook: "" }) === canonicalJson({ ...other, notebook: "" });
}

/**
 * Removes what an earlier run of a notebook left: its metrics and its files, which lie within the
 * results whatever the record says.
 *
 * @throws InputError when a file of the record holds anything else, or a file cannot be removed
 */
export function forgetNotebook(results: string, id: string): void {
  const isOwn = ([, { notebook }]: readonly [string, { readonly notebook: string }]) =>
    notebook === id;
  const path = join(results, "metrics.json");
  if (Object.entries(readMetrics(results)).some(isOwn)) {
    oneAtATime(path, () => {
      const kept = Object.entries(readMetrics(results)).filter((metric) => !isOwn(metric));
      writeJson(path, Object.fromEntries(kept));
    });
  }
  // Of a notebook that never opened, the study's runner leaves a run.json of durations alone.
  for (const file of readRun(results)?.notebooks?.[id]?.files ?? []) {
    removeFile(join(results, file));
  }
}

/**
 * Replaces what run.json says of one notebook and of the study.
 *
 * @throws InputError when the file that is there holds anything else
 */
export function recordNotebook(
  results: string,
  id: string,
  facts: Omit<RunRecord, "notebooks">,
  notebook: NotebookRecord,
): void {
  const path = join(results, "run.json");
  oneAtATime(path, () => {
    const before = readRun(results);
    const notebooks = { ...before?.notebooks, [id]: notebook };
    writeJson(path, { ...before, ...facts, notebooks });
  });
}

/** Adds to run.json how long notebooks took and how they ended. */
export function recordDurations(
  results: string,
  durations: { readonly [id: string]: { readonly seconds: number; readonly status: string } },
): void {
  const path = join(results, "run.json");
  oneAtATime(path, () => {
    const record = readRun(results);
    writeJson(path, { ...record, durations: { ...record?.durations, ...durations } });
  });
}

function writeJson(path: string, value: unknown): void {
  writeWhole(path, `${canonicalJson(value, 2)}\n`);
}
