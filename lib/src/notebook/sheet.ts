import { readFileSync } from "node:fs";
import type { Figure } from "../figures/figure";
import { FONT_FILES } from "../figures/font-files";
import type { SheetDraft } from "../findings/target-sheet";
import type { Study } from "../study/types";
import { sheetHtml } from "../tables/sheet";

/** What a sheet is made of. */
interface SheetParts {
  readonly title: string;
  /** Notebook, seed and what was changed, as it stands on every page. */
  readonly made: string;
  readonly pages: readonly SheetDraft[];
  /** A figure as SVG. */
  draw(figure: Figure): Promise<string>;
}

/** Pages for paper as one HTML file, each with what the study is and under which licence. */
export async function sheetOf(
  study: Pick<Study, "title" | "kind" | "licence" | "crs">,
  { title, made, pages, draw }: SheetParts,
): Promise<string> {
  const drawn = [];
  for (const { figure, ...page } of pages) drawn.push({ ...page, picture: await draw(figure) });
  const kind = study.kind === "synthetic" ? "synthetic data" : `data: ${study.licence}`;
  const source = `${study.title} · ${study.crs.name} · ${kind} · ${made}`;
  const fonts = {
    regular: readFileSync(FONT_FILES.regular),
    semibold: readFileSync(FONT_FILES.semibold),
  };
  return sheetHtml({ title, source, pages: drawn, fonts });
}
