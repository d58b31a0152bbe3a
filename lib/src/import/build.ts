import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { InputError } from "../errors";
import { MANIFEST_FILE } from "../manifest/read-manifest";
import { BROUGHT_FILE } from "./brought";
import { checkStudy, type StudyCheck } from "./check";
import { sha256 } from "./checksums";
import type { Draft } from "./draft";
import { commentedManifest } from "./manifest-comments";

/** What is done with a study that was put together. */
export interface BuildOptions {
  /** Takes the place of an existing folder. */
  readonly replace: boolean;
  /** Keeps the study even when something is wrong. */
  readonly draft: boolean;
}

/** A study as it was checked, and whether its folder is there now. */
export interface Built {
  readonly check: StudyCheck;
  readonly kept: boolean;
}

/**
 * @throws InputError when a folder of that name is there and not to be replaced
 */
export function requireFree(data: string, name: string, replace: boolean): void {
  if (replace || !existsSync(join(data, name))) return;
  throw new InputError({
    kind: "storage",
    file: join(data, name),
    found: "a folder of that name",
    expected: "a name of its own",
    remedy: "Choose another name, or --replace puts the new study in its place.",
  });
}

/**
 * Copies a study's inputs, writes its manifest and checks the whole in a folder beside the others,
 * which takes its name only when all is right, or a draft is asked for.
 */
export async function buildStudy(
  data: string,
  name: string,
  { manifest, from, brought }: Draft,
  { replace, draft }: BuildOptions,
): Promise<Built> {
  requireFree(data, name, replace);
  mkdirSync(data, { recursive: true });
  // A folder with a dot is no study to anything that lists them, as its manifest lies deeper.
  const temporary = mkdtempSync(join(data, ".new-study-"));
  try {
    const folder = join(temporary, name);
    mkdirSync(folder);
    const files: Record<string, string> = {};
    for (const [file, path] of from) {
      copyFileSync(path, join(folder, file));
      files[file] = sha256(readFileSync(join(folder, file)));
    }
    if (brought.length > 0) {
      writeFileSync(join(folder, BROUGHT_FILE), `${JSON.stringify(brought, null, 2)}\n`);
    }
    const { occurrences, samples, grids, vectors, drawn, geology, zones, evidence, ...head } =
      manifest;
    const tail = { occurrences, samples, grids, vectors, drawn, geology, zones, evidence };
    writeFileSync(join(folder, MANIFEST_FILE), commentedManifest({ ...head, files, ...tail }));
    const check = await checkStudy(folder);
    const kept = check.faults.length === 0 || draft;
    if (kept) putInPlace(folder, join(data, name), temporary);
    return { check, kept };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The earlier folder, if there is one, goes with the temporary one. */
function putInPlace(folder: string, place: string, temporary: string): void {
  const earlier = join(temporary, "earlier");
  if (existsSync(place)) renameSync(place, earlier);
  try {
    renameSync(folder, place);
  } catch (error) {
    if (existsSync(earlier)) renameSync(earlier, place);
    throw error;
  }
}
