import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeWhole } from "../lib/src/files";
import type { AppliedMethod } from "../lib/src/method/apply";
import type { MethodName } from "../lib/src/method/parameters";
import { copyNotebookRun } from "./copy-run";

/** What the runs of a study's notebooks hang on. */
export interface RunInputs extends AppliedMethod {
  readonly root: string;
  /** Folder of the study's inputs, and its results. */
  readonly data: string;
  readonly results: string;
}

interface Kept {
  /** Hash of all that the notebook's run hung on, and of the parameters that it uses. */
  readonly inputs: string;
  /** Hash of what it left on record, which a run by hand changes. */
  readonly record: string;
}

/**
 * Tells which notebooks need not run again: nothing has changed that they hang on (the notebook and
 * those before it, the library, the study's files, the parameters that it uses), and all that they
 * left is there as they left it. What another variant of the study has left may serve as well.
 */
export function unchangedRuns(inputs: RunInputs) {
  const { root, data, results, method, changes } = inputs;
  const path = join(results, "unchanged.json");
  const signatureAtStart = signature(data);
  const dataAtStart = filesBelow(data);
  const common = hashOf(
    [process.version],
    dataAtStart,
    filesBelow(join(root, "data", "published")),
    filesBelow(join(root, "lib", "dist")),
  );
  const hashes = new Map<string, string>();
  /** With the parameters that the notebook used when it last ran: others do not concern it. */
  const withParameters = (hash: string, id: string, from = results) => {
    const { parameters = {} } = recordOf(from, id);
    const used = Object.keys(parameters).map((name) => [name, method[name as MethodName]]);
    return hashOf([hash, JSON.stringify(used)]);
  };
  return {
    /** Asked of each notebook before it runs. */
    isUnchanged(notebook: string): boolean {
      const id = basename(notebook, ".ipynb");
      const source = readFileSync(notebook, "utf8");
      // A notebook that reads what others left hangs on that, too.
      const others = source.includes("recorded()") ? metricsTold(results, id) : [];
      const hash = hashOf([common, source, ...others], notebooksBefore(notebook));
      hashes.set(id, hash);
      const kept = (readJson(path) as Record<string, Kept>)[id];
      return kept?.inputs === withParameters(hash, id) && kept.record === recordHash(results, id);
    },
    /**
     * Takes over what a notebook left among other results of the study, where it hung on the same and
     * no parameter that it uses was changed, there or here: then it would leave the same once more,
     * and says nothing of a variant's name. Asked after isUnchanged.
     *
     * @param others folders of the study's other results, the likeliest first
     * @returns the folder that it was taken from; null where none serves
     */
    takeOver(notebook: string, others: readonly string[]): string | null {
      const id = basename(notebook, ".ipynb");
      const from = others.find((other) => {
        const kept = (readJson(join(other, "unchanged.json")) as Record<string, Kept>)[id];
        const record = recordOf(other, id);
        const isChanged = changes.some(({ name }) => name in (record.parameters ?? {}));
        if (kept === undefined || isChanged || (record.changes ?? []).length > 0) return false;
        const hash = withParameters(hashes.get(id) ?? "", id, other);
        return kept.inputs === hash && kept.record === recordHash(other, id);
      });
      if (from === undefined) return null;
      copyNotebookRun(from, results, id);
      return from;
    },
    /** Files of the study that are not as they were when it started. */
    editedSince(): string[] {
      // Times and sizes first, since reading large rasters again after each notebook takes long.
      if (signature(data) === signatureAtStart) return [];
      const now = filesBelow(data);
      const differ = [...dataAtStart, ...now].filter(
        (line) => dataAtStart.includes(line) !== now.includes(line),
      );
      return [...new Set(differ.map((line) => line.replace(/^[/\\]| \w+$/g, "")))];
    },
    /** Told of each notebook that has run to its end. */
    keep(notebook: string): void {
      const id = basename(notebook, ".ipynb");
      const hash = withParameters(hashes.get(id) ?? "", id);
      const kept: Kept = { inputs: hash, record: recordHash(results, id) };
      writeWhole(path, `${JSON.stringify({ ...readJson(path), [id]: kept }, null, 2)}\n`);
    },
  };
}

function notebooksBefore(notebook: string): Buffer[] {
  const folder = dirname(notebook);
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  const before = names.filter((name) => name < basename(notebook));
  return before.sort().map((name) => readFileSync(join(folder, name)));
}

/** Hash of a notebook's record, its metrics and its files; unlike any other when one is missing. */
function recordHash(results: string, id: string): string {
  const record = recordOf(results, id);
  const metrics = Object.entries(readJson(join(results, "metrics.json"))).filter(
    ([, metric]) => (metric as { notebook?: string }).notebook === id,
  );
  const files = [`notebooks/${id}.ipynb`, ...(record.files ?? [])];
  const missing = files.filter((file) => !existsSync(join(results, file)));
  return hashOf([JSON.stringify([record, metrics, missing])]);
}

interface NotebookRecord {
  readonly files?: readonly string[];
  readonly parameters?: { readonly [name: string]: unknown };
  readonly changes?: readonly unknown[];
}

/** What run.json says of a notebook; nothing of one that has not run. */
function recordOf(results: string, id: string): NotebookRecord {
  const { notebooks = {} } = readJson(join(results, "run.json")) as {
    notebooks?: Record<string, NotebookRecord>;
  };
  return notebooks[id] ?? {};
}

/**
 * Metrics of all studies that a notebook tells of (as recordedStudies has them): those of the notebooks
 * before it, and its own of other studies.
 */
function metricsTold(results: string, id: string): string[] {
  const folder = join(results, "..");
  return readdirSync(folder)
    .filter((study) => existsSync(join(folder, study, "metrics.json")))
    .sort()
    .flatMap((study) => {
      const isOwn = join(folder, study) === results;
      const metrics = Object.entries(readJson(join(folder, study, "metrics.json")));
      const told = metrics.filter(([, each]) => {
        const { notebook = "" } = each as { notebook?: string };
        return notebook < id || (notebook === id && !isOwn);
      });
      return told.length === 0 ? [] : [JSON.stringify([study, told])];
    });
}

/** Sizes and times of change of a folder's files. */
function signature(folder: string): string {
  const lines = pathsBelow(folder).map((path) => {
    const { size, mtimeMs, ino } = statSync(path);
    return `${path} ${size} ${mtimeMs} ${ino}`;
  });
  return lines.join("\n");
}

function filesBelow(folder: string): string[] {
  return pathsBelow(folder).map(
    (path) => `${path.slice(folder.length)} ${hashOf([readFileSync(path)])}`,
  );
}

function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".map"))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

function hashOf(...parts: readonly (readonly (string | Buffer)[])[]): string {
  const hash = createHash("sha256");
  for (const part of parts.flat()) hash.update(part).update("\0");
  return hash.digest("hex");
}

/** What a file holds; nothing where there is none or it is damaged, so that its notebook runs anew. */
function readJson(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
