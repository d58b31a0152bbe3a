import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Cell, readNotebook, sourceOf } from "../jupyter/notebook-file";
import { cellHtml, outputsHtml } from "../report/cells";
import { textHtml } from "../report/markdown";
import { pageHtml, type Section } from "../report/page";

/** The heading whose cells say it all; they stand at the head of the page, without their code. */
const GLANCE = "At a glance";

/** A heading of a notebook and the cells below it, the heading's own first. */
interface Chapter {
  readonly title: string;
  readonly cells: readonly Cell[];
}

/**
 * The page of a comparison, which opens without network: at its head what each study says at a
 * glance, then the chapters of its executed notebook.
 *
 * @param paths of executed notebooks, one a study, each in the folder of its study
 */
export function comparisonPage(names: readonly string[], paths: readonly string[]): string {
  const studies = paths.map((path) => ({
    ...{ path, study: basename(dirname(path)) },
    chapters: chaptersOf(readNotebook(path).cells),
  }));
  const isOne = studies.length === 1;
  const introduction = studies.map(({ study, chapters }) => {
    const glance = chapters.find(({ title }) => title === GLANCE)?.cells ?? [];
    const heading = isOne ? "" : `<h2>${textHtml(study)}</h2>`;
    return `${heading}${glance.map(outputsHtml).join("\n")}`;
  });
  const sections = studies.flatMap(({ study, path, chapters }) => [
    ...chapters
      .filter(({ title }) => title !== GLANCE && title !== "")
      .map(({ title, cells }, at): Section => {
        const heading = isOne ? title : `${study}: ${title}`;
        const html = cells.map(cellHtml).join("\n");
        return { id: `${study}-${at + 1}`, title: heading, html, hasFailed: false };
      }),
    factsSection(study, path, isOne),
  ]);
  return pageHtml(titleOf(names), introduction.join("\n"), sections);
}

function titleOf(names: readonly string[]): string {
  const [last, ...others] = [...names].reverse();
  if (names.length > 4) return `Variants side by side: ${names[0]} and ${others.length} others`;
  return `Variants side by side: ${others.reverse().join(", ")} and ${last}`;
}

/** The cells by the headings of second order; what stands before the first has no title. */
function chaptersOf(cells: readonly Cell[]): Chapter[] {
  const chapters: { title: string; cells: Cell[] }[] = [{ title: "", cells: [] }];
  for (const cell of cells) {
    const [, title] = (cell.cell_type === "markdown" && /^## (.*)/.exec(sourceOf(cell))) || [];
    if (title !== undefined) chapters.push({ title, cells: [] });
    chapters[chapters.length - 1].cells.push(cell);
  }
  return chapters;
}

function factsSection(study: string, path: string, isOne: boolean): Section {
  const record = readFileSync(join(dirname(path), "run.json"), "utf8");
  const title = isOne ? "How this was made" : `${study}: how this was made`;
  const html = `<h2>${textHtml(title)}</h2><p>What each variant sets, versions, hashes of the inputs and trainings, as run.json has them. The notebook is <code>${study}/compare.ipynb</code>; figures and tables lie beside it.</p><details><summary>run.json</summary><pre>${textHtml(record)}</pre></details>`;
  return { id: `${study}-run`, title, html, hasFailed: false };
}
