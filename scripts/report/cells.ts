import { stripVTControlCharacters } from "node:util";
import { type Cell, type DisplayOutput, type Output, sourceOf } from "../jupyter/notebook-file";
import { chapterProse, codeHtml, markdownHtml, textHtml } from "./markdown";
import type { Chart, Heading, Part } from "./parts";

const chartType = "application/vnd.vegalite.v5+json";

/** What a cell shows, and the headings in it. */
export interface CellParts {
  readonly parts: readonly Part[];
  readonly headings: readonly Heading[];
}

/** A cell as it reads: prose, or code folded together with what its trainings logged, then outputs. */
export function cellParts(cell: Cell, chapter: string): CellParts {
  const source = sourceOf(cell);
  if (cell.cell_type === "raw") return { parts: [], headings: [] };
  if (cell.cell_type === "markdown") {
    const { html, headings } = chapterProse(source, chapter);
    return { parts: [`<div class="prose">${html}</div>`], headings };
  }
  const outputs = cell.outputs ?? [];
  const log = outputs.filter(isProgress).map((output) => textOf(output, "text/plain") ?? "");
  const logged = log.length === 0 ? "" : `<pre class="log">${textHtml(log.join("\n"))}</pre>`;
  const title = log.length === 0 ? "Code" : "Code and progress";
  const code = `<details class="code"><summary>${title}</summary><pre><code>${codeHtml(source)}</code></pre>${logged}</details>`;
  const shown = outputs.filter((output) => !isProgress(output)).map(outputPart);
  return { parts: [code, ...shown], headings: [] };
}

/** The charts of a notebook's outputs by the id of their figure. */
export function chartsOf(cells: readonly Cell[]): Map<string, Chart> {
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const charts = outputs.flatMap((output) => {
    const part = "data" in output ? outputPart(output) : "";
    return typeof part === "string" || part.id === null ? [] : [[part.id, part] as const];
  });
  return new Map(charts);
}

/** Whether an output is a line such as a training leaves (lib/src/notebook/progress.ts). */
function isProgress(output: Output): output is DisplayOutput {
  const html = "data" in output ? textOf(output, "text/html") : null;
  return html !== null && /^<div>(<progress [^>]*><\/progress> )?<b>/.test(html);
}

function outputPart(output: Output): Part {
  if (output.output_type === "stream") {
    const kind = output.name === "stderr" ? "stream error" : "stream";
    return `<pre class="${kind}">${textHtml(stripVTControlCharacters(output.text))}</pre>`;
  }
  if (output.output_type === "error") {
    const trace = stripVTControlCharacters(output.traceback.join("\n"));
    return `<pre class="stream error">${textHtml(`${output.ename}: ${output.evalue}\n${trace}`)}</pre>`;
  }
  return displayPart(output);
}

function textOf({ data }: Pick<DisplayOutput, "data">, type: string): string | null {
  const value = data[type];
  return Array.isArray(value) ? value.join("") : typeof value === "string" ? value : null;
}

/** The richest form that a page without a kernel can show. */
function displayPart(output: DisplayOutput): Part {
  const { figure, table } = (output.metadata.prospectivity ?? {}) as {
    readonly figure?: string;
    readonly table?: string;
  };
  const plain = textOf(output, "text/plain") ?? "";
  const svg = textOf(output, "image/svg+xml");
  if (svg !== null) {
    const kinds = figure === undefined ? [] : ["svg", "png", "pdf"];
    return {
      id: figure === undefined ? null : `figure-${figure}`,
      svg: svg.replace(/^<\?xml[^>]*\?>\s*/, ""),
      spec: output.data[chartType],
      alt: plain,
      files: kinds.map((kind) => `figures/${figure}.${kind}`),
    };
  }
  const html = textOf(output, "text/html");
  if (html !== null) return tableHtml(html, table);
  const markdown = textOf(output, "text/markdown");
  if (markdown !== null) return `<div class="prose said">${markdownHtml(markdown)}</div>`;
  return `<pre class="stream">${textHtml(plain)}</pre>`;
}

/** A table, which may be wider than the page, and the name of its file. */
function tableHtml(html: string, table: string | undefined): string {
  const [, caption] = html.match(/<caption>(.*?)<\/caption>/) ?? [];
  const name = caption ?? table ?? "Output";
  const file =
    table === undefined
      ? ""
      : `<a href="tables/${textHtml(table)}.csv" download>tables/${textHtml(table)}.csv</a>`;
  // biome-ignore format: one element
  return `<div class="output"><div class="scrolls" role="group" aria-label="${name}" tabindex="0">${html}</div><p class="files">${file}</p></div>`;
}
