import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const require = createRequire(__filename);

/** Style sheets of every page, a later one over an earlier. */
const styles = ["base", "contents", "chapters", "tables", "figures", "head", "enlarged", "print"];

/** The style of every page. */
export function pageStyle(): string {
  return styles
    .map((name) => readFileSync(join(__dirname, "style", `${name}.css`), "utf8"))
    .join("\n");
}

/** The script of every page (client/), as one text that can stand in a script element. */
export async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, "client", "page.ts")],
    ...{ bundle: true, format: "iife", minify: true, charset: "utf8", write: false },
  });
  return outputFiles[0].text.replaceAll("</script", "<\\/script");
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
