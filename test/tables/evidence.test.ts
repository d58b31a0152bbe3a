import { describe, expect, it } from "vitest";
import { randomOccurrences } from "../../lib/src/evaluation/random-occurrences";
import { gridOverRegion } from "../../lib/src/grid/grid";
import type { EvidenceLayer } from "../../lib/src/manifest/evidence-layer";
import type { EvidenceOrigin } from "../../lib/src/manifest/origins";
import { publishedCountRows, publishedCountSentence } from "../../lib/src/published/counts";
import type { Zone } from "../../lib/src/study/types";
import { loadingRows } from "../../lib/src/tables/components";
import {
  comparedPairRows,
  inPublishedOrder,
  largestDifference,
  matrixRows,
} from "../../lib/src/tables/correlation";
import { occurrenceZoneRows } from "../../lib/src/tables/occurrence-zones";
import { originSentence } from "../../lib/src/tables/origins";
import { type Row, tableText } from "../../lib/src/tables/table";
import { stackOf } from "../support/stacks";

const region = { west: 0, east: 1200, south: 0, north: 2400 };
const ring = Float64Array.of(0, 0, 600, 0, 600, 2400, 0, 2400, 0, 0);
const west: Zone = { name: "West", polygons: [[ring]] };
const occurrences = ["Au", "Au", "Sb", "polymetallic"].map((commodity, at) => ({
  name: `${at}`,
  commodity,
  easting: at === 1 ? 900 : 300,
  northing: 100,
}));

describe("how a layer was made, in words", () => {
  it.each<[EvidenceOrigin, string]>([
    [
      { from: "geotiff", file: "as.tif", band: 2, resample: "bilinear" },
      "Band 2 of as.tif, brought onto the grid (bilinear)",
    ],
    [
      { from: "vectors", method: "lineDensity", layer: "faults", radius: 5000 },
      "Length of the lines of faults within 5,000 map units, over the area of that circle",
    ],
    [
      {
        from: "vectors",
        method: "categoryWeights",
        layer: "rocks",
        property: "kind",
        weights: { basalt: 2 },
        others: 0,
      },
      "Polygons of rocks by their kind: basalt 2, others 0",
    ],
    [
      { from: "samples", method: "kriging", element: "Au", neighbours: 16, transform: "log" },
      "ln Au by ordinary kriging from the 16 nearest samples, with the best of three variograms",
    ],
    [
      {
        from: "samples",
        method: "singularity",
        element: "Sb",
        spacings: [1, 3, 5],
        regression: "theilSen",
      },
      "Singularity of Sb, interpolated by inverse distance weighting (power 2, 12 nearest samples); windows of 1, 3, 5 sample spacings, lines by Theil and Sen; 2 − α, high where enriched",
    ],
  ])("%o", (origin, words) => {
    expect(originSentence(origin)).toBe(words);
  });
});

