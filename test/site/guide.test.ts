import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { missingLines, runGuide } from "../../scripts/site/run-guide";

const root = join(__dirname, "../..");
const place = mkdtempSync(join(tmpdir(), "guide-"));

afterAll(() => rmSync(place, { recursive: true }));

describe("what a guide says is printed", () => {
  const printed = "one\ntwo\nthree\nfour\n";
  it("has to be, in its order; three dots stand for any lines", () => {
    expect(missingLines(printed, "one\ntwo")).toBe(null);
    expect(missingLines(printed, "...\ntwo\n...\nfour\n...")).toBe(null);
    expect(missingLines(printed, "one\nthree")).toBe("one\nthree");
    expect(missingLines(printed, "three\n...\none")).toBe("one");
  });
});

// The guide of teaching is run by npm run site: it trains on whole districts.
it("the guide of one's own district does what it says, from a messy folder to a report", {
  timeout: 1_200_000,
}, () => {
  expect(runGuide(root, "docs/guide/your-own-district.md", place)).toBe(6);
  const folder = join(place, "results", "my-district");
  expect(existsSync(join(folder, "maps/targets.gpkg"))).toBe(true);
  const report = readFileSync(join(folder, "report.html"), "utf8");
  expect(report).toContain("<strong>Synthetic data.</strong>");
  // "In this folder it does not": the error is not above the best single layer.
  const metrics = JSON.parse(readFileSync(join(folder, "metrics.json"), "utf8"));
  expect(metrics["cae.error.auc.all"].value).toBeLessThan(metrics["baseline.bestLayer.auc"].value);
});
