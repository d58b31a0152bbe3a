import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { StudyIdentity } from "../study/types";
import { readMetrics, readRun } from "./record-files";

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

/**
 * All studies of a results folder, the named one first. Numbers of another profile are left out, so
 * that a smoke run never stands beside one at full scale.
 *
 * @param upTo the last notebook, in the order of names, that is told of: what one notebook says then does
 *   not hang on whether those after it have run already; all where it is left out
 * @throws InputError when a file of a record holds anything else
 */
export function recordedStudies(
  results: string,
  first: string,
  profile: string,
  upTo?: string,
): RecordedStudy[] {
  const isTold = (notebook: string) => upTo === undefined || notebook <= upTo;
  const folders = readdirSync(results).filter((name) =>
    existsSync(join(results, name, "run.json")),
  );
  const order = [first, ...folders.sort().filter((name) => name !== first)];
  return order.flatMap((name) => {
    const folder = join(results, name);
    const run = readRun(folder);
    // Of a study none of whose notebooks has opened, there are durations at most.
    if (run?.study === undefined || run.notebooks === undefined) return [];
    const { study, durations } = run;
    const metrics = Object.entries(readMetrics(folder)).filter(
      ([, metric]) => metric.profile === profile && isTold(metric.notebook),
    );
    if (metrics.length === 0) return [];
    const notebooks = Object.entries(run.notebooks)
      .filter(([id]) => isTold(id))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { trials }]) => ({ id, trials, seconds: durations?.[id]?.seconds ?? null }));
    const { id, title, kind } = study;
    return [{ id, title, kind, metrics: Object.fromEntries(metrics), notebooks }];
  });
}
