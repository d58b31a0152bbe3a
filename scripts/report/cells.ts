import { stripVTControlCharacters } from "node:util";
import { type Cell, type Output, sourceOf } from "../jupyter/notebook-file";
import { codeHtml, markdownHtml, textHtml } from "./markdown";

const chartType = "application/vnd.vegalite.v5+json";

/** A cell as HTML: prose as it reads, code folded, outputs below it. */
export function cellHtml(cell: Cell): string {
  const source = sourceOf(cell);
  if (cell.cell_type === "markdown") return `<div class="prose">${markdownHtml(source)}</div>`;
  if (cell.cell_type === "raw") return "";
  return `<details class="code"><summary>Code</summary><pre><code>${codeHtml(source)}</code></pre></details>\n${outputsHtml(cell)}`;
}

/** What a cell shows, without its code; nothing of a cell that has none. */
export function outputsHtml({ outputs = [] }: Cell): string {
  return outputs.map(outputHtml).join("\n");
}

function outputHtml(output: Output): string {
  if (output.output_type === "stream") {
    const kind = output.name === "stderr" ? "stream error" : "stream";
    return `<pre class="${kind}">${textHtml(stripVTControlCharacters(output.text))}</pre>`;
  }
  if (output.output_type === "error") {
    const trace = stripVTControlCharacters(output.traceback.join("\n"));
    return `<pre class="stream error">${textHtml(`${output.ename}: ${output.evalue}\n${trace}`)}</pre>`;
  }
  return displayHtml(output.data, output.metadata);
}

/** The richest form that a page without a kernel can show. */
function displayHtml(
  data: { readonly [mimeType: string]: unknown },
  metadata: { readonly [name: string]: unknown },
): string {
  const text = (type: string) => {
    const value = data[type];
    return Array.isArray(value) ? value.join("") : typeof value === "string" ? value : null;
  };
  const plain = text("text/plain") ?? "";
  const svg = text("image/svg+xml");
  if (svg !== null) return chartHtml(svg, data[chartType], plain, metadata);
  const html = text("text/html");
  if (html !== null) return `<div class="output">${html}</div>`;
  const markdown = text("text/markdown");
  if (markdown !== null) return `<div class="prose said">${markdownHtml(markdown)}</div>`;
  return `<pre class="stream">${textHtml(plain)}</pre>`;
}

/** The drawing, which a script replaces by the interactive chart once it is scrolled into view. */
function chartHtml(
  svg: string,
  spec: unknown,
  alt: string,
  metadata: { readonly [name: string]: unknown },
): string {
  const { figure } = (metadata.prospectivity ?? {}) as { figure?: string };
  const id = figure === undefined ? "" : ` id="figure-${textHtml(figure)}"`;
  const drawing = svg.replace(/^<\?xml[^>]*\?>\s*/, "");
  const chart = `<div class="chart" role="img" aria-label="${textHtml(alt)}">${drawing}</div>`;
  // "<" is written as an escape, so that nothing in the data can end the script element.
  const json = spec === undefined ? "" : JSON.stringify(spec).replaceAll("<", "\\u003c");
  const data = json === "" ? "" : `<script type="application/json" class="spec">${json}</script>`;
  return `<figure${id}>${chart}${data}</figure>`;
}
