import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { textHtml } from "./markdown";

/** One section of the page, with an id for the table of contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: string;
  readonly hasFailed: boolean;
}

const style = `
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #d8d8d8; --soft: #f5f5f3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #16181a; --line: #3a3d40; --soft: #202326; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 17px/1.55 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif; }
header, main, nav { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; font-weight: 600; }
section > h1, .prose h1 { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
nav ol { padding-left: 1.2rem; }
a { color: inherit; text-underline-offset: 3px; }
pre { overflow-x: auto; padding: .7rem .9rem; background: var(--soft); border-radius: 4px; font-size: .82rem; line-height: 1.4; }
details.code { margin: .6rem 0; font-size: .85rem; color: #777; }
details.code summary { cursor: pointer; }
details.code pre { color: var(--ink); }
.hljs-keyword, .hljs-built_in { color: #8250df; } .hljs-string { color: #0a7a3d; } .hljs-comment { color: #777; } .hljs-number { color: #b35900; }
.output { overflow-x: auto; }
table { border-collapse: collapse; font-size: .86rem; margin: .8rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .2rem 0; }
th, td { padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { border-bottom: 2px solid var(--line); }
figure { margin: 1.2rem 0; padding: .8rem; background: #fff; border-radius: 4px; overflow-x: auto; }
figure svg:not(summary svg) { max-width: 100%; height: auto; }
.failed { border-left: 4px solid #c62828; padding: .2rem 1rem; }
.changed { border-left: 4px solid #b35900; padding: .2rem 1rem; }
.error { border-left: 3px solid #c62828; }
@media print { details.code, .vega-actions { display: none; } figure { break-inside: avoid; } }
`;

const script = `
const charts = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    charts.unobserve(target);
    const spec = JSON.parse(target.querySelector("script.spec").textContent);
    const chart = target.querySelector(".chart");
    const place = document.createElement("div");
    chart.after(place);
    vegaEmbed(place, spec, { mode: "vega-lite", renderer: "svg", actions: { source: false, compiled: false, editor: false, export: true } })
      .then(() => { chart.remove(); place.classList.add("chart", "interactive"); }, (error) => { place.remove(); console.error(error); });
  }
}, { rootMargin: "400px" });
for (const spec of document.querySelectorAll("figure > script.spec")) charts.observe(spec.parentElement);
`;

/** A page that needs nothing from outside: style, font, scripts and data are all in it. */
export function pageHtml(
  title: string,
  introduction: string,
  sections: readonly Section[],
): string {
  const contents = sections
    .map(({ id, title: heading, hasFailed }) => {
      const mark = hasFailed ? " (failed)" : "";
      return `<li><a href="#${id}">${textHtml(heading)}</a>${mark}</li>`;
    })
    .join("\n");
  const body = sections
    .map(
      ({ id, html, hasFailed }) =>
        `<section id="${id}"${hasFailed ? ' class="failed"' : ""}>${html}</section>`,
    )
    .join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${textHtml(title)}</title>
<style>${fontFace(400, "400Regular/SourceSans3_400Regular.ttf")}${fontFace(600, "600SemiBold/SourceSans3_600SemiBold.ttf")}${style}</style>
</head>
<body>
<header><h1>${textHtml(title)}</h1>${introduction}</header>
<nav aria-label="Contents"><h2>Contents</h2><ol>${contents}</ol></nav>
<main>${body}</main>
${libraries().map(inlineScript).join("\n")}
${inlineScript(script)}
</body>
</html>
`;
}

const locate = createRequire(join(__dirname, "..", "..", "lib", "package.json"));

function fontFace(weight: number, file: string): string {
  const path = locate.resolve(`@expo-google-fonts/source-sans-3/${file}`);
  const data = readFileSync(path).toString("base64");
  return `@font-face { font-family: "Source Sans 3"; font-weight: ${weight}; src: url(data:font/ttf;base64,${data}); }\n`;
}

/** Browser builds of Vega, Vega-Lite and vega-embed, in the order in which they need each other. */
function libraries(): string[] {
  const builds = [
    ["vega", "vega.min.js"],
    ["vega-lite", "vega-lite.min.js"],
    ["vega-embed", "vega-embed.min.js"],
  ];
  return builds.map(([name, file]) => {
    const paths = createRequire(__filename).resolve.paths(name) ?? [];
    for (const path of paths) {
      try {
        return readFileSync(join(path, name, "build", file), "utf8");
      } catch {
        // Not in this folder; the next one up may have it.
      }
    }
    throw new Error(`${name} is not installed above ${dirname(__filename)}`);
  });
}

function inlineScript(code: string): string {
  return `<script>${code.replaceAll("</script", "<\\/script")}</script>`;
}
