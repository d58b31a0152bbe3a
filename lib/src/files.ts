import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "./errors";

/**
 * The name under which a file is written until it is whole: it says which process of which machine
 * is at it, so that what a killed one left can be told from what is being written.
 */
export function partName(path: string): string {
  return `${path}.${process.pid}@${hostname()}.part`;
}

/**
 * Removes what killed processes of this machine left half-written in a folder and below.
 *
 * @returns the files removed
 */
export function removeAbandonedParts(folder: string): string[] {
  const abandoned = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const [, writer, host] = /\.(\d+)@([^@/\\]*)\.part$/.exec(name) ?? [];
    return writer !== undefined && host === hostname() && !isRunning(Number(writer));
  });
  for (const name of abandoned) rmSync(join(folder, name), { force: true });
  return abandoned;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // There, but of another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Writes a file whole or not at all: under a temporary name first, then, once its bytes are on the
 * disk, renamed. So no machine that shares the disk reads a half, nor does a power cut leave one.
 * Folders are made.
 *
 * @param lasting false spares the wait for the disk: after a power cut a half may be there, for who can
 *   tell one and do without
 * @throws InputError when the place cannot be written, with nothing left behind
 */
export function writeWhole(path: string, content: string | Uint8Array, lasting = true): void {
  const temporary = partName(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (lasting) writeThrough(temporary, content);
    else writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // The folder itself cannot be reached; the error below says so.
    }
    throw storageError(path, cause);
  }
}

/** Writes, and waits until the disk has it: over a network that is when it says that it is full. */
function writeThrough(path: string, content: string | Uint8Array): void {
  const file = openSync(path, "w");
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What is said where a place cannot be written. */
export function storageError(path: string, cause: unknown): InputError {
  return new InputError({
    kind: "storage",
    file: path,
    found: cause instanceof Error ? cause.message : String(cause),
    expected: "a place that can be written, with room left on the disk",
    remedy: "Free some room, mend the permissions, or choose another folder with --out.",
  });
}

/**
 * Removes a file; what is none, such as a folder, stays.
 *
 * @throws InputError when the place cannot be looked at or written
 */
export function removeFile(path: string): void {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false) rmSync(path);
  } catch (cause) {
    throw new InputError({
      kind: "storage",
      file: path,
      found: cause instanceof Error ? cause.message : String(cause),
      expected: "a file that can be removed",
      remedy: "Mend the permissions, or take it away.",
    });
  }
}
