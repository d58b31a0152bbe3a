import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { writeWhole } from "../../lib/src/files";
import { fontStyle } from "../font-style";
import { documentHtml } from "../report/markdown";
import type { ExecutedStudy, ListedNotebook } from "./executed";
import {
  COMPARISONS_MARK,
  comparisonsHtml,
  DISTRICTS_MARK,
  districtsHtml,
  type MadeComparison,
} from "./gallery";
import { libraryReference } from "./library/reference";
import { siteLinks } from "./links";
import { type SiteContent, sitePageHtml } from "./page-html";
import { type SitePage, sitePages } from "./pages";

/** What pages show besides documents. */
export interface Shown {
  readonly studies: readonly ExecutedStudy[];
  readonly notebooks: readonly ListedNotebook[];
  readonly comparisons: readonly MadeComparison[];
  /** Pages that are no documents, such as the playground, from the site's folder. */
  readonly extras: readonly SitePage[];
}

/** The report's style sheets that fit documents, a later one over an earlier. */
const REPORT_STYLES = ["base", "chapters", "contents", "tables", "head", "print"];

/** Builds all pages that are made of documents, with the files that these link. */
export async function buildPages(root: string, out: string, shown: Shown): Promise<void> {
  const files = new Set<string>();
  const script = await findScript();
  for (const page of sitePages) {
    const content =
      page.page === "library.html"
        ? libraryReference(root, script)
        : documentContent(root, page, files, shown);
    writeWhole(join(out, page.page), sitePageHtml(page, content, shown.extras));
  }
  for (const file of files) cpSync(join(root, file), join(out, "files", file));
  writeWhole(join(out, "style.css"), siteStyle());
}

function documentContent(
  root: string,
  page: SitePage,
  files: Set<string>,
  { studies, notebooks, comparisons }: Shown,
): SiteContent {
  const text = readFileSync(join(root, page.source), "utf8");
  const { html, ...rest } = documentHtml(text, siteLinks(root, page, sitePages, files));
  const whole = html
    .replace(DISTRICTS_MARK, () => districtsHtml(studies, notebooks))
    .replace(COMPARISONS_MARK, () => comparisonsHtml(comparisons));
  return { ...rest, html: whole };
}

function siteStyle(): string {
  const sheets = REPORT_STYLES.map((name) =>
    join(__dirname, "..", "report", "style", `${name}.css`),
  );
  const texts = [...sheets, join(__dirname, "site.css")].map((path) => readFileSync(path, "utf8"));
  return [fontStyle(), ...texts].join("\n");
}

/** The script that finds names in the library's page. */
async function findScript(): Promise<string> {
  const bundle = await rolldown({ input: join(__dirname, "client", "find.ts") });
  const { output } = await bundle.generate({ format: "iife", minify: true });
  await bundle.close();
  return output[0].code.replaceAll("</script", "<\\/script");
}
