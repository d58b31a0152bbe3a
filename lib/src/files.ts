import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { InputError } from "./errors";

/**
 * Writes a file whole or not at all: under a temporary name first, then renamed. Folders are made.
 *
 * @throws InputError when the place cannot be written, with nothing left behind
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // The folder itself cannot be reached; the error below says so.
    }
    throw new InputError({
      kind: "storage",
      file: path,
      found: cause instanceof Error ? cause.message : String(cause),
      expected: "a place that can be written, with room left on the disk",
      remedy: "Free some room, mend the permissions, or choose another folder with --out.",
    });
  }
}
