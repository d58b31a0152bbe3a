import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readRun } from "../../lib/src/runs/record-files";
import { textHtml } from "../report/markdown";
import type { ExecutedStudy, ListedNotebook } from "./executed";

/** Marks in docs/gallery.md where the site puts what only it has. */
export const DISTRICTS_MARK = "<!-- districts -->";
export const COMPARISONS_MARK = "<!-- comparisons -->";

/** A comparison of variants that has been made. */
export interface MadeComparison {
  /** Variants in the order of the comparison. */
  readonly names: readonly string[];
  readonly folder: string;
  /** At the paper's settings but for what the variants set; else it is no result. */
  readonly isPaper: boolean;
}

/** The comparisons that a results folder holds. */
export function madeComparisons(results: string): MadeComparison[] {
  const folder = join(results, "compare");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, "compare.html")))
    .map((name) => ({
      ...{ names: name.split("+"), folder: join(folder, name) },
      isPaper: isOfPaper(join(folder, name)),
    }));
}

/** Whether the notebooks of a comparison, one a study, all ran at the paper's profile. */
function isOfPaper(folder: string): boolean {
  const runs = readdirSync(folder)
    .map((study) => readRun(join(folder, study)))
    .filter((run) => run !== null);
  const records = runs.flatMap(({ notebooks = {} }) => Object.values(notebooks));
  return records.length > 0 && records.every(({ profile }) => profile === "paper");
}

/** The districts, each with its map and headline numbers, then every notebook of every district. */
export function districtsHtml(
  studies: readonly ExecutedStudy[],
  notebooks: readonly ListedNotebook[],
): string {
  const cards =
    studies.length === 0
      ? "<p><strong>No notebook has been executed</strong> where this site was built, and so there is none here.</p>"
      : `<ul class="districts">${studies.map(cardHtml).join("\n")}</ul>`;
  return `${cards}
<h2 id="notebooks">The notebooks, executed</h2>
<p>Each opens in the report of its district: prose, code, tables and figures that answer to the pointer. The file is the executed notebook itself.</p>
${tableHtml(studies, notebooks)}`;
}

function cardHtml({ study, title, kind, numbers, seeds, executed, older }: ExecutedStudy): string {
  const words = kind === "synthetic" ? "Synthetic data, generated" : "Real data";
  const rows = numbers.flatMap(({ what, found }) => {
    if (found === null) return [];
    const interval = found.interval === null ? "" : ` (${found.interval})`;
    return [`<tr><th scope="row">${textHtml(what)}</th><td>${found.value}${interval}</td></tr>`];
  });
  const synthetic = kind === "synthetic" ? ", synthetic" : "";
  const map = executed.has("07-prospectivity-map")
    ? `<img src="results/${study}/figures/prospectivity-map.png" alt="Prospectivity map of ${textHtml(title)}${synthetic}">`
    : "<p>Notebook 07, which draws the map, has not been executed.</p>";
  const notice =
    older.length === 0
      ? ""
      : `<p class="notice"><strong>Made by older code or data:</strong> ${older.join(", ")}.</p>`;
  return `<li><p><span class="kind ${kind}">${words}</span></p>
<h3><a href="results/${study}/report.html">${textHtml(title)}</a></h3>
${map}
<div class="scrolls" role="group" aria-label="Numbers of ${textHtml(title)}" tabindex="0"><table><tbody>${rows.join("")}</tbody></table></div>
<p>95 % intervals in brackets. Settings of the paper, seed ${seeds.join(" and ")}.</p>${notice}</li>`;
}

function tableHtml(
  studies: readonly ExecutedStudy[],
  notebooks: readonly ListedNotebook[],
): string {
  const heads = studies.map(({ study }) => `<th scope="col">${study}</th>`).join("");
  const rows = notebooks.map(({ id, title }) => {
    const cells = studies.map(({ study, executed }) =>
      executed.has(id)
        ? `<td><a href="results/${study}/report.html#${id}">${study} ${id.slice(0, 2)}</a> <a href="results/${study}/notebooks/${id}.ipynb" download>file</a></td>`
        : "<td>not executed</td>",
    );
    return `<tr id="${id}"><th scope="row">${textHtml(title)}</th>${cells.join("")}</tr>`;
  });
  return `<div class="scrolls" role="group" aria-label="Executed notebooks" tabindex="0"><table><thead><tr><th scope="col">Notebook</th>${heads}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
}

/** The comparisons of variants, as a list of links. */
export function comparisonsHtml(comparisons: readonly MadeComparison[]): string {
  if (comparisons.length === 0) {
    return "<p><strong>No variants have been compared</strong> where this site was built.</p>";
  }
  const items = comparisons.map(({ names, isPaper }) => {
    const caution = isPaper ? "" : ": not at the paper's profile, and so no result";
    const folder = names.join("+");
    return `<li><a href="results/compare/${encodeURIComponent(folder)}/compare.html">${textHtml(names.join(", "))}</a>${caution}</li>`;
  });
  return `<ul>${items.join("\n")}</ul>`;
}
