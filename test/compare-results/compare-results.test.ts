import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compareResults, differenceLines } from "../../scripts/compare-results";

function results(metrics: object, tables: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "compared-"));
  mkdirSync(join(folder, "tin", "tables"), { recursive: true });
  writeFileSync(join(folder, "tin", "metrics.json"), JSON.stringify(metrics));
  for (const [name, text] of Object.entries(tables)) {
    writeFileSync(join(folder, "tin", "tables", name), text);
  }
  return folder;
}

const metric = (value: number) => ({
  ...{ value, interval: [0, 1], n: 3, notebook: "04-roc", profile: "paper", seed: 1 },
});

it("two results folders that say the same differ in nothing", () => {
  const [one, other] = [0, 1].map(() => results({ a: metric(0.1 + 0.2) }, { "t.csv": "a,b" }));
  const [found] = compareResults(one, other);
  expect(differenceLines(found)).toEqual([
    "tin: 1 metrics compared, 0 differ; 1 tables compared, 0 differ",
  ]);
});

it("a last digit, a key and a table that differ are named", () => {
  const one = results({ a: metric(0.1 + 0.2), gone: metric(1) }, { "t.csv": "a,b", "u.csv": "1" });
  const other = results({ a: metric(0.3), fresh: metric(1) }, { "t.csv": "a,c" });
  const [found] = compareResults(one, other);
  expect(differenceLines(found)).toEqual([
    "tin: 1 metrics compared, 1 differ; 1 tables compared, 1 differ",
    "  only in the first: gone",
    "  only in the second: fresh",
    "  a: 0.30000000000000004 (0 to 1), n 3, 04-roc | 0.3 (0 to 1), n 3, 04-roc",
    "  table t.csv differs",
  ]);
});
