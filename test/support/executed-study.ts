import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { successRateCurve } from "../../lib/src/evaluation/success-rate";
import { type Figure, labelled } from "../../lib/src/figures/figure";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { renderSvg } from "../../lib/src/figures/render";
import { successRatePanels } from "../../lib/src/figures/success-rate-panels";
import { tableHtml, tableText } from "../../lib/src/tables/table";
import { writeReport } from "../../scripts/report/report";
import { fakeFaults, fakeGrid, fakeOccurrences, fakeScores } from "../figures/fixtures";

const study = {
  id: "made-up",
  title: "A made-up district for tests",
  kind: "synthetic" as const,
  licence: "MIT",
};

/** Results of a study as its notebooks leave them, made of fixed numbers, and where its report is. */
export interface ExecutedStudy {
  readonly folder: string;
  readonly report: string;
}

/**
 * Three executed notebooks with a map, curves, tables, code, progress and prose, as their displays
 * are published, and their records; nothing of it was computed from data.
 */
export async function executedStudy(): Promise<ExecutedStudy> {
  const folder = mkdtempSync(join(tmpdir(), "executed-"));
  mkdirSync(join(folder, "notebooks"));
  const notebooks = {
    "04-roc": [
      prose("# 4 Do high errors mark occurrences?\n\nEach error is held against what is known."),
      code('const groups = await steps.groups();\n// "main" first', [
        progress("Evidence layers", "from the run store"),
        table("roc-auc", "Areas under the curve"),
      ]),
      prose(
        `## Areas under the curves\n\nA formula, $A = \\frac{1}{2}$, and a long one:\n\n$$ ${"x_i + ".repeat(20)} x $$\n\n## Exercises\n\nNone.`,
      ),
      code("const wide = await steps.wide();", [wideTable()]),
    ],
    "06-success-rate": [
      prose("# 6 Success-rate curves\n\nThe share of occurrences against that of area."),
      code("await show(curves);", [await chart("success-rate-main", curves())]),
      code("await show(bars);", [await chart("tall", tall())]),
    ],
    "07-prospectivity-map": [
      prose("# 7 The prospectivity map\n\n## The final map\n\nSee [notebook 04](04-roc.ipynb)."),
      code("await show(map);", [await chart("prospectivity-map", map())]),
    ],
  };
  for (const [id, cells] of Object.entries(notebooks)) {
    const file = { cells, metadata: { prospectivity: { status: "ok" } } };
    const text = JSON.stringify({ ...file, nbformat: 4, nbformat_minor: 5 });
    writeFileSync(join(folder, "notebooks", `${id}.ipynb`), text);
  }
  writeRecords(folder, Object.keys(notebooks));
  const report = join(folder, "report.html");
  await writeReport({
    notebooks: Object.keys(notebooks).map((id) => join(folder, "notebooks", `${id}.ipynb`)),
    runJson: join(folder, "run.json"),
    outputPath: report,
  });
  return { folder, report };
}

function writeRecords(folder: string, ids: readonly string[]): void {
  const parameters = { seed: 7, threshold: 0.5, nearBackground: 15_000 };
  const record = { profile: "paper", parameters, changes: [], trials: [] };
  const notebooks = Object.fromEntries(ids.map((id) => [id, record]));
  writeFileSync(join(folder, "run.json"), JSON.stringify({ study, notebooks }, null, 2));
  const measured = (value: number, low: number, high: number, n: number) => ({
    ...{ value, interval: [low, high], n, notebook: "04-roc", profile: "paper", seed: 7 },
  });
  const metrics = {
    "cae.error.auc.all": measured(0.81, 0.72, 0.9, 24),
    "baseline.pcaError.auc": measured(0.79, 0.7, 0.88, 24),
    "baseline.bestLayer.auc": measured(0.7, 0.6, 0.79, 24),
    "roc.near.caeError.auc": measured(0.6, 0.48, 0.72, 200),
    "successRate.cnn.main.areaAtThreshold": {
      value: 0.21,
      n: 900,
      notebook: "06-success-rate",
      profile: "paper",
      seed: 7,
    },
    "successRate.cnn.main.shareAtThreshold": measured(0.75, 0.55, 0.88, 24),
    "successRate.cnn.main.area": measured(0.83, 0.76, 0.89, 24),
    "successRate.cnn.main.area.outOfSample": measured(0.74, 0.65, 0.83, 24),
  };
  writeFileSync(join(folder, "metrics.json"), JSON.stringify(metrics));
}

