import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forgetNotebook, recordMetrics } from "../../lib/src/notebook/record";
import { studyFolder } from "../../lib/src/project";
import { tableCsv, tableHtml, tableText } from "../../lib/src/tables/table";

it("refuses an unknown study, naming those there are", () => {
  const data = join(__dirname, "../../data");
  expect(() => studyFolder(data, "atlantis")).toThrow(/found atlantis; expected one of.*murch/);
});

describe("tables", () => {
  const rows = [
    { layer: "DTF, <km>", auc: 0.88731, n: 255 },
    { layer: "DTG", auc: null, n: 1255 },
  ];

  it("keep all digits in CSV and quote what needs it", () => {
    expect(tableCsv(rows)).toBe('layer,auc,n\r\n"DTF, <km>",0.88731,255\r\nDTG,,1255\r\n');
  });

  it("round for the reader and escape text in HTML", () => {
    const html = tableHtml(rows, { digits: { auc: 2 } });
    expect(html).toContain("DTF, &lt;km&gt;");
    expect(html).toContain(">0.89<");
    expect(html).toContain(">1,255<");
  });

  it("stand to the right in HTML where a column holds numbers, also where it holds none", () => {
    const mixed = [
      { layer: "DTF", auc: null, note: 3, empty: null },
      { layer: "DTG", auc: 0.5, note: "none", empty: null },
    ];
    const sides = [...tableHtml(mixed).matchAll(/<t[hd] style="text-align:(\w+)">([^<]*)</g)];
    const of = (column: number) =>
      sides.filter((_, at) => at % 4 === column).map(([, side]) => side);
    expect(of(0)).toEqual(["left", "left", "left"]);
    expect(of(1)).toEqual(["right", "right", "right"]);
    expect(of(2)).toEqual(["left", "left", "left"]);
    expect(of(3)).toEqual(["left", "left", "left"]);
    expect(sides.filter(([, , text]) => text === "–")).toHaveLength(3);
  });

  it("take one number of digits for all columns but those of whole numbers", () => {
    const text = tableText([...rows, { layer: "DTI", auc: 1, n: 3 }], { digits: 2 });
    expect(text.split("\n").slice(1)).toEqual([
      "DTF, <km>  0.89  255",
      "DTG        –     1,255",
      "DTI        1.00  3",
    ]);
  });

  it("align columns as text", () => {
    expect(tableText(rows, { digits: { auc: 3 } }).split("\n")[1]).toBe("DTF, <km>  0.887  255");
  });
});

describe("metrics", () => {
  it("of a notebook are replaced when it runs again, and no others", () => {
    const results = mkdtempSync(join(tmpdir(), "metrics-"));
    const metric = (notebook: string) => ({ value: 0.5, notebook, profile: "smoke", seed: 1 });
    recordMetrics(results, { "b.auc": metric("04-roc") });
    recordMetrics(results, { "a.auc": metric("00-evidence") });
    forgetNotebook(results, "04-roc");
    const kept = JSON.parse(readFileSync(join(results, "metrics.json"), "utf8"));
    expect(Object.keys(kept)).toEqual(["a.auc"]);
    rmSync(results, { recursive: true });
  });

  it("are the first notebook's of those that find the same number, whichever was quicker, and another's where it differs", () => {
    const results = mkdtempSync(join(tmpdir(), "metrics-"));
    const metric = (notebook: string, value: number) => ({
      ...{ value, interval: [0, 1] as const, notebook, profile: "smoke", seed: 1 },
    });
    recordMetrics(results, { "a.auc": metric("07-map", 0.5), "b.auc": metric("07-map", 0.5) });
    recordMetrics(results, { "a.auc": metric("11-why", 0.5), "b.auc": metric("11-why", 0.6) });
    const kept = JSON.parse(readFileSync(join(results, "metrics.json"), "utf8"));
    expect([kept["a.auc"].notebook, kept["b.auc"].notebook]).toEqual(["07-map", "11-why"]);
    recordMetrics(results, { "b.auc": metric("10-how", 0.6) });
    const later = JSON.parse(readFileSync(join(results, "metrics.json"), "utf8"));
    expect(later["b.auc"].notebook).toBe("10-how");
    rmSync(results, { recursive: true });
  });

  it("are forgotten where an earlier notebook never opened", () => {
    const results = mkdtempSync(join(tmpdir(), "metrics-"));
    writeFileSync(join(results, "run.json"), '{ "durations": {} }');
    expect(() => forgetNotebook(results, "04-roc")).not.toThrow();
    rmSync(results, { recursive: true });
  });
});
