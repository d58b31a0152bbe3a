import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Cell } from "../../scripts/jupyter/notebook-file";
import { type ReportOptions, writeReport } from "../../scripts/report/report";

const spec = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  mark: "bar",
  note: "</script>",
};
const cells: Cell[] = [
  {
    cell_type: "markdown",
    id: "a",
    metadata: {},
    source:
      "# 0 Evidence\n\nAn area $A = \\pi r^2$ ([notebook 02](02-cae-variants.ipynb)).\n\n## How *each* layer is made\n\n### Faults",
  },
  {
    cell_type: "code",
    id: "b",
    metadata: {},
    source: "const low = 1 < 2;",
    outputs: [
      {
        output_type: "display_data",
        data: {
          "text/html": "<div><b>All evidence</b> from the run store</div>",
          "text/plain": "All evidence: from the run store",
        },
        metadata: {},
      },
      {
        output_type: "display_data",
        data: {
          "application/vnd.vegalite.v5+json": spec,
          "image/svg+xml":
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>drawn</text></svg>",
          "text/plain": "A chart of layers",
        },
        metadata: { prospectivity: { figure: "evidence-auc" } },
      },
      {
        output_type: "display_data",
        data: { "text/html": "<table><caption>Layers</caption><tr><td>1</td></tr></table>" },
        metadata: { prospectivity: { table: "layers" } },
      },
      { output_type: "stream", name: "stdout", text: "\u001b[32ma < b\u001b[0m\n" },
    ],
  },
];

const file = (metadata: object = {}) =>
  JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });

interface ReportedRun extends Pick<ReportOptions, "soFar"> {
  readonly metadata?: object;
  readonly name?: string;
  readonly metrics?: object;
}

async function reportOf(
  run: object,
  { metadata = {}, name = "00-evidence.ipynb", metrics = {}, ...more }: ReportedRun = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  const notebook = join(folder, name);
  writeFileSync(notebook, file(metadata));
  writeFileSync(join(folder, "metrics.json"), JSON.stringify(metrics));
  const runJson = join(folder, "run.json");
  writeFileSync(runJson, JSON.stringify(run));
  const outputPath = join(folder, "report.html");
  await writeReport({ notebooks: [notebook], runJson, outputPath, ...more });
  expect(readdirSync(folder).sort()).toEqual([name, "metrics.json", "report.html", "run.json"]);
  return readFileSync(join(folder, "report.html"), "utf8");
}

const real = {
  study: {
    ...{ id: "murchison", title: "Murchison", kind: "real" },
    licence: "Contains information <of> the Province.",
  },
};
const headOf = (html: string) => html.slice(html.indexOf("<header"), html.indexOf("</header>"));

