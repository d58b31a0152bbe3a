import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Cell } from "../../scripts/jupyter/notebook-file";
import { writeReport } from "../../scripts/report/report";

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
    source: "# 0 Evidence\n\nAn area $A = \\pi r^2$ ([notebook 02](02-cae-variants.ipynb)).",
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
          "application/vnd.vegalite.v5+json": spec,
          "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><text>drawn</text></svg>",
          "text/plain": "A chart of layers",
        },
        metadata: { prospectivity: { figure: "evidence-auc" } },
      },
      { output_type: "stream", name: "stdout", text: "\u001b[32ma < b\u001b[0m\n" },
    ],
  },
];

function reportOf(run: object, metadata: object = {}, name = "00-evidence.ipynb"): string {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  const notebook = join(folder, name);
  writeFileSync(notebook, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  const runJson = join(folder, "run.json");
  writeFileSync(runJson, JSON.stringify(run));
  writeReport({ notebooks: [notebook], runJson, outputPath: join(folder, "report.html") });
  expect(readdirSync(folder).sort()).toEqual([name, "report.html", "run.json"]);
  return readFileSync(join(folder, "report.html"), "utf8");
}

const real = {
  study: { title: "Murchison", kind: "real", licence: "Contains information <of> the Province." },
};

describe("report", () => {
  const html = reportOf(real);

  it("says at its head which parameters were changed, and by whom, each once", () => {
    const change = { name: "epochs", from: 20, to: 50, by: "the command line" };
    const notebooks = { "02-cae": { changes: [change] }, "03-ablation": { changes: [change] } };
    const changed = reportOf({ ...real, notebooks });
    const header = changed.slice(changed.indexOf("<header>"), changed.indexOf("</header>"));
    expect(header).toContain(
      "<strong>Changed parameters:</strong> epochs 50 instead of 20, set by the command line.",
    );
    expect(html).not.toContain("Changed parameters:");
  });

  it("links notebooks to each other's sections", () => {
    expect(html).toContain('<a href="#02-cae-variants">notebook 02</a>');
  });

  it("loads nothing from the network", () => {
    // What a browser would fetch stands in tags and styles, not in the text of scripts.
    const tags = html.replace(/(<script[^>]*>)[\s\S]*?<\/script>/g, "$1");
    const fetched = tags.match(
      /\s(src|href)=["'](?!#)[^"']{0,80}|url\(["']?(?!data:|#)[^)]{0,80}|@import/g,
    );
    expect(fetched ?? []).toEqual([]);
  });

  it("has a table of contents that leads to each notebook", () => {
    expect(html).toContain('<a href="#00-evidence">0 Evidence</a>');
    expect(html).toContain('<section id="00-evidence">');
  });

  it("has the drawing, the interactive chart's specification, and the words for both", () => {
    expect(html).toContain("<text>drawn</text>");
    const [, json] =
      html.match(/<script type="application\/json" class="spec">(.*?)<\/script>/) ?? [];
    expect(JSON.parse(json)).toEqual(spec);
    expect(html).toContain('id="figure-evidence-auc"');
    expect(html).toContain('aria-label="A chart of layers"');
  });

  it("folds code, escapes text, draws formulas without fonts from outside", () => {
    expect(html).toMatch(/<details class="code"><summary>Code<\/summary>/);
    expect(html).toContain('<pre class="stream">a &lt; b\n</pre>');
    expect(html).toContain("<math");
  });

  it("says what kind of data it is about", () => {
    expect(html).toContain("Real data.");
    expect(html).toContain("Data: Contains information &lt;of&gt; the Province.");
    const synthetic = reportOf({ study: { title: "Hezuo", kind: "synthetic" } });
    expect(synthetic).toContain("<strong>Synthetic data</strong>");
  });

  it("marks a notebook that failed, at the top and where it did", () => {
    const failed = { prospectivity: { status: "failed", cell: 1, message: "band <DTF> is empty" } };
    const page = reportOf(real, failed, "00-evidence.failed.ipynb");
    expect(page).toContain("<strong>This run failed</strong> in: 0 Evidence.");
    expect(page).toContain("band &lt;DTF&gt; is empty");
    expect(page).toContain('<section id="00-evidence" class="failed">');
  });
});
