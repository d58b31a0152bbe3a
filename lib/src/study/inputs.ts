import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../errors";
import type { InputFile } from "./types";

/** An input file's bytes and what is recorded of it. */
export interface ReadInput {
  readonly file: InputFile;
  readonly bytes: Buffer;
}

/**
 * Reads an input file and checks that it is the one that the manifest means.
 *
 * @throws InputError when it cannot be read or its SHA-256 is another
 */
export function readInput(folder: string, path: string, sha256: string): ReadInput {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, path));
  } catch (error) {
    throw new InputError({
      kind: "missing-file",
      file: path,
      found: error instanceof Error ? error.message : String(error),
      expected: `a file in ${folder}`,
      remedy: "Put the file there, or correct its name in study.json.",
    });
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new InputError({
      kind: "checksum",
      file: path,
      field: "SHA-256",
      found,
      expected: sha256,
      remedy:
        "Restore the file; or, if it was changed on purpose, write the new checksum in study.json.",
    });
  }
  return { file: { path, sha256: found, bytes: bytes.length }, bytes };
}
