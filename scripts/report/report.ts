import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { writeWhole } from "../../lib/src/files";
import { publishedStudy } from "../../lib/src/published/published-study";
import { readMetrics, readRun } from "../../lib/src/runs/record-files";
import { readNotebook } from "../jupyter/notebook-file";
import { chartsOf } from "./cells";
import { headParts, type SoFar } from "./head";
import { textHtml } from "./markdown";
import { notebookId, notebookSection, notebookTitle } from "./notebook-section";
import { pageHtml } from "./page";
import type { Section } from "./parts";

export interface ReportOptions {
  /** Executed notebooks, in the order in which they are to be read. */
  readonly notebooks: readonly string[];
  /** The run.json of the study, beside its metrics.json; what it says stands at the end. */
  readonly runJson: string;
  readonly outputPath: string;
  /** How far the run is whose report it is; none of one that has ended. */
  readonly soFar?: SoFar;
}

export type { SoFar };

const root = resolve(__dirname, "..", "..");
const sources = join(root, "notebooks");

/**
 * Writes all notebooks of a run as one page that opens anywhere, without network. Of a run that
 * failed or is not whole it holds what there is, and says what there is not.
 */
export async function writeReport({
  notebooks,
  runJson,
  outputPath,
  soFar,
}: ReportOptions): Promise<void> {
  const results = dirname(runJson);
  const run = readRun(results) ?? {};
  const sections = notebooks.map(notebookSection);
  const charts = notebooks.map((path) => chartsOf(readNotebook(path).cells));
  const head = headParts({
    run,
    metrics: readMetrics(results),
    published: publishedStudy(root),
    chapters: new Set(sections.map(({ id }) => id)),
    failed: sections.filter(({ hasFailed }) => hasFailed).map(({ title }) => title),
    missing: missingTitles(sections),
    soFar: soFar ?? null,
    charts: new Map(charts.flatMap((each) => [...each])),
  });
  const district = run.study?.title ?? "Mineral prospectivity mapping";
  const title = run.variant === undefined ? district : `${district}, variant ${run.variant.name}`;
  const html = await pageHtml({ title, head, sections: [...sections, factsSection(runJson)] });
  writeWhole(outputPath, html);
}

/** Titles of the project's notebooks that no section is of. */
function missingTitles(sections: readonly Section[]): string[] {
  const names = readdirSync(sources).filter((name) => name.endsWith(".ipynb"));
  const missing = names
    .sort()
    .filter((name) => sections.every(({ id }) => id !== notebookId(name)));
  return missing.map((name) => notebookTitle(readNotebook(join(sources, name)), notebookId(name)));
}

function factsSection(runJson: string): Section {
  const text = existsSync(runJson) ? readFileSync(runJson, "utf8") : "There is none.";
  const html = `<p>Versions, parameters, seeds, backend, hashes of the inputs and durations, as run.json has them.</p><pre class="facts" tabindex="0">${textHtml(text)}</pre>`;
  return { id: "run", title: "How this was made", parts: [html], headings: [], hasFailed: false };
}
