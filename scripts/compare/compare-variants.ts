import { join, resolve } from "node:path";
import { InputError } from "../../lib/src/errors";
import { writeWhole } from "../../lib/src/files";
import { readMethod } from "../../lib/src/method/read-method";
import { MOST_VARIANTS } from "../../lib/src/method/sweep";
import { comparisonName } from "../../lib/src/method/variant";
import { requireVariant } from "../../lib/src/method/variant-files";
import {
  recordedVariant,
  requireOneProfile,
  variantStudies,
} from "../../lib/src/notebook/recorded-variant";
import { projectFolders, studyNames } from "../../lib/src/project";
import { executeNotebook, type NotebookRun } from "../jupyter/execute";
import { asLines, type NotebookFile, readNotebook, sourceOf } from "../jupyter/notebook-file";
import { progressLog } from "../progress-log";
import { stopBy } from "../stop-signal";
import { comparisonPage } from "./comparison-page";

/** What is to be laid side by side. */
export interface ComparisonWish {
  readonly root: string;
  /** The folder that holds the default's results, and variants in a folder of their own. */
  readonly results: string;
  /** Names of variants, the one that others are held against first. */
  readonly names: readonly string[];
  /** All that every variant has when absent. */
  readonly studies?: readonly string[] | undefined;
}

/** How long a comparison may take; its trainings are in the store. */
const TIMEOUT_SECONDS = 3600;

/**
 * Compares variants on each study by the notebook of comparisons, and writes one page of all into
 * results/compare.
 *
 * @returns whether it was written; what failed has been said
 * @throws InputError when variants cannot be compared, before anything runs
 */
export async function compareVariants(wish: ComparisonWish, signal: AbortSignal): Promise<boolean> {
  const { root, results, names } = wish;
  const studies = comparableStudies(wish);
  const folder = join(results, "compare", comparisonName(names));
  const paths: string[] = [];
  for (const study of studies) {
    const run = await compareOn(study, wish, folder, signal);
    if (run.failure !== null) {
      const what = run.stopped === null ? `failed:\n${run.failure.message}` : "was stopped";
      console.error(
        `\nComparing ${names.join(", ")} on ${study} ${what}\n\nKept: ${run.outputPath}`,
      );
      return false;
    }
    writeArguments(run.outputPath, study, names);
    paths.push(run.outputPath);
  }
  const page = join(folder, "compare.html");
  writeWhole(page, await comparisonPage(names, paths));
  console.log(`\nCompared ${names.join(", ")} on ${studies.join(", ")}: ${resolve(root, page)}`);
  return true;
}

/**
 * The studies to compare on, once every variant is known to have what is compared.
 *
 * @throws InputError when there are too few names or too many, a variant is unknown or not whole, or
 *   no study is common to all
 */
function comparableStudies({ root, results, names, studies }: ComparisonWish): readonly string[] {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (names.length < 2 || names.length > MOST_VARIANTS || twice !== undefined) {
    const found = twice === undefined ? `${names.length} of them` : `"${twice}" twice`;
    throw wrongVariants(found, `2 to ${MOST_VARIANTS} variants, each once`);
  }
  const known = studyNames(projectFolders(root).data);
  const file = readMethod(join(root, "notebooks", "method.json"));
  const having = names.map((name) => variantStudies(requireVariant(results, name), known));
  const common = studies ?? known.filter((study) => having.every((each) => each.includes(study)));
  if (common.length === 0) {
    const each = names.map((name, at) => `${name} has ${having[at].join(", ") || "none"}`);
    throw wrongVariants(each.join("; "), "a study that all variants have run on");
  }
  const unknown = common.find((study) => !known.includes(study));
  if (unknown !== undefined) {
    throw wrongVariants(`--study ${unknown}`, `one of ${known.join(", ")}`);
  }
  for (const study of common) {
    requireOneProfile(names.map((name) => recordedVariant(results, name, study, { file, known })));
  }
  return common;
}

function wrongVariants(found: string, expected: string): InputError {
  return new InputError({ kind: "parameter", field: "variants", found, expected });
}

function compareOn(
  study: string,
  { root, results, names }: ComparisonWish,
  folder: string,
  signal: AbortSignal,
): Promise<NotebookRun> {
  return executeNotebook({
    path: join(root, "notebooks", "compare", "variants.ipynb"),
    outputPath: join(folder, study, "compare.ipynb"),
    root,
    timeoutSeconds: TIMEOUT_SECONDS,
    environment: {
      PROSPECTIVITY_STUDY: study,
      PROSPECTIVITY_VARIANTS: names.join(","),
      PROSPECTIVITY_RESULTS: results,
    },
    stop: stopBy(signal),
    onProgress: progressLog(),
  });
}

/** Has the executed notebook name its own study and variants, so that it can be run again by hand. */
function writeArguments(path: string, study: string, names: readonly string[]): void {
  const file = readNotebook(path);
  const call = `openComparison(${JSON.stringify(study)}, ${JSON.stringify(names)})`;
  const cells = file.cells.map((cell) => {
    const source = sourceOf(cell);
    return { ...cell, source: asLines(source.replace(/openComparison\([^)]*\)/, call)) };
  });
  const whole: NotebookFile = { ...file, cells };
  writeWhole(path, `${JSON.stringify(whole, null, 1)}\n`);
}
