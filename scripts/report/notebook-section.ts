import { basename } from "node:path";
import { type NotebookFile, readNotebook, sourceOf } from "../jupyter/notebook-file";
import { cellParts } from "./cells";
import { textHtml } from "./markdown";
import type { Section } from "./parts";

/** Id of a notebook by its path: the name without its ending. */
export function notebookId(path: string): string {
  return basename(path).replace(/(\.failed)?\.ipynb$/, "");
}

/** The first heading of a notebook; its id where it has none. */
export function notebookTitle({ cells }: NotebookFile, id: string): string {
  const [, title] =
    cells
      .map(sourceOf)
      .join("\n")
      .match(/^# (.*)$/m) ?? [];
  return title ?? id;
}

/** An executed notebook as a chapter; one that failed says where at its head. */
export function notebookSection(path: string): Section {
  const file = readNotebook(path);
  const id = notebookId(path);
  const failure = file.metadata.prospectivity as
    | { readonly status?: string; readonly cell?: number; readonly message?: string }
    | undefined;
  const hasFailed = failure?.status === "failed";
  const notice = hasFailed
    ? `<p><strong>Code cell ${failure.cell} failed.</strong></p><pre class="stream error">${textHtml(failure.message ?? "")}</pre>`
    : "";
  const cells = file.cells.map((cell) => cellParts(cell, id));
  return {
    id,
    title: notebookTitle(file, id),
    parts: [notice, ...cells.flatMap(({ parts }) => parts)],
    headings: cells.flatMap(({ headings }) => headings),
    hasFailed,
  };
}