describe("occurrences", () => {
  it("have the zone that they lie in", () => {
    const zones = occurrenceZoneRows({ occurrences, zones: [west] }).map(({ zone }) => zone);
    expect(zones).toEqual(["West", "in no zone", "West", "West"]);
    expect(occurrenceZoneRows({ occurrences, zones: [] })[1].zone).toBe("whole area");
  });

  it("stand beside the published counts, polymetallic with antimony", () => {
    const geometry = gridOverRegion(region, 50, { epsg: null, name: "test" });
    const evidence = ["Au", "Sb", "DTF"].map((label) => ({ label }) as EvidenceLayer);
    const place = { samples: null, area: null, geometry, occurrences, zones: [west] };
    const study = { id: "small", evidence, ...place };
    const rows = publishedCountRows(study) as Row[];
    const own = Object.fromEntries(rows.map((row) => [row.what, row["this study"]]));
    expect(own).toMatchObject({
      "stream-sediment samples": null,
      "patches of 12 × 12 pixels": 8,
      "of Au": 2,
      "of Au, west of the thrust": 1,
      "of Sb and polymetallic": 2,
    });
    expect(rows[0].published).toBe(9041);
    const other = { ...study, evidence: [{ label: "greenstone" } as EvidenceLayer] };
    expect(publishedCountRows(other)).toEqual({
      because: "study small has other evidence layers than the paper",
    });
    expect(publishedCountSentence(study)).toContain("lacks: As, Ag, Cu, DTI, PC1, PC2.");
    expect(publishedCountSentence(other)).toContain("The paper has 9,041 samples and 33");
  });

  it("at random places lie in the region, evenly, the same for the same seed", () => {
    const many = { region, occurrences: Array.from({ length: 2000 }, () => occurrences[0]) };
    const drawn = randomOccurrences(many, 5);
    expect(drawn).toEqual(randomOccurrences(many, 5));
    const mean = drawn.reduce((sum, { easting }) => sum + easting, 0) / drawn.length;
    // Five standard errors of the mean of a uniform variable.
    expect(Math.abs(mean - 600)).toBeLessThan((5 * 1200) / Math.sqrt(12 * 2000));
    expect(drawn.every(({ northing }) => northing >= 0 && northing < 2400)).toBe(true);
  });

  it("lie on data where layers are given", () => {
    // Data in the second of two columns alone, 100 to 200 m east.
    const half = stackOf(1, 2, { a: [Number.NaN, 1] });
    const one = { name: "a", commodity: "Au", easting: 0, northing: 0 };
    const region = { west: 0, east: 200, south: 0, north: 100 };
    const drawn = randomOccurrences({ occurrences: new Array(50).fill(one), region }, 5, half);
    expect(drawn.every(({ easting }) => easting >= 100 && easting <= 200)).toBe(true);
  });
});

describe("matrices", () => {
  const published = {
    channels: ["As", "Au", "DTF"],
    matrix: [
      [1, 0.4, 0],
      [0.4, 1, -0.1],
      [0, -0.1, 1],
    ],
  };
  const own = [
    [1, 0.2, 0.3],
    [0.2, 1, 0.5],
    [0.3, 0.5, 1],
  ];

  it("are put in the published order, or not compared when layers are others", () => {
    const ordered = inPublishedOrder(["DTF", "Au", "As"], own, published);
    expect(ordered).toEqual([
      [1, 0.5, 0.3],
      [0.5, 1, 0.2],
      [0.3, 0.2, 1],
    ]);
    expect(inPublishedOrder(["DTF", "Au", "Cu"], own, published)).toBeNull();
    expect(inPublishedOrder(["DTF", "Au"], own, published)).toBeNull();
  });

  it("are compared pair by pair; a published 0 has no sign", () => {
    const rows = comparedPairRows(own, published);
    expect(rows.map((row) => row["same sign"])).toEqual(["yes", "no", null]);
    expect(rows[0].difference).toBeCloseTo(-0.2, 12);
    expect(largestDifference(own, published.matrix)).toBeCloseTo(0.6, 12);
  });

  it("have column labels of their own where given, and no minus before zeros", () => {
    const [row] = matrixRows(["mean"], [[-0.001, -2]], ["As", "Au"]);
    expect(row).toEqual({ "": "mean", As: -0.001, Au: -2 });
    expect(tableText([row], { digits: { As: 2, Au: 2 } })).toMatch(/mean {2}0\.00 {2}-2\.00/);
  });

  it("of loadings end with what each component explains", () => {
    const loadings = [
      [0.8, -0.4, -0.4],
      [0, 0.7, -0.7],
    ].map((row) => Float64Array.from(row));
    const rows = loadingRows({ parts: ["Au", "As", "Cu"], loadings, explained: [0.9, 0.1] });
    expect(rows).toHaveLength(4);
    expect(rows[1]).toEqual({ element: "As", PC1: -0.4, PC2: 0.7 });
    expect(rows[3]).toEqual({ element: "explained (share)", PC1: 0.9, PC2: 0.1 });
  });
});
