import { fontStyle } from "../font-style";
import { libraries, pageScript, pageStyle } from "./assets";
import { chartHtml } from "./chart";
import { textHtml } from "./markdown";
import { packedScript, packedSpecs } from "./packed";
import type { Chart, Part, Section } from "./parts";
import { sharedDrawings } from "./shared-drawings";

/** A page of chapters. */
export interface Page {
  readonly title: string;
  /** What stands on the first screen, below the title. */
  readonly head: readonly Part[];
  /** Chapters, folded until a reader opens them; one that failed is open. */
  readonly sections: readonly Section[];
}

/**
 * A page that needs nothing from outside: style, font, scripts and data are all in it, what several
 * charts hold once. Without scripts all of it can be read; with them charts are interactive, chapters
 * open by links, and tables sort.
 */
export async function pageHtml({ title, head, sections }: Page): Promise<string> {
  const charts = [head, ...sections.map(({ parts }) => parts)].flat().filter(isChart);
  const { drawings, store, images } = sharedDrawings(charts.map(({ svg }) => svg));
  const drawn = charts.filter(({ spec }) => spec !== undefined);
  const specs = packedSpecs(
    drawn.map(({ spec }) => spec),
    images,
  );
  const html = (parts: readonly Part[]) => parts.map(partHtml).join("\n");
  const partHtml = (part: Part) => {
    if (!isChart(part)) return part;
    const place = drawn.indexOf(part);
    return chartHtml(part, drawings[charts.indexOf(part)], place < 0 ? null : place);
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${textHtml(title)}</title>
<style>${fontStyle()}${pageStyle()}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${contentsHtml(sections)}
<main id="content" tabindex="-1">
<header id="top"><h1>${textHtml(title)}</h1>${html(head)}</header>
${sections.map((section) => sectionHtml(section, html(section.parts))).join("\n")}
</main>
${store}
${packedScript("specs", specs)}
${packedScript("libraries", libraries().join("\n;\n"))}
<script>${await pageScript()}</script>
</body>
</html>
`;
}

function isChart(part: Part): part is Chart {
  return typeof part !== "string";
}

function sectionHtml({ id, title, hasFailed }: Section, html: string): string {
  const kind = hasFailed ? "chapter failed" : "chapter";
  return `<section id="${id}" class="${kind}" aria-labelledby="${id}--title"><details${hasFailed ? " open" : ""}><summary><h2 id="${id}--title">${textHtml(title)}</h2></summary><div class="folded">${html}</div></details></section>`;
}

function contentsHtml(sections: readonly Section[]): string {
  const chapters = sections.map(({ id, title, headings, hasFailed }) => {
    const mark = hasFailed ? " (failed)" : "";
    const inner = headings.map(
      (heading) => `<li><a href="#${heading.id}">${textHtml(heading.title)}</a></li>`,
    );
    const list = inner.length === 0 ? "" : `<ol>${inner.join("")}</ol>`;
    return `<li><a href="#${id}">${textHtml(title)}</a>${mark}${list}</li>`;
  });
  return `<nav class="contents" aria-label="Contents">
<button type="button" class="menu" aria-expanded="false" aria-controls="chapters" hidden><span>Contents</span> <span class="here"></span></button>
<div id="chapters"><ol><li><a href="#top">At a glance</a></li>
${chapters.join("\n")}</ol>
<p><button type="button" class="fold" hidden>Open all chapters</button></p>
<p class="hint" hidden>Point at a figure for its values, click to enlarge it.</p></div>
</nav>`;
}
