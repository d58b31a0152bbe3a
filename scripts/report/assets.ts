import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";

const require = createRequire(__filename);

/** Style sheets of every page, a later one over an earlier. */
const styles = ["base", "contents", "chapters", "tables", "figures", "head", "enlarged", "print"];

/** The style of every page. */
export function pageStyle(): string {
  return styles
    .map((name) => readFileSync(join(__dirname, "style", `${name}.css`), "utf8"))
    .join("\n");
}

/**
 * Source Sans 3 as the figures are set in it, in the pieces that browsers need for Latin and Greek;
 * characters beyond them come from the reader's system.
 */
export function fontStyle(): string {
  const pieces = ["latin", "greek"].flatMap((subset) =>
    [400, 600].map((weight) => ({ subset, weight })),
  );
  const ranges: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(require.resolve("@fontsource/source-sans-3/unicode.json"), "utf8"),
  );
  return pieces
    .map(({ subset, weight }) => {
      const file = `@fontsource/source-sans-3/files/source-sans-3-${subset}-${weight}-normal.woff2`;
      const data = readFileSync(require.resolve(file)).toString("base64");
      return `@font-face { font-family: "Source Sans 3"; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) format("woff2"); unicode-range: ${ranges[subset]}; }\n`;
    })
    .join("");
}

/** The script of every page (client/), as one text that can stand in a script element. */
export async function pageScript(): Promise<string> {
  const bundle = await rolldown({ input: join(__dirname, "client", "page.ts") });
  const { output } = await bundle.generate({ format: "iife", minify: true });
  await bundle.close();
  return output[0].code.replaceAll("</script", "<\\/script");
}

/** Browser builds of Vega, its tooltips, Vega-Lite and vega-embed, in the order in which they need each other. */
export function libraries(): string[] {
  const builds = [
    ["vega", "vega.min.js"],
    ["vega-tooltip", "vega-tooltip.min.js"],
    ["vega-lite", "vega-lite.min.js"],
    ["vega-embed", "vega-embed.min.js"],
  ];
  return builds.map(([name, file]) => {
    for (const path of require.resolve.paths(name) ?? []) {
      try {
        return readFileSync(join(path, name, "build", file), "utf8");
      } catch {
        // Not in this folder; the next one up may have it.
      }
    }
    throw new Error(`${name} is not installed above ${dirname(__filename)}`);
  });
}
