import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishedStudy } from "../../lib/src/published/published-study";
import { keepFigures, keptData, requireDrawn, requireSame } from "../../scripts/site/figures/kept";
import {
  type DistrictNumbers,
  keptNumbers,
  numbersTable,
  tableMetrics,
  withTable,
} from "../../scripts/site/figures/numbers";

const root = join(__dirname, "../..");

describe("the README's figures", () => {
  it("are what this commit draws of the numbers beside them; if not: npm run figures", async () => {
    await requireDrawn(root);
  });

  it("are small", () => {
    for (const name of ["golden-triangle-map.png", "golden-triangle-success-rate.png"]) {
      expect(statSync(join(root, "docs/figures", name)).size).toBeLessThan(150_000);
    }
  });

  it("have the licence of their data in the drawing, and curves that rise from 0 to 1", () => {
    const { study, curves, map } = keptData(root);
    expect(study.kind).toBe("real");
    expect(study.licence).toContain("Open Government Licence - British Columbia");
    expect(map.values).toHaveLength(map.width * map.height);
    for (const { areaShare, occurrenceShare } of curves) {
      for (const shares of [areaShare, occurrenceShare]) {
        expect(shares.every((share, at) => at === 0 || share >= shares[at - 1])).toBe(true);
        expect([shares[0], shares[shares.length - 1]]).toEqual([0, 1]);
      }
    }
  });
});

describe("a kept figure", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kept-"));
    cpSync(join(root, "docs/figures"), join(folder, "docs/figures"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is refused when its picture was changed, its numbers or what draws them", async () => {
    await requireDrawn(folder);
    const data = keptData(folder);
    requireSame(folder, data);
    const [first, ...others] = data.curves;
    const moved = { ...data, curves: [{ ...first, name: "Another" }, ...others] };
    expect(() => requireSame(folder, moved)).toThrow(/npm run figures/);
    appendFileSync(join(folder, "docs/figures/golden-triangle-map.png"), "x");
    await expect(requireDrawn(folder)).rejects.toThrow(/golden-triangle-map\.png/);
    await keepFigures(folder, moved);
    await requireDrawn(folder);
    // Pictures of other numbers than those beside them.
    cpSync(
      join(root, "docs/figures/golden-triangle.json"),
      join(folder, "docs/figures/golden-triangle.json"),
    );
    await expect(requireDrawn(folder)).rejects.toThrow(/success-rate\.png/);
  });
});

describe("the README's table", () => {
  it("is of the kept numbers", () => {
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(
      numbersTable(keptNumbers(root)),
    );
  });

  it("has the published area beside ours", () => {
    const { roc } = publishedStudy(root);
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(
      `the paper prints ${roc.allDepositsAllEvidenceAuc} for the error`,
    );
  });

  it("calls every synthetic district so, at its head", () => {
    for (const { study, kind } of keptNumbers(root)) {
      expect(kind).toBe(study.includes("synthetic") ? "synthetic" : "real");
    }
  });

  it("has values with intervals to two decimals, and a dash where there is none", () => {
    const metrics = tableMetrics({
      "cae.error.auc.all": { value: 0.829951, interval: [0.78645, 0.873449], n: 76 },
      "baseline.pcaError.auc": { value: 0.5 },
      "another.number": { value: 1 },
    });
    expect(Object.keys(metrics)).toEqual(["cae.error.auc.all", "baseline.pcaError.auc"]);
    const district: DistrictNumbers = { study: "s", name: "S", kind: "synthetic", metrics };
    const [head, , first, second, third] = numbersTable([district]).split("\n");
    expect(head).toBe("| AUC (95 % interval) | S, **synthetic** (n = 76) |");
    expect(first).toMatch(/\| 0\.83 \(0\.79 to 0\.87\) \|$/);
    expect(second).toMatch(/\| – \|$/);
    expect(third).toMatch(/\| 0\.50 \|$/);
    const readme = readFileSync(join(root, "README.md"), "utf8");
    expect(withTable(readme, keptNumbers(root))).toBe(readme);
    expect(withTable(readme, [district])).toContain("\n\n## Two commands");
  });
});
