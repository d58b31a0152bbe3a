import { posix } from "node:path";
import { textHtml } from "../report/markdown";
import type { Heading } from "../report/parts";
import { pageGroups, type SitePage } from "./pages";

/** What stands in a page of the site. */
export interface SiteContent {
  readonly title: string;
  readonly html: string;
  /** Listed below the page's name in the contents. */
  readonly headings: readonly Heading[];
}

/** The site's name, in the title of every page. */
const SITE = "Prospectivity notebooks";

/**
 * A whole page: contents beside it, or below it on a narrow screen; one style sheet, no script but
 * one that the content brings.
 *
 * @param extras links that the first group of the contents has besides documents, from the site's folder
 */
export function sitePageHtml(
  { page }: SitePage,
  { title, html, headings }: SiteContent,
  extras: readonly SitePage[],
): string {
  const up = (to: string) => posix.relative(posix.dirname(page), to);
  const whole = page === "index.html" ? SITE : `${title} | ${SITE}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${textHtml(whole)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up("style.css")}">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar"><a href="${up("index.html")}">${SITE}</a> <a href="#contents">Contents</a></header>
<main id="content" tabindex="-1">
${html}
</main>
${contentsHtml(page, up, headings, extras)}
</body>
</html>
`;
}

function contentsHtml(
  page: string,
  up: (to: string) => string,
  headings: readonly Heading[],
  extras: readonly SitePage[],
): string {
  const item = ({ page: to, name }: SitePage) => {
    if (to !== page) return `<li><a href="${up(to)}">${textHtml(name)}</a></li>`;
    const inner = headings.map(
      ({ id, title }) => `<li><a href="#${id}">${textHtml(title)}</a></li>`,
    );
    const list = inner.length === 0 ? "" : `<ol>${inner.join("")}</ol>`;
    return `<li><a href="${up(to)}" aria-current="page">${textHtml(name)}</a>${list}</li>`;
  };
  const groups = pageGroups.map(({ title, pages }, at) => {
    const listed = at === 0 ? [...pages, ...extras] : pages;
    return `<h2>${textHtml(title)}</h2>\n<ol>${listed.map(item).join("\n")}</ol>`;
  });
  return `<nav class="contents" id="contents" aria-label="Contents">
${groups.join("\n")}
</nav>`;
}
