import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../manifest/read-manifest";

/** A file whose SHA-256 is not the manifest's. */
export interface ChangedFile {
  readonly path: string;
  readonly listed: string;
  readonly found: string;
}

/** @returns 64 hexadecimal digits */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The files of a study that are there and not as the manifest has them.
 *
 * @throws InputError when the manifest is wrong
 */
export function changedFiles(folder: string): ChangedFile[] {
  return Object.entries(readManifest(folder).files)
    .filter(([path]) => existsSync(join(folder, path)))
    .map(([path, listed]) => ({ path, listed, found: sha256(readFileSync(join(folder, path))) }))
    .filter(({ listed, found }) => listed !== found);
}
