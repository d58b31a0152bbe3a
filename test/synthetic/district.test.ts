import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { readManifest } from "../../lib/src/manifest/read-manifest";
import { occurrencesInZone } from "../../lib/src/study/zone-members";
import { zonesBesideLine } from "../../lib/src/study/zones";
import { makeDistrict } from "../../lib/src/synthetic/district";
import { ELEMENTS } from "../../lib/src/synthetic/elements";
import { inputTexts, writeDistrict } from "../../lib/src/synthetic/files";
import { CRS, PAPER_SIZE, REGION, SMALL_SIZE } from "../../lib/src/synthetic/settings";
import { refusalOf } from "../support/refusal";
import { assays } from "./evidence";

const small = { seed: 1, size: SMALL_SIZE } as const;
const paper = makeDistrict({ seed: 1 });

function textsOf(options: Parameters<typeof makeDistrict>[0]): [string, string][] {
  return [...inputTexts(makeDistrict(options))];
}

describe("seeds", () => {
  it("the same seed gives the same bytes, another seed others in every file", () => {
    const first = textsOf(small);
    expect(textsOf(small)).toEqual(first);
    const other = new Map(textsOf({ ...small, seed: 2 }));
    for (const [name, text] of first) expect(other.get(name), name).not.toBe(text);
  });

  it("another seed of the occurrences changes the occurrences and no byte of what evidence is made from", () => {
    const first = textsOf(small);
    const other = new Map(textsOf({ ...small, occurrenceSeed: 2 }));
    const changed = first.filter(([name, text]) => other.get(name) !== text);
    expect(changed.map(([name]) => name)).toEqual(["occurrences.geojson"]);
    const anywhere = new Map(textsOf({ ...small, occurrences: "anywhere" }));
    const moved = first.filter(([name, text]) => anywhere.get(name) !== text);
    expect(moved.map(([name]) => name)).toEqual(["occurrences.geojson"]);
  });
});

// Counts as Zhang et al. (2021) print them: Study area and dataset; Results of CNN modelling.
describe("published counts", () => {
  it("58 x 73 patches of 12 pixels, 4,234, and 9,041 samples of 12 elements", () => {
    const { width, height } = gridOverRegion(REGION, PAPER_SIZE.pixelSize, CRS);
    expect([width, height]).toEqual([696, 876]);
    expect(Math.floor(width / 12) * Math.floor(height / 12)).toBe(4234);
    expect(paper.sites.length).toBe(9041);
    expect(ELEMENTS.map(({ symbol }) => symbol).join(" ")).toBe(
      "Au As Sb Hg Ba Co Cu Pb Zn Ag W Mo",
    );
  });

  it.each([1, 2, 3])("33 occurrences by commodity and zone, seed %i", (seed) => {
    const { occurrences, thrust } = makeDistrict({ ...small, seed });
    const count = (commodity: string) =>
      occurrences.filter((occurrence) => occurrence.commodity === commodity).length;
    expect(occurrences.length).toBe(33);
    expect([count("Au"), count("Cu"), count("Fe")]).toEqual([18, 7, 3]);
    expect(count("Sb") + count("polymetallic")).toBe(5);
    const zones = zonesBesideLine([thrust], REGION, { left: "West", right: "East" });
    const gold = occurrences.filter(({ commodity }) => commodity === "Au");
    expect(zones.map((zone) => occurrencesInZone(gold, zone).length)).toEqual([6, 12]);
    const southWest = occurrences.filter(
      ({ commodity, easting, northing }) =>
        commodity === "Sb" && easting < REGION.west + 12_000 && northing < REGION.south + 12_000,
    );
    expect(southWest.length).toBeGreaterThanOrEqual(2);
  });
});

describe("sediment", () => {
  const { concentrations, remainder } = paper.truth.composition;

  it("elements and the unmeasured remainder add up to one whole at every sample", () => {
    const worst = remainder.reduce((most, rest, site) => {
      const sum = ELEMENTS.reduce(
        (total, { unit }, at) => total + concentrations[at][site] / (unit === "ppm" ? 1e6 : 1e9),
        rest,
      );
      return Math.max(most, Math.abs(sum - 1));
    }, 0);
    expect(worst).toBeLessThan(1e-12);
    expect(Math.min(...remainder)).toBeGreaterThan(0.9);
  });

  it("concentrations are positive and skewed to the right", () => {
    for (const values of assays(paper)) {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const moment = (power: number) =>
        values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
      expect(Math.min(...values)).toBeGreaterThan(0);
      expect(moment(3) / moment(2) ** 1.5).toBeGreaterThan(0.5);
    }
  });

  it("some values are below detection, and are written as such", () => {
    const gold = paper.reported[0];
    const censored = gold.filter((text) => text === "<0.5").length / gold.length;
    expect(censored).toBeGreaterThan(0.01);
    expect(censored).toBeLessThan(0.2);
    for (const text of paper.reported.flat()) expect(text).toMatch(/^<?\d+(\.\d+)?$/);
  });

  // Moran (1950): without spatial correlation I has mean -1 / (n - 1) and, with some eight
  // neighbours a sample, a standard deviation near sqrt(2 / (8 n)) = 0.005.
  it("neighbours are alike: Moran's I of log concentrations within 700 m", () => {
    const { sites } = paper;
    const pairs: [number, number][] = [];
    for (let first = 0; first < sites.length; first++) {
      // Sites run row by row from the north; neighbours are no more than a few rows on.
      for (let second = first + 1; second < Math.min(first + 300, sites.length); second++) {
        const east = sites[first].easting - sites[second].easting;
        const north = sites[first].northing - sites[second].northing;
        if (east * east + north * north < 490_000) pairs.push([first, second]);
      }
    }
    expect(pairs.length).toBeGreaterThan(3 * sites.length);
    for (const values of assays(paper)) {
      const logs = values.map(Math.log);
      const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
      const products = pairs.reduce((sum, [a, b]) => sum + (logs[a] - mean) * (logs[b] - mean), 0);
      const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length;
      expect(products / pairs.length / variance).toBeGreaterThan(0.1);
    }
  });
});

describe("the study folder", () => {
  it("holds a manifest that is right and names the checksums of its files", () => {
    const folder = mkdtempSync(join(tmpdir(), "synthetic-"));
    writeDistrict(small, folder);
    const manifest = readManifest(folder);
    expect(manifest.kind).toBe("synthetic");
    expect(manifest.evidence.map(({ label }) => label).join(" ")).toBe(
      "As Ag Au Cu Sb DTF DTI PC1 PC2",
    );
    for (const [name, sum] of Object.entries(manifest.files)) {
      const bytes = readFileSync(join(folder, name));
      expect(createHash("sha256").update(bytes).digest("hex"), name).toBe(sum);
    }
    expect(readFileSync(join(folder, "PROVENANCE.md"), "utf8")).toContain(
      "generated, not measured",
    );
    rmSync(folder, { recursive: true });
  });

  it("refuses a size without samples by name", async () => {
    const size = { ...SMALL_SIZE, samples: 0 };
    expect((await refusalOf(() => makeDistrict({ seed: 1, size }))).field).toBe("size");
  });
});
