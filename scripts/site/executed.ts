import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type GlancedNumber, glancedNumbers } from "../../lib/src/findings/glance";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { publishedStudy } from "../../lib/src/published/published-study";
import { readMetrics, readRun } from "../../lib/src/runs/record-files";
import { readNotebook } from "../jupyter/notebook-file";
import { notebookId, notebookTitle } from "../report/notebook-section";
import { unchangedRuns } from "../unchanged";

/** A notebook of the project. */
export interface ListedNotebook {
  readonly id: string;
  readonly title: string;
}

/** What there is of a study's executed notebooks at the paper's settings. */
export interface ExecutedStudy {
  readonly study: string;
  readonly folder: string;
  readonly title: string;
  readonly kind: "real" | "synthetic";
  readonly seeds: readonly number[];
  readonly numbers: readonly GlancedNumber[];
  /** Ids of notebooks that were executed to their end. */
  readonly executed: ReadonlySet<string>;
  /** Those that today's notebooks, library and data would leave otherwise, for all that is known. */
  readonly older: readonly string[];
}

/** The project's notebooks, in their order. */
export function listedNotebooks(root: string): ListedNotebook[] {
  const folder = join(root, "notebooks");
  return readdirSync(folder)
    .filter((name) => /^\d\d-.*\.ipynb$/.test(name))
    .sort()
    .map((name) => {
      const id = notebookId(name);
      return { id, title: notebookTitle(readNotebook(join(folder, name)), id) };
    });
}

/** The executed notebooks of a study; null where there is no report of any at the paper's settings. */
export function executedStudy(root: string, results: string, study: string): ExecutedStudy | null {
  const folder = join(results, study);
  const run = readRun(folder);
  if (run?.study === undefined || !existsSync(join(folder, "report.html"))) return null;
  const records = Object.values(run.notebooks ?? {});
  if (records.some(({ profile }) => profile !== "paper")) return null;
  const method = readMethod(join(root, "notebooks", "method.json"));
  const applied = applyMethod(method, { commandLine: { study, profile: "paper" } });
  const runs = unchangedRuns({
    root,
    data: join(root, "data", study),
    results: folder,
    ...applied,
  });
  const names = readdirSync(join(folder, "notebooks")).filter((name) => isWhole(folder, name));
  const thresholds = records.flatMap(({ parameters }) => {
    const { threshold } = (parameters ?? {}) as { readonly threshold?: number };
    return threshold === undefined ? [] : [threshold];
  });
  const seeds = records.flatMap(({ parameters }) => {
    const { seed } = (parameters ?? {}) as { readonly seed?: number };
    return seed === undefined ? [] : [seed];
  });
  const { title, kind } = run.study;
  const glanced = { kind, metrics: readMetrics(folder), profiles: ["paper"] };
  return {
    ...{ study, folder, title, kind, seeds: [...new Set(seeds)] },
    numbers: glancedNumbers({ ...glanced, threshold: thresholds[0] ?? 0.5 }, publishedStudy(root)),
    executed: new Set(names.map(notebookId)),
    older: names.map(notebookId).filter((id) => {
      const source = join(root, "notebooks", `${id}.ipynb`);
      return !existsSync(source) || !runs.isUnchanged(source);
    }),
  };
}

/** Whether a file is an executed notebook that ran to its end. */
function isWhole(folder: string, name: string): boolean {
  if (!/^\d\d-[\w-]+\.ipynb$/.test(basename(name))) return false;
  const { metadata } = JSON.parse(readFileSync(join(folder, "notebooks", name), "utf8"));
  return metadata.prospectivity?.status === "ok";
}
