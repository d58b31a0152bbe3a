import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "./checksums";
import type { Transformation } from "./transform";

/** How a file of the study came about that is not the researcher's own to the byte. */
export interface BroughtFile {
  /** Its name in the study folder. */
  readonly file: string;
  /** The researcher's file, as it was given, and its SHA-256. */
  readonly source: string;
  readonly sha256: string;
  /** What read it, such as "GTiff". */
  readonly driver: string;
  /** What was done, in the order in which it was. */
  readonly steps: readonly string[];
  /** How it came into the study's system; left out where it lay in it. */
  readonly transformation?: Transformation;
}

/** The file of a study folder that keeps how its files came about. */
export const BROUGHT_FILE = "brought.json";

let folder: string | null = null;

/** A place for a file until the study is built; all are gone when the process ends. */
export function temporaryPlace(name: string): string {
  if (folder === null) {
    const made = mkdtempSync(join(tmpdir(), "brought-"));
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return join(mkdtempSync(join(folder, "file-")), name);
}

/** SHA-256 of a file. */
export function fileHash(path: string): string {
  return sha256(readFileSync(path));
}
