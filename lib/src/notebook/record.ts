import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../files";
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
  /** Files that it wrote, relative to the study's results. */
  readonly files: readonly string[];
}

/** What the runs of a study's notebooks left on record. */
export interface RunRecord {
  readonly study: unknown;
  readonly versions: { readonly [name: string]: string };
  readonly machine: unknown;
  readonly inputs: unknown;
  readonly notebooks: { readonly [id: string]: NotebookRecord };
}

type Metrics = { readonly [key: string]: Metric };

/** Adds metrics to metrics.json, in the order of the keys. */
export function recordMetrics(results: string, metrics: Metrics): void {
  if (Object.keys(metrics).length === 0) return;
  const path = join(results, "metrics.json");
  writeJson(path, { ...readJson<Metrics>(path, {}), ...metrics });
}

/** Removes what an earlier run of a notebook left: its metrics, its files, its record. */
export function forgetNotebook(results: string, id: string): void {
  const metricsPath = join(results, "metrics.json");
  const metrics = Object.entries(readJson<Metrics>(metricsPath, {}));
  const kept = metrics.filter(([, metric]) => metric.notebook !== id);
  if (kept.length < metrics.length) writeJson(metricsPath, Object.fromEntries(kept));
  const runPath = join(results, "run.json");
  // Of a notebook that never opened, the study's runner leaves a run.json of durations alone.
  const run = readJson<Partial<RunRecord>>(runPath, {});
  for (const file of run.notebooks?.[id]?.files ?? []) rmSync(join(results, file), { force: true });
}

/** Replaces what run.json says of one notebook and of the study. */
export function recordNotebook(
  results: string,
  id: string,
  facts: Omit<RunRecord, "notebooks">,
  notebook: NotebookRecord,
): void {
  const path = join(results, "run.json");
  const before = readJson<RunRecord | null>(path, null);
  writeJson(path, { ...before, ...facts, notebooks: { ...before?.notebooks, [id]: notebook } });
}

function readJson<T>(path: string, absent: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : absent;
}

function writeJson(path: string, value: unknown): void {
  writeWhole(path, `${canonicalJson(value, 2)}\n`);
}
