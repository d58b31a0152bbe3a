import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { writeWhole } from "../../lib/src/files";
import type { Change } from "../../lib/src/method/apply";
import { changesText } from "../../lib/src/method/rows";
import { type NotebookFile, readNotebook, sourceOf } from "../jupyter/notebook-file";
import { cellHtml } from "./cells";
import { textHtml } from "./markdown";
import { pageHtml, type Section } from "./page";

export interface ReportOptions {
  /** Executed notebooks, in the order in which they are to be read. */
  readonly notebooks: readonly string[];
  /** The run.json of the study; what it says stands at the end. */
  readonly runJson: string;
  readonly outputPath: string;
}

interface RunFacts {
  readonly variant?: { readonly name: string };
  readonly study?: { readonly title?: string; readonly kind?: string; readonly licence?: string };
  readonly notebooks?: { readonly [id: string]: { readonly changes?: readonly Change[] } };
  readonly [name: string]: unknown;
}

/** Writes all notebooks of a run as one page that opens anywhere, without network. */
export function writeReport({ notebooks, runJson, outputPath }: ReportOptions): void {
  const run: RunFacts = existsSync(runJson) ? JSON.parse(readFileSync(runJson, "utf8")) : {};
  const district = run.study?.title ?? "Mineral prospectivity mapping";
  const title = run.variant === undefined ? district : `${district}, variant ${run.variant.name}`;
  const sections = notebooks.map((path) => notebookSection(path, readNotebook(path)));
  const html = pageHtml(title, introduction(run, sections), [...sections, factsSection(run)]);
  writeWhole(outputPath, html);
}

function introduction({ study, notebooks }: RunFacts, sections: readonly Section[]): string {
  const kind =
    study?.kind === "synthetic"
      ? "<strong>Synthetic data</strong>, generated; not the district of the paper."
      : "Real data.";
  const failed = sections.filter(({ hasFailed }) => hasFailed).map(({ title }) => title);
  const warning =
    failed.length === 0
      ? ""
      : `<p class="failed"><strong>This run failed</strong> in: ${textHtml(failed.join(", "))}.</p>`;
  const licence = study?.licence === undefined ? "" : `<p>Data: ${textHtml(study.licence)}</p>`;
  return `<p>${kind} The method is that of Zhang et al. (2021), doi:10.1007/s11053-020-09789-y; published numbers describe their district, Hezuo.</p>${changedParameters(notebooks)}${licence}${warning}`;
}

/** Parameters that were not as method.json has them, in whatever notebook; nothing where none was. */
function changedParameters(notebooks: RunFacts["notebooks"] = {}): string {
  const all = Object.values(notebooks).flatMap(({ changes = [] }) => changes);
  const texts = all.map((change) => changesText({ changes: [change] }));
  const unlike = [...new Set(texts)].filter((text) => text !== null);
  if (unlike.length === 0) return "";
  return `<p class="changed"><strong>Changed parameters:</strong> ${textHtml(unlike.join("; "))}.</p>`;
}

function notebookSection(path: string, file: NotebookFile): Section {
  const id = basename(path).replace(/(\.failed)?\.ipynb$/, "");
  const [, heading] =
    file.cells
      .map(sourceOf)
      .join("\n")
      .match(/^# (.*)$/m) ?? [];
  const failure = file.metadata.prospectivity as
    | { readonly status?: string; readonly cell?: number; readonly message?: string }
    | undefined;
  const hasFailed = failure?.status === "failed";
  const notice = hasFailed
    ? `<p><strong>Code cell ${failure.cell} failed.</strong></p><pre class="stream error">${textHtml(failure.message ?? "")}</pre>`
    : "";
  const cells = file.cells.map(cellHtml).join("\n");
  return { id, title: heading ?? id, html: notice + cells, hasFailed };
}

function factsSection(run: RunFacts): Section {
  const html = `<h1>How this was made</h1><p>Versions, parameters, seeds, backend, hashes of the inputs and durations, as run.json has them.</p><details><summary>run.json</summary><pre>${textHtml(JSON.stringify(run, null, 2))}</pre></details>`;
  return { id: "run", title: "How this was made", html, hasFailed: false };
}
