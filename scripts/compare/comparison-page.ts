import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Cell, readNotebook, sourceOf } from "../jupyter/notebook-file";
import { cellParts } from "../report/cells";
import { textHtml } from "../report/markdown";
import { pageHtml } from "../report/page";
import type { Part, Section } from "../report/parts";

/** The heading whose cells say it all; they stand at the head of the page, without their code. */
const GLANCE = "At a glance";

/** A heading of a notebook and the cells below it; prose under the heading itself comes first. */
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
export async function comparisonPage(
  names: readonly string[],
  paths: readonly string[],
): Promise<string> {
  const studies = paths.map((path) => ({
    ...{ path, study: basename(dirname(path)) },
    chapters: chaptersOf(readNotebook(path).cells),
  }));
  const isOne = studies.length === 1;
  const head = studies.flatMap(({ study, chapters }) => {
    const glance = chapters.find(({ title }) => title === GLANCE)?.cells ?? [];
    return [
      isOne ? "" : `<h2>${textHtml(study)}</h2>`,
      ...glance.flatMap((cell) => outputsOf(cell, study)),
    ];
  });
  const sections = studies.flatMap(({ study, path, chapters }) => [
    ...chapters
      .filter(({ title }) => title !== GLANCE && title !== "")
      .map(({ title, cells }, at): Section => {
        const heading = isOne ? title : `${study}: ${title}`;
        const id = `${study}-${at + 1}`;
        const parts = cells.flatMap((cell) => partsOf(cell, id, study));
        return { id, title: heading, parts, headings: [], hasFailed: false };
      }),
    factsSection(study, path, isOne),
  ]);
  return pageHtml({ title: titleOf(names), head, sections });
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
    const found = cell.cell_type === "markdown" ? /^## (.*)\s*/.exec(sourceOf(cell)) : null;
    if (found === null) {
      chapters[chapters.length - 1].cells.push(cell);
      continue;
    }
    const [heading, title] = found;
    chapters.push({ title, cells: [{ ...cell, source: sourceOf(cell).slice(heading.length) }] });
  }
  return chapters;
}

/** What a code cell shows, without its code. */
function outputsOf(cell: Cell, study: string): Part[] {
  const [, ...shown] = cell.cell_type === "code" ? partsOf(cell, "", study) : [];
  return shown;
}

/** A cell as it reads; its figures and tables lie in the folder of the study. */
function partsOf(cell: Cell, chapter: string, study: string): Part[] {
  return cellParts(cell, chapter).parts.map((part) => {
    if (typeof part === "string") return part.replace(/href="tables\//g, `href="${study}/tables/`);
    const files = part.files.map((file) => `${study}/${file}`);
    return { ...part, files, id: part.id === null ? null : `${study}-${part.id}` };
  });
}

function factsSection(study: string, path: string, isOne: boolean): Section {
  const record = readFileSync(join(dirname(path), "run.json"), "utf8");
  const html = `<p>What each variant sets, versions, hashes of the inputs and trainings, as run.json has them. The notebook is <code>${textHtml(study)}/compare.ipynb</code>; figures and tables lie beside it.</p><pre class="facts" tabindex="0">${textHtml(record)}</pre>`;
  return {
    ...{ id: `${study}-run`, parts: [html], headings: [], hasFailed: false },
    title: isOne ? "How this was made" : `${study}: how this was made`,
  };
}
