import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../errors";
import type { Manifest } from "./manifest";
import { parseManifest } from "./manifest-schema";

/** Name of the manifest in a study folder. */
export const MANIFEST_FILE = "study.json";

/**
 * Reads and checks the manifest of a study folder; the files that it names are not opened.
 *
 * @throws InputError when it is missing, no JSON, or has an unknown, missing or wrong field
 */
export function readManifest(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, MANIFEST_FILE), "utf8");
  } catch (error) {
    throw new InputError({
      kind: "missing-file",
      file: join(folder, MANIFEST_FILE),
      found: error instanceof Error ? error.message : String(error),
      expected: "the manifest of a study",
      remedy: "data/README.md says what a study folder holds.",
    });
  }
  return parseManifest(text, MANIFEST_FILE);
}
