import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../files";
import { canonicalJson, type RunStore } from "../runs/store";
import type { JobGroup } from "./groups";

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
  /** Files that it wrote beside them; absent where there are none. */
  readonly files?: readonly string[];
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
    const { stored, files = [] } = JSON.parse(readFileSync(path, "utf8")) as DoneJob;
    const results = stored.map((name) => join(store.folder, `${name}.run`));
    return [...results, ...files].every((file) => existsSync(file));
  } catch {
    // Cut short by a disk that was full, say: then it is done once more.
    return false;
  }
}

/** Where a workflow engine leaves that a group is done. */
export function groupDonePath(store: Pick<RunStore, "folder">, { name }: JobGroup): string {
  return join(store.folder, "workflow", "groups", name);
}

/**
 * Takes back that a group is done where it no longer is, such as after the store was pruned.
 *
 * @returns the names of such groups
 */
export function forgetGroups(
  store: Pick<RunStore, "folder">,
  groups: readonly JobGroup[],
): string[] {
  const undone = groups.filter(
    (group) =>
      existsSync(groupDonePath(store, group)) && !group.keys.every((key) => isDone(store, key)),
  );
  for (const group of undone) rmSync(groupDonePath(store, group), { force: true });
  return undone.map(({ name }) => name);
}

/** Says that a job is done, once its results are in the store. */
export function markDone(store: Pick<RunStore, "folder">, key: string, done: DoneJob): void {
  writeWhole(donePath(store, key), `${canonicalJson(done, 2)}\n`);
}
