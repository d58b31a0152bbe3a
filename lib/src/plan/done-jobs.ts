import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../files";
import { canonicalJson, type RunStore } from "../runs/store";
import type { PlannedJob } from "./types";

/** What a job leaves beside its results. */
export interface DoneJob {
  readonly label: string;
  readonly seconds: number;
  /** Peak memory of its process until it ended, MiB. */
  readonly mebibytes: number;
  /** The machine that computed it. */
  readonly host: string;
  /** Results of the run store that it took or added, by step and name. */
  readonly stored: readonly string[];
}

/** Where a job leaves that it is done; a workflow engine may wait for it. */
export function donePath(store: Pick<RunStore, "folder">, key: string): string {
  return join(store.folder, "jobs", `${key}.json`);
}

/** Whether a job has been done and all its results are there still. */
export function isDone(store: Pick<RunStore, "folder">, key: string): boolean {
  const path = donePath(store, key);
  if (!existsSync(path)) return false;
  try {
    const { stored } = JSON.parse(readFileSync(path, "utf8")) as DoneJob;
    return stored.every((name) => existsSync(join(store.folder, `${name}.run`)));
  } catch {
    // Cut short by a disk that was full, say: then it is done once more.
    return false;
  }
}

/** The jobs of a plan that are yet to be done, in its order. */
export function jobsLeft(
  store: Pick<RunStore, "folder">,
  jobs: readonly PlannedJob[],
): PlannedJob[] {
  return jobs.filter(({ key }) => !isDone(store, key));
}

/** Says that a job is done, once its results are in the store. */
export function markDone(store: Pick<RunStore, "folder">, key: string, done: DoneJob): void {
  writeWhole(donePath(store, key), `${canonicalJson(done, 2)}\n`);
}
