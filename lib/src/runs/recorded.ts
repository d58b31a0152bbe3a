import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { StudyIdentity } from "../study/types";

/** A headline number under a stable dotted key. */
export interface Metric {
  readonly value: number;
  readonly interval?: readonly [number, number];
  /** What the number was counted over, such as occurrences. */
  readonly n?: number;
  readonly notebook: string;
  readonly profile: string;
  readonly seed: number;
}

/** A training that a notebook needed. */
export interface TrialRecord {
  readonly label: string;
  /** Seconds that the training took when it was computed. */
  readonly seconds: number;
  readonly fromStore: boolean;
}

/** What earlier notebooks left on record of one study. */
export interface RecordedStudy extends Pick<StudyIdentity, "id" | "title" | "kind"> {
  readonly metrics: { readonly [key: string]: Metric };
  readonly notebooks: readonly RecordedNotebook[];
}

/** What one notebook did when it last ran. */
export interface RecordedNotebook {
  readonly id: string;
  readonly trials: readonly TrialRecord[];
  /** How long the runner took for it; null when it was run by hand. */
  readonly seconds: number | null;
}

interface RunFile {
  readonly study: Pick<StudyIdentity, "id" | "title" | "kind">;
  readonly notebooks: { readonly [id: string]: { readonly trials: readonly TrialRecord[] } };
  readonly durations?: { readonly [id: string]: { readonly seconds: number } };
}

/**
 * All studies of a results folder, the named one first. Numbers of another profile are left out, so
 * that a smoke run never stands beside one at full scale.
 */
export function recordedStudies(results: string, first: string, profile: string): RecordedStudy[] {
  const folders = readdirSync(results).filter((name) =>
    existsSync(join(results, name, "run.json")),
  );
  const order = [first, ...folders.sort().filter((name) => name !== first)];
  return order.flatMap((name) => {
    const folder = join(results, name);
    if (!existsSync(join(folder, "run.json"))) return [];
    const run = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as RunFile;
    const metrics = Object.entries(metricsOf(folder)).filter(
      ([, metric]) => metric.profile === profile,
    );
    if (metrics.length === 0) return [];
    const notebooks = Object.entries(run.notebooks)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { trials }]) => ({ id, trials, seconds: run.durations?.[id]?.seconds ?? null }));
    const { id, title, kind } = run.study;
    return [{ id, title, kind, metrics: Object.fromEntries(metrics), notebooks }];
  });
}

function metricsOf(folder: string): { [key: string]: Metric } {
  const path = join(folder, "metrics.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}
