import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../lib/src/errors";
import { buildPlayground } from "../playground/build/build";
import { buildPages } from "./build-pages";
import { deadLinks } from "./check-links";
import { type ExecutedStudy, executedStudy, listedNotebooks } from "./executed";
import { drawingDataOf } from "./figures/drawing-data";
import { requireDrawn, requireSame, SHOWN } from "./figures/kept";
import { keptNumbers, requireNumbers } from "./figures/numbers";
import { type MadeComparison, madeComparisons } from "./gallery";
import { linksOfFile } from "./linked";
import { isElsewhere } from "./links";
import type { SitePage } from "./pages";
import { GUIDES, runGuide } from "./run-guide";

export interface SiteOptions {
  readonly root: string;
  readonly results: string;
  readonly out: string;
  /** Builds of what there is, and says on the pages what is missing or older. */
  readonly isPartial: boolean;
  readonly say: (line: string) => void;
}

const PLAYGROUND: SitePage = {
  source: "scripts/playground/page/index.html",
  page: "playground/index.html",
  name: "Playground",
};

/**
 * Builds the site into a folder of its own, which is emptied first: documents, executed notebooks,
 * comparisons and the playground.
 *
 * @throws InputError where results are missing or older than the code, a kept figure is not of this
 *   commit, a guide does not do what it says, or a link leads nowhere
 */
export async function buildSite({
  root,
  results,
  out,
  isPartial,
  say,
}: SiteOptions): Promise<void> {
  const notebooks = listedNotebooks(root);
  // The project's own districts: what else lies in data may be nobody else's business.
  const names = keptNumbers(root).map(({ study }) => study);
  const studies = names.flatMap((name) => executedStudy(root, results, name) ?? []);
  const comparisons = madeComparisons(results);
  await requireDrawn(root);
  const faults = faultsOf(names, studies, notebooks.length, comparisons);
  if (!isPartial && faults.length > 0) throw unready(results, faults);
  for (const fault of faults) say(`not whole: ${fault}`);
  if (!isPartial) {
    requireSame(root, await drawingDataOf(root, SHOWN));
    requireNumbers(root, results);
    for (const guide of GUIDES) tryGuide(root, guide, say);
  }

  emptySite(out);
  await buildPages(root, out, { studies, notebooks, comparisons, extras: [PLAYGROUND] });
  for (const study of studies) copyStudy(study, join(out, "results", study.study));
  for (const { names: variants, folder } of comparisons) {
    cpSync(folder, join(out, "results", "compare", variants.join("+")), { recursive: true });
  }
  const packs = [
    { study: "hezuo-synthetic", coarsening: 4 },
    ...names.map((study) => ({ study, coarsening: 1 })),
  ];
  await buildPlayground({ root, packs, out: join(out, "playground"), say });

  const dead = deadLinks(out);
  if (dead.length > 0) throw deadEnds(out, dead);
  say(`${sizeText(out)}, no dead link`);
}

/** Runs the blocks of a guide in a folder of its own, which is removed again. */
function tryGuide(root: string, guide: string, say: (line: string) => void): void {
  const place = mkdtempSync(join(tmpdir(), "guide-"));
  try {
    say(`${guide}: ${runGuide(root, guide, place)} lines run`);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Takes away the site that was built there before, and nothing else.
 *
 * @throws InputError where the folder holds something that is no site
 */
function emptySite(out: string): void {
  const held = existsSync(out) ? readdirSync(out) : [];
  if (held.length > 0 && !["library.html", "style.css"].every((name) => held.includes(name))) {
    throw new InputError({
      kind: "storage",
      file: out,
      found: `a folder that holds ${held[0]} and is no site`,
      expected: "an empty folder, or one with a site that was built before",
      remedy: "Choose another with --out.",
    });
  }
  rmSync(out, { recursive: true, force: true });
}

/** What keeps the site from being whole, each with the command that mends it. */
function faultsOf(
  names: readonly string[],
  studies: readonly ExecutedStudy[],
  count: number,
  comparisons: readonly MadeComparison[],
): string[] {
  const missing = names.flatMap((name) => {
    const found = studies.find(({ study }) => study === name);
    const remedy = `npm run study -- --study ${name}`;
    if (found === undefined) return [`${name} has no report at the paper's settings: ${remedy}`];
    const lacks = count - found.executed.size;
    return [
      ...(lacks === 0 ? [] : [`${name} lacks ${lacks} of ${count} notebooks: ${remedy}`]),
      ...(found.older.length === 0
        ? []
        : [`${name}: older than the code or the data are ${found.older.join(", ")}: ${remedy}`]),
    ];
  });
  const remedy = "npm run study -- --study golden-triangle --set epochs=10,20,50 --sweep";
  return [
    ...missing,
    ...(comparisons.some(({ isPaper }) => isPaper)
      ? []
      : [`no variants have been compared at the paper's settings: ${remedy}`]),
  ];
}

/** A report with the files that it links, and the executed notebooks. */
function copyStudy({ folder, executed }: ExecutedStudy, to: string): void {
  const { addresses } = linksOfFile(join(folder, "report.html"));
  const linked = addresses
    .filter((address) => !isElsewhere(address) && !address.startsWith("#"))
    .map((address) => decodeURIComponent(address.split("#")[0]));
  const notebooks = [...executed].map((id) => `notebooks/${id}.ipynb`);
  for (const file of new Set([
    "report.html",
    "figures/prospectivity-map.png",
    ...linked,
    ...notebooks,
  ])) {
    if (existsSync(join(folder, file))) cpSync(join(folder, file), join(to, file));
  }
}

function unready(results: string, faults: readonly string[]): InputError {
  return new InputError({
    kind: "missing-file",
    file: results,
    found: faults.join("; "),
    expected: "executed notebooks of every district, of this commit, and a comparison of variants",
    remedy: "Run what is named, or build of what there is with --partial.",
  });
}

function deadEnds(out: string, dead: readonly string[]): InputError {
  return new InputError({
    kind: "missing-file",
    file: out,
    found: `${dead.length} links that lead nowhere:\n${dead.join("\n")}\n`,
    expected: "none",
    remedy: "Mend them in the documents that the pages are made of.",
  });
}

function sizeText(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const bytes = files.reduce(
    (sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
    0,
  );
  return `${folder}: ${files.length} files, ${Math.round(bytes / 1e6)} MB`;
}
