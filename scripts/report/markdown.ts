import katex from "@vscode/markdown-it-katex";
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt from "markdown-it";
import type { Heading } from "./parts";

hljs.registerLanguage("typescript", typescript);

// Formulas become MathML, which browsers draw without fonts or style sheets of KaTeX's.
const plugin = (katex as { default?: typeof katex }).default ?? katex;
const renderer = new MarkdownIt({ html: true }).use(plugin, { output: "mathml" } as object);

// A formula on lines of its own may be wider than a narrow screen.
const { math_block: drawnFormula } = renderer.renderer.rules;
renderer.renderer.rules.math_block = (...formula) =>
  `<div class="scrolls" role="group" aria-label="Formula" tabindex="0">${drawnFormula?.(...formula)}</div>`;

/** Prose as HTML, and the headings that the table of contents lists. */
export interface Prose {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/**
 * A notebook's prose with formulas as HTML. The title (`#`) is left out, since the chapter has it;
 * other headings go one level down, below the chapter's, with ids of their own. A link to another
 * notebook leads to its chapter.
 */
export function chapterProse(markdown: string, chapter: string): Prose {
  const environment = {};
  const tokens = renderer.parse(linked(markdown), environment);
  const headings: Heading[] = [];
  const kept = tokens.filter((token, at) => {
    const opening = [token, tokens[at - 1], tokens[at - 2]].find(
      (each) => each?.type === "heading_open",
    );
    return opening?.tag !== "h1";
  });
  for (const [at, token] of kept.entries()) {
    if (token.type !== "heading_open" && token.type !== "heading_close") continue;
    if (token.type === "heading_open") {
      const title = plainText(kept[at + 1].children ?? []);
      const id = `${chapter}--${slug(title)}`;
      token.attrSet("id", id);
      if (token.tag === "h2") headings.push({ id, title });
    }
    token.tag = `h${Math.min(6, Number(token.tag[1]) + 1)}`;
  }
  return { html: renderer.renderer.render(kept, renderer.options, environment), headings };
}

/** A document as HTML, its title apart. */
export interface Document extends Prose {
  /** The text of its first heading of first order. */
  readonly title: string;
}

/**
 * A document of the project as HTML: headings as they are, with the ids by which links within
 * Markdown know them on a forge; tables and code scroll by themselves where they are too wide.
 *
 * @param target where a link or an image leads, by what the document says
 */
export function documentHtml(markdown: string, target: (said: string) => string): Document {
  const tokens = renderer.parse(markdown, {});
  const headings: (Heading & { readonly tag: string })[] = [];
  const taken = new Map<string, number>();
  for (const [at, token] of tokens.entries()) {
    if (token.type === "heading_open") {
      const title = plainText(tokens[at + 1].children ?? []);
      const name = forgeSlug(title);
      const times = taken.get(name) ?? 0;
      taken.set(name, times + 1);
      const id = times === 0 ? name : `${name}-${times}`;
      token.attrSet("id", id);
      headings.push({ id, title, tag: token.tag });
    }
    for (const each of [token, ...(token.children ?? [])]) {
      for (const name of ["href", "src"]) {
        const said = each.attrGet(name);
        if (said !== null) each.attrSet(name, target(String(said)));
      }
      if (each.type !== "html_block" && each.type !== "html_inline") continue;
      const led = (_: string, name: string, said: string) => `${name}="${target(said)}"`;
      each.content = each.content.replace(/\b(href|src)="([^"]*)"/g, led);
    }
  }
  const html = renderer.renderer
    .render(tokens, renderer.options, {})
    .replace(
      /<table>/g,
      '<div class="scrolls" role="group" aria-label="Table" tabindex="0"><table>',
    )
    .replace(/<\/table>/g, "</table></div>")
    // A corner without words heads nothing.
    .replace(/<th><\/th>/g, "<td></td>")
    .replace(/<pre>/g, '<pre tabindex="0">');
  const [first] = headings.filter(({ tag }) => tag === "h1");
  return { html, title: first?.title ?? "", headings: headings.filter(({ tag }) => tag === "h2") };
}

function plainText(children: readonly { readonly content: string }[]): string {
  return children
    .map(({ content }) => content)
    .join("")
    .trim();
}

/** The id that forges give a heading. */
function forgeSlug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

/** Prose with formulas as HTML, headings as they are. */
export function markdownHtml(markdown: string): string {
  return renderer.render(linked(markdown));
}

/** Links as they lead within a report, which is itself what the line about the gallery leads to. */
function linked(markdown: string): string {
  return markdown
    .replace(/^.*\]\(\.\.\/docs\/gallery\.md\).*$/m, "")
    .replace(/\]\((\d\d-[\w-]+)\.ipynb\)/g, "](#$1)");
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** TypeScript with its words marked for colouring. */
export function codeHtml(code: string): string {
  return hljs.highlight(code, { language: "typescript" }).value;
}

/** Text made safe to stand in HTML. */
export function textHtml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character]);
}