describe("report", () => {
  let html = "";
  beforeAll(async () => {
    html = await reportOf(real);
  });

  it("says at its head which parameters were changed, and by whom, each once", async () => {
    const change = { name: "epochs", from: 20, to: 50, by: "the command line" };
    const record = { changes: [change], trials: [] };
    const notebooks = { "02-cae": record, "03-ablation": record };
    expect(headOf(await reportOf({ ...real, notebooks }))).toContain(
      "<strong>Changed parameters:</strong> epochs 50 instead of 20, set by the command line.",
    );
    expect(html).not.toContain("Changed parameters:");
  });

  it("links notebooks to each other's chapters", () => {
    expect(html).toContain('<a href="#02-cae-variants">notebook 02</a>');
  });

  it("loads nothing from the network", () => {
    // What a browser would fetch stands in tags and styles, not in the text of scripts; a link to
    // follow is not fetched.
    const tags = html
      .replace(/(<script[^>]*>)[\s\S]*?<\/script>/g, "$1")
      .replace(/<a href="[^"]*"/g, "<a");
    const fetched = tags.match(
      /\s(src|href)=["'](?!#)[^"']{0,80}|url\(["']?(?!data:|#)[^)]{0,80}|@import/g,
    );
    expect(fetched ?? []).toEqual([]);
  });

  it("has contents that lead to each chapter and its sections, with headings in order", () => {
    expect(html).toContain('<a href="#00-evidence">0 Evidence</a>');
    expect(html).toContain('<section id="00-evidence"');
    expect(html).toContain(
      '<a href="#00-evidence--how-each-layer-is-made">How each layer is made</a>',
    );
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    // Title, what to be careful about, the chapter, its section, the part of that, the last chapter.
    expect(levels).toEqual([1, 2, 2, 3, 4, 2]);
  });

  it("has the drawing, the words for it, and the names of its files", () => {
    expect(html).toContain(">drawn</text>");
    expect(html).toContain('id="figure-evidence-auc"');
    expect(html).toContain('aria-label="A chart of layers"');
    expect(html).toContain(
      '<a href="figures/evidence-auc.svg" download>figures/evidence-auc.svg</a>',
    );
    expect(html).toContain('<a href="tables/layers.csv" download>tables/layers.csv</a>');
  });

  it("folds code with what trainings logged, escapes text, draws formulas without fonts from outside", () => {
    expect(html).toMatch(/<details class="code"><summary>Code and progress<\/summary>/);
    expect(html).toContain('<pre class="log">All evidence: from the run store</pre></details>');
    expect(html).toContain('<pre class="stream">a &lt; b\n</pre>');
    expect(html).toContain("<math");
  });

  it("says what kind of data it is about", async () => {
    expect(html).toContain("Real data.");
    expect(html).toContain("Data: Contains information &lt;of&gt; the Province.");
    const study = { id: "hezuo", title: "Hezuo", kind: "synthetic" };
    const synthetic = headOf(await reportOf({ study }));
    expect(synthetic).toContain("<strong>Synthetic data.</strong>");
    expect(synthetic).toContain("Here (synthetic)");
    expect(synthetic).toContain("The district is generated");
  });

  it("has the numbers of metrics.json at its head, published ones beside them", async () => {
    const of = { notebook: "04-roc", profile: "paper", seed: 1 };
    const metrics = {
      "cae.error.auc.all": { value: 0.83, interval: [0.786, 0.873], n: 76, ...of },
    };
    const head = headOf(await reportOf(real, { metrics }));
    expect(head).toContain("<strong>0.83</strong> <span>(0.79 to 0.87)</span>");
    expect(head).toContain("<td>0.853</td>");
    expect(headOf(html)).not.toContain("0.79 to 0.87");
  });

  it("of a run that is not whole says which notebooks, map and curve it lacks", () => {
    const head = headOf(html);
    expect(head).toContain("<strong>Not run yet,</strong>");
    expect(head).toContain("7 The prospectivity map");
    expect(head).not.toContain("0 Evidence");
    expect(head).toMatch(/No prospectivity map: .*notebook 07/);
    expect(head).toMatch(/No success-rate curve: .*notebook 06/);
    expect(head).toContain("not computed");
    expect(head).not.toContain("so far");
  });

  it("of a run that goes on says how far it is, and that the page will be written anew", async () => {
    const head = headOf(await reportOf(real, { soFar: { done: 3, of: 13 } }));
    expect(head).toContain("<strong>3 of 13 notebooks so far.</strong>");
    expect(head).toContain("load it again");
  });

  it("marks a notebook that failed, at the top and where it did, which is not folded", async () => {
    const metadata = {
      prospectivity: { status: "failed", cell: 1, message: "band <DTF> is empty" },
    };
    const page = await reportOf(real, { metadata, name: "00-evidence.failed.ipynb" });
    expect(page).toContain("<strong>This run failed</strong> in: 0 Evidence.");
    expect(page).toContain("band &lt;DTF&gt; is empty");
    expect(page).toMatch(/<section id="00-evidence" class="chapter failed"[^>]*><details open>/);
  });

  it("is written of a run whose notebooks never opened", async () => {
    const durations = { "00-evidence": { seconds: 1, status: "failed" } };
    const page = await reportOf({ durations });
    expect(page).toContain("<h1>Mineral prospectivity mapping</h1>");
    expect(headOf(page)).toContain("No notebook of this run has opened a study.");
    expect(headOf(page)).not.toContain("Real data");
  });
});
