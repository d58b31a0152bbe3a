import { join } from "node:path";
import { InputError } from "../errors";
import { writeWhole } from "../files";
import type { Figure } from "./figure";
import { renderPdf, renderPng, renderSvg } from "./render";

/** The files of a saved figure. */
export interface SavedFigure {
  readonly svg: string;
  readonly png: string;
  readonly pdf: string;
}

/**
 * Saves a figure as id.svg, id.png (300 dpi) and id.pdf; each file appears whole or not at all.
 *
 * @param id lower-case letters, digits and dashes, such as "roc-main"
 * @throws InputError when the id is none or the folder cannot be written
 */
export async function saveFigure(figure: Figure, id: string, folder: string): Promise<SavedFigure> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new InputError({
      kind: "parameter",
      field: "figure id",
      found: JSON.stringify(id),
      expected: 'lower-case letters, digits and single dashes, such as "roc-main"',
    });
  }
  const [svg, png, pdf] = await Promise.all([
    renderSvg(figure),
    renderPng(figure),
    renderPdf(figure),
  ]);
  const files = {
    svg: join(folder, `${id}.svg`),
    png: join(folder, `${id}.png`),
    pdf: join(folder, `${id}.pdf`),
  };
  writeWhole(files.svg, svg);
  writeWhole(files.png, png);
  writeWhole(files.pdf, pdf);
  return files;
}
