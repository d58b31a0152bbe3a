import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "./errors";

/** Where the project's folders are, for the process that runs a notebook. */
export interface ProjectFolders {
  readonly root: string;
  readonly data: string;
  /** Holds a folder a study, and the run store that they share. */
  readonly results: string;
}

/**
 * The project around a working directory: the nearest folder above it that has a data folder and a
 * lib folder. PROSPECTIVITY_RESULTS names another results folder, PROSPECTIVITY_DATA another data
 * folder.
 *
 * @throws InputError when there is no project around the directory
 */
export function projectFolders(from: string = process.cwd()): ProjectFolders {
  const root = rootAbove(resolve(from));
  const chosen = (name: string, usual: string) => resolve(root, process.env[name] || usual);
  return {
    root,
    data: chosen("PROSPECTIVITY_DATA", "data"),
    results: chosen("PROSPECTIVITY_RESULTS", "results"),
  };
}

function rootAbove(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "lib", "package.json")) && existsSync(join(folder, "data"))) {
      return folder;
    }
    if (dirname(folder) !== folder) continue;
    throw new InputError({
      kind: "missing-file",
      file: from,
      found: "no project around it",
      expected: "a notebook opened from inside the project (a folder with lib and data)",
    });
  }
}

/** Names of the studies: the folders of data that hold a study.json. */
export function studyNames(data: string): string[] {
  if (!existsSync(data)) return [];
  return readdirSync(data).filter((name) => existsSync(join(data, name, "study.json")));
}

/**
 * The folder of a study.
 *
 * @throws InputError that lists the studies there are
 */
export function studyFolder(data: string, name: string): string {
  const names = studyNames(data);
  if (names.includes(name)) return join(data, name);
  throw new InputError({
    kind: "parameter",
    field: "study",
    found: name,
    expected: `one of ${names.join(", ") || "the folders of data, of which none has a study.json"}`,
    remedy: `Correct the name, or describe the district in ${join("data", name, "study.json")}.`,
  });
}
