import katex from "@vscode/markdown-it-katex";
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt from "markdown-it";

hljs.registerLanguage("typescript", typescript);

// Formulas become MathML, which browsers draw without fonts or style sheets of KaTeX's.
const plugin = (katex as { default?: typeof katex }).default ?? katex;
const renderer = new MarkdownIt({ html: true }).use(plugin, { output: "mathml" } as object);

/** Prose with formulas as HTML; a link to another notebook leads to its section of the page. */
export function markdownHtml(markdown: string): string {
  return renderer.render(markdown.replace(/\]\((\d\d-[\w-]+)\.ipynb\)/g, "](#$1)"));
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
