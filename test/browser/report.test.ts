import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { writeReport } from "../../scripts/report/report";
import { describeInBrowser, overflowing } from "../support/browser";

const spec = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  data: { values: [{ layer: "gold", auc: 0.8 }] },
  mark: "bar",
  encoding: { x: { field: "auc", type: "quantitative" }, y: { field: "layer", type: "nominal" } },
};

function reportWithChart(): string {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  const output = {
    output_type: "display_data",
    data: {
      "application/vnd.vegalite.v5+json": spec,
      "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'></svg>",
      "text/plain": "A chart of layers",
    },
    metadata: {},
  };
  const cells = [{ cell_type: "code", id: "a", metadata: {}, source: "", outputs: [output] }];
  const notebook = join(folder, "00-evidence.ipynb");
  writeFileSync(notebook, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  const outputPath = join(folder, "report.html");
  writeReport({ notebooks: [notebook], runJson: join(folder, "run.json"), outputPath });
  return pathToFileURL(outputPath).href;
}

describeInBrowser("the report", (visit) => {
  it("draws a chart's menu as a small sign, where three black discs of 130 px once stood", async () => {
    const { page, errors } = await visit(reportWithChart());
    const sign = page.locator("figure summary svg");
    await sign.waitFor();
    const box = await sign.boundingBox();
    expect(box?.width).toBeLessThanOrEqual(20);
    expect(box?.height).toBeLessThanOrEqual(20);
    expect(await overflowing(page, "figure")).toEqual([]);
    expect(errors).toEqual([]);
  });
});
