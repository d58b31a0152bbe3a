import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNotebook, sourceOf } from "../../scripts/jupyter/notebook-file";
import { chapterProse } from "../../scripts/report/markdown";
import { buildSite } from "../../scripts/site/build";
import { executedStudy, listedNotebooks } from "../../scripts/site/executed";
import { comparisonsHtml, districtsHtml, madeComparisons } from "../../scripts/site/gallery";
import { executedStudy as madeStudy } from "../support/executed-study";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "gallery-"));
const results = join(folder, "results");

beforeAll(async () => {
  const made = await madeStudy();
  // Three executed notebooks of a made-up study, in the place of a district's.
  cpSync(made.folder, join(results, "golden-triangle"), { recursive: true });
  rmSync(made.folder, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("executed notebooks", () => {
  it("are those that ran to their end; what nothing shows to be of this commit is older", () => {
    const found = executedStudy(root, results, "golden-triangle");
    const ids = ["04-roc", "06-success-rate", "07-prospectivity-map"];
    expect([...(found?.executed ?? [])]).toEqual(ids);
    expect(found?.older).toEqual(ids);
    expect(found?.kind).toBe("synthetic");
    expect(executedStudy(root, results, "murchison")).toBe(null);
  });

  it("stand in the gallery with interval and kind, those that are older or missing named", () => {
    const found = executedStudy(root, results, "golden-triangle");
    const html = districtsHtml(found === null ? [] : [found], listedNotebooks(root));
    expect(html).toContain('<span class="kind synthetic">Synthetic data, generated</span>');
    expect(html).toContain("<td>0.81 (0.72 to 0.90)</td>");
    expect(html).toContain("<strong>Made by older code or data:</strong> 04-roc, 06-success-rate");
    expect(html).toContain('href="results/golden-triangle/report.html#04-roc"');
    expect(html).toContain('src="results/golden-triangle/figures/prospectivity-map.png"');
    const without = found === null ? [] : [{ ...found, executed: new Set(["04-roc"]) }];
    expect(districtsHtml(without, listedNotebooks(root))).not.toContain("<img");
    expect(html).toMatch(/<tr id="05-cnn-proportions">.*<td>not executed<\/td>/);
  });

  it("are refused for the site unless they are whole and of this commit, and nothing is written", async () => {
    const out = join(folder, "site");
    const built = buildSite({ root, results, out, isPartial: false, say: () => undefined });
    await expect(built).rejects.toThrow(
      /golden-triangle lacks 10 of 13 notebooks.*older than the code or the data are 04-roc.*murchison has no report.*no variants have been compared/s,
    );
    expect(existsSync(out)).toBe(false);
  });

  it("never empty a folder that is no site", async () => {
    const out = join(folder, "holidays");
    mkdirSync(out);
    writeFileSync(join(out, "beach.jpg"), "");
    const built = buildSite({ root, results, out, isPartial: true, say: () => undefined });
    await expect(built).rejects.toThrow(/beach\.jpg/);
    expect(readdirSync(out)).toEqual(["beach.jpg"]);
  });
});

describe("comparisons", () => {
  it("are those whose page is there", () => {
    expect(madeComparisons(results)).toEqual([]);
    expect(comparisonsHtml([])).toContain("No variants have been compared");
    const made = join(results, "compare", "default+wide");
    mkdirSync(made, { recursive: true });
    mkdirSync(join(results, "compare", "half+made"));
    writeFileSync(join(made, "compare.html"), "");
    expect(madeComparisons(results)).toEqual([
      { names: ["default", "wide"], folder: made, isPaper: false },
    ]);
    const run = (profile: string) =>
      JSON.stringify({ notebooks: { compare: { profile, trials: [] } } });
    for (const [study, profile, isPaper] of [
      ["golden-triangle", "paper", true],
      ["murchison", "smoke", false],
    ] as const) {
      mkdirSync(join(made, study));
      writeFileSync(join(made, study, "run.json"), run(profile));
      expect(madeComparisons(results)[0].isPaper).toBe(isPaper);
    }
    expect(comparisonsHtml(madeComparisons(results))).toContain("and so no result");
    const html = comparisonsHtml(madeComparisons(results));
    expect(html).toContain(
      '<a href="results/compare/default%2Bwide/compare.html">default, wide</a>',
    );
  });
});

describe("the notebooks of the repository", () => {
  it("each lead to the gallery from their first cell, which the report leaves out", () => {
    for (const { id } of listedNotebooks(root)) {
      const [first] = readNotebook(join(root, "notebooks", `${id}.ipynb`)).cells;
      expect(sourceOf(first), id).toMatch(/\n\n\[[^\]]+\]\(\.\.\/docs\/gallery\.md\)[^\n]*$/);
      expect(chapterProse(sourceOf(first), id).html).not.toContain("gallery");
    }
  });
});
