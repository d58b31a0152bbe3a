import { escapeHtml } from "./escape-html";

/** A length in a bar chart, to the right above zero and to the left below. */
export interface SheetBar {
  readonly name: string;
  readonly value: number;
  /** What stands beside it, such as "+1.2, 2.3 SD high". */
  readonly text: string;
}

/** A page of a sheet. */
export interface SheetPage {
  readonly heading: string;
  /** Such as "Mean score" and "0.98", in two columns. */
  readonly facts: readonly (readonly [string, string])[];
  readonly barsTitle: string;
  readonly bars: readonly SheetBar[];
  /** An SVG document, as wide as the page. */
  readonly picture: string;
  /** What must be said beside it. */
  readonly caution: string;
}

/** Pages for paper. */
export interface Sheet {
  readonly title: string;
  /** Under the heading of every page: study, kind, licence, what made it. */
  readonly source: string;
  readonly pages: readonly SheetPage[];
  /** TrueType of the two weights. */
  readonly fonts: { readonly regular: Uint8Array; readonly semibold: Uint8Array };
}

const STYLE = `
@page { size: A4; margin: 14mm 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; width: 178mm; font: 10pt/1.4 "Source Sans 3", sans-serif; color: #1a1a1a;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
section { break-after: page; padding-top: 4mm; }
section:last-child { break-after: auto; }
h1 { font-size: 18pt; font-weight: 600; margin: 0; line-height: 1.2; }
.source { color: #555; margin: 1mm 0 4mm; font-size: 8.5pt; }
svg { display: block; max-width: 100%; height: auto; margin: 3mm 0 4mm; }
.columns { display: grid; grid-template-columns: 4fr 5fr; gap: 8mm; }
h2 { font-size: 11pt; font-weight: 600; margin: 0 0 1.5mm; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 400; color: #555; padding: 0.8mm 3mm 0.8mm 0; vertical-align: top;
  white-space: nowrap; }
td { padding: 0.8mm 0; vertical-align: top; }
tr + tr > * { border-top: 0.2mm solid #ddd; }
td + td { padding-left: 3mm; }
.bar { position: relative; display: block; width: 30mm; height: 3mm; margin-top: 0.8mm; }
.bar::before { content: ""; position: absolute; left: 50%; top: -0.6mm; bottom: -0.6mm;
  border-left: 0.2mm solid #888; }
.bar i { position: absolute; top: 0; bottom: 0; background: #b2182b; left: 50%; }
.bar i.against { background: #2166ac; left: auto; right: 50%; }
.caution { margin-top: 5mm; padding-top: 2mm; border-top: 0.2mm solid #888; color: #444;
  font-size: 8.5pt; }
@media screen { section { border-bottom: 1px solid #ccc; padding-bottom: 8mm; } }
`;

/** A sheet as one HTML file that needs no other and prints a page on a page of A4. */
export function sheetHtml({ title, source, pages, fonts }: Sheet): string {
  const faces = [
    ["400", fonts.regular],
    ["600", fonts.semibold],
  ] as const;
  const fontRules = faces.map(
    ([weight, bytes]) =>
      `@font-face { font-family: "Source Sans 3"; font-weight: ${weight}; src: url(data:font/ttf;base64,${Buffer.from(bytes).toString("base64")}); }`,
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title><style>${fontRules.join("")}${STYLE}</style></head><body>`,
    ...pages.map((page) => pageHtml(page, source)),
    "</body></html>\n",
  ].join("\n");
}

function pageHtml(page: SheetPage, source: string): string {
  const { heading, facts, barsTitle, bars, picture, caution } = page;
  const rows = facts.map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const longest = Math.max(...bars.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  const barRows = bars.map(({ name, value, text }) => {
    const width = (50 * Math.abs(value)) / longest;
    const side = value < 0 ? ' class="against"' : "";
    return `<tr><th>${escapeHtml(name)}</th><td><span class="bar"><i${side} style="width:${width.toFixed(1)}%"></i></span></td><td>${escapeHtml(text)}</td></tr>`;
  });
  return [
    `<section><h1>${escapeHtml(heading)}</h1><p class="source">${escapeHtml(source)}</p>`,
    picture,
    `<div class="columns"><div><h2>What is known of it</h2><table>${rows.join("")}</table></div>`,
    `<div><h2>${escapeHtml(barsTitle)}</h2><table>${barRows.join("")}</table></div></div>`,
    `<p class="caution">${escapeHtml(caution)}</p></section>`,
  ].join("\n");
}
