import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Figure, labelled } from "../../lib/src/figures/figure";

/** The browser builds that JupyterLab, VS Code and the report draw charts with. */
const scripts = ["vega", "vega-lite", "vega-embed"].map((name) => {
  const path = join(__dirname, "../../node_modules", name, "build", `${name}.min.js`);
  return `<script>${readFileSync(path, "utf8").replaceAll("</script", "<\\/script")}</script>`;
});

/** Writes a page with one figure of a synthetic study, drawn by vega-embed, and gives its address. */
export function chartPage(figure: Figure): string {
  const { spec, live = spec } = labelled(figure, {
    ...{ title: "Test", kind: "synthetic", licence: "MIT" },
  });
  const json = JSON.stringify(live).replaceAll("<", "\\u003c");
  const page = join(mkdtempSync(join(tmpdir(), "chart-")), "chart.html");
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><body><figure></figure>${scripts.join("\n")}
<script>vegaEmbed("figure", ${json}, { actions: false }).then(() => { document.body.id = "drawn"; });</script>`,
  );
  return pathToFileURL(page).href;
}