let cellNumber = 0;
const cell = (more: object) => ({ id: `cell-${cellNumber++}`, metadata: {}, ...more });
const prose = (source: string) => cell({ cell_type: "markdown", source });
const code = (source: string, outputs: readonly object[]) =>
  cell({ cell_type: "code", source, outputs, execution_count: 1 });
const display = (data: object, prospectivity?: object) => ({
  output_type: "display_data",
  data,
  metadata: prospectivity === undefined ? {} : { prospectivity },
});

function progress(label: string, text: string) {
  const html = `<div><b>${label}</b> ${text}</div>`;
  return display({ "text/plain": `${label}: ${text}`, "text/html": html });
}

function table(id: string, caption: string) {
  const rows = [
    { score: "CAE error", AUC: "0.81 (0.72 to 0.90)", n: 1024 },
    { score: "PCA error", AUC: "0.79 (0.70 to 0.88)", n: 24 },
    { score: "Distance", AUC: null, n: 300 },
  ];
  const options = { caption };
  const data = { "text/html": tableHtml(rows, options), "text/plain": tableText(rows, options) };
  return display(data, { table: id });
}

/** Wider than any screen, as the table of all parameters is. */
function wideTable() {
  const columns = Array.from({ length: 30 }, (_, at) => [`column ${at}`, 1000.5 + at] as const);
  const rows = [Object.fromEntries(columns), Object.fromEntries(columns)];
  return display({ "text/html": tableHtml(rows), "text/plain": "" }, { table: "wide" });
}

async function chart(id: string, figure: Figure) {
  const shown = labelled(figure, study, { record: "{}" });
  const data = {
    "application/vnd.vegalite.v5+json": shown.spec,
    "image/svg+xml": await renderSvg(shown),
    "text/plain": shown.alt,
  };
  return display(data, { figure: id });
}

/** Higher than a printed page: it has to be made smaller to stand on one. */
function tall(): Figure {
  const values = Array.from({ length: 70 }, (_, at) => ({ layer: `Layer ${at}`, auc: at / 70 }));
  const spec = {
    data: { values },
    width: 500,
    height: 1300,
    mark: { type: "bar", tooltip: true },
    params: [{ name: "brush", select: { type: "interval", encodings: ["x"] } }],
    encoding: {
      x: { field: "auc", type: "quantitative" },
      y: { field: "layer", type: "nominal" },
    },
  };
  const title = "AUC of many layers";
  return { spec, widthMm: 174, title, alt: `${title}.` };
}

function map(): Figure {
  const grid = fakeGrid("prospectivity", 5_000);
  const points = [{ name: "Gold", occurrences: fakeOccurrences(24) }];
  const features = [fakeFaults(40)];
  const title = "Prospectivity by patch";
  return rasterMap({ title, grid, legend: "Probability", points, features, widthMm: 174 });
}

function curves(): Figure {
  const { scores, labels } = fakeScores(24, 900, 1.1, 5);
  const curve = (shift: number) => {
    const shifted = scores.map((score, at) => score + shift * (at % 7));
    return successRateCurve(
      shifted,
      shifted.filter((_, at) => labels[at] === 1),
    );
  };
  const panel = (heading: string, shift: number) => ({
    heading,
    curves: [
      { name: "CNN", curve: curve(shift) },
      { name: "RF", curve: curve(shift / 2) },
    ],
  });
  const panels = [panel("In-sample", 0.1), panel("Out-of-sample", 0.4)];
  return successRatePanels({ title: "Success rate, 24 gold occurrences", panels });
}
