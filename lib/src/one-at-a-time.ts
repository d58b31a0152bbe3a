import { mkdirSync, rmdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { storageError } from "./files";

/** A process that was killed in between leaves its mark; the work itself takes milliseconds. */
const FORGOTTEN_MILLISECONDS = 10_000;

const WAIT_MILLISECONDS = 5;

/**
 * Reads and writes a file while no other process that asks for it this way does, so that what one adds
 * is not lost to another that had read it before.
 *
 * @throws InputError when the file's folder cannot be written
 */
export function oneAtATime<T>(path: string, work: () => T): T {
  const mark = `${path}.at-work`;
  while (!isMade(mark)) {
    if (ageOf(mark) > FORGOTTEN_MILLISECONDS) removeMark(mark);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MILLISECONDS);
  }
  try {
    return work();
  } finally {
    removeMark(mark);
  }
}

/** Whether the mark is this process's now: making a folder succeeds for one alone. */
function isMade(mark: string): boolean {
  try {
    mkdirSync(dirname(mark), { recursive: true });
    mkdirSync(mark);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw storageError(mark, cause);
  }
}

function ageOf(mark: string): number {
  const found = statSync(mark, { throwIfNoEntry: false });
  return found === undefined ? 0 : Date.now() - found.mtimeMs;
}

function removeMark(mark: string): void {
  try {
    rmdirSync(mark);
  } catch {
    // Another has removed it.
  }
}
