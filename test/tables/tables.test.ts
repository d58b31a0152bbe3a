import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rankOverRepeats } from "../../lib/src/evaluation/repeats";
import type { Target } from "../../lib/src/evaluation/targets";
import type { SampledScores } from "../../lib/src/evaluation/types";
import { gridOverRegion } from "../../lib/src/grid/grid";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import { tilePatches } from "../../lib/src/patches/tile";
import { publishedHeadline, withPublishedZones } from "../../lib/src/published/headline";
import type { Study } from "../../lib/src/study/types";
import { aucIntervalRows, comparisonRows } from "../../lib/src/tables/comparison";
import { zoneCaptureRows } from "../../lib/src/tables/evaluation";
import { areaOccurrenceRows, headlineRows, thresholdRows } from "../../lib/src/tables/headline";
import { agreementWithPublished, publishedRanks, rankingRows } from "../../lib/src/tables/ranking";
import {
  flatteryRows,
  judgedScores,
  successRateAreas,
  successRateRows,
  unscoredSentence,
} from "../../lib/src/tables/success-rate";
import { targetRows } from "../../lib/src/tables/targets";

const reference = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, "../reference/evaluation", name), "utf8"));
const python = reference("statistics.json");
const r = reference("statistics-r.json");

/** A group whose occurrences lie one in each of some patches. */
function group(title: string, labels: ArrayLike<number>): OccurrenceGroup {
  const patches = Array.from(labels).flatMap((label, patch) => (label === 1 ? [patch] : []));
  const assigned = patches.map((patch) => ({
    occurrence: { name: `${patch}`, commodity: "Au", easting: 0, northing: 0 },
    patch,
  }));
  return {
    ids: ["all"],
    title,
    assignment: { labels: Uint8Array.from(labels), assigned, unassigned: [] },
  };
}

const scores = [
  { name: "first", values: python.first },
  { name: "second", values: python.second },
];

describe("tables of areas under the curve", () => {
  it("have both intervals about one value, 30 rows for ten runs and three groups", () => {
    const ten = Array.from({ length: 10 }, (_, run) => ({ ...scores[0], name: `run ${run}` }));
    const groups = ["all", "Au", "others"].map((title) => group(title, python.labels));
    const rows = aucIntervalRows(ten, groups, { seed: 1, resamples: 200 });
    expect(rows).toHaveLength(30);
    expect(rows[29]["DeLong to"]).toBeCloseTo(r.intervals[0][2], 10);
    expect(Number(rows[0]["bootstrap from"])).toBeLessThan(python.aucs[0]);
    expect(Number(rows[0]["bootstrap to"])).toBeGreaterThan(python.aucs[0]);
  });

  it("have no bootstrap interval where one patch holds an occurrence", () => {
    const [row] = aucIntervalRows(
      [{ name: "error", values: Float64Array.of(3, 1, 2) }],
      [group("one", [1, 0, 0])],
      { seed: 1 },
    );
    expect(row).toMatchObject({ AUC: 1, "DeLong from": 0, "DeLong to": 1 });
    expect([row["bootstrap from"], row["bootstrap to"]]).toEqual([null, null]);
  });

  it("hold scores against one by pROC's p, adjusted for their number", () => {
    const twice = [scores[0], { ...scores[0], name: "again" }];
    const rows = comparisonRows(scores[1], twice, group("all", python.labels));
    expect(rows[0].p).toBeCloseTo(r.p, 10);
    expect(rows[0]["less second"]).toBeCloseTo(r.intervals[0][1] - r.intervals[1][1], 10);
    // The smaller of two equal p-values is doubled; the other may not be less.
    expect(rows.map((row) => Number(row["p (Holm)"]) / r.p)).toEqual(
      [2, 2].map((two) => expect.closeTo(two, 9)),
    );
  });
});

describe("the headline", () => {
  it("says whether the published number lies within the interval", () => {
    const [inside, outside, unknown] = headlineRows([
      { what: "AUC", published: 0.853, reproduced: 0.8, interval: [0.75, 0.86], n: 33 },
      { what: "area", published: 0.238, reproduced: 0.3, interval: [0.29, 0.31] },
      { what: "new", published: null, reproduced: 0.1 },
    ]);
    expect(inside["published within"]).toBe("yes");
    expect(inside.difference).toBeCloseTo(-0.053, 12);
    expect(outside["published within"]).toBe("no");
    expect(unknown).toMatchObject({ difference: null, "published within": null });
  });

  // Ten patches that score 10 to 1; occurrences in the first, second and eighth.
  const ten = { name: "CNN", values: Array.from({ length: 10 }, (_, at) => 10 - at) };
  const three = group("Au", [1, 1, 0, 0, 0, 0, 0, 1, 0, 0]);

  it("counts occurrences by steps of area", () => {
    const rows = areaOccurrenceRows([ten], three, 0.1);
    expect(rows.map((row) => Math.round(Number(row.CNN)))).toEqual([
      33, 67, 67, 67, 67, 67, 67, 100, 100, 100,
    ]);
    expect(areaOccurrenceRows([ten], three)).toHaveLength(20);
  });

  it("and at a threshold: two of three in half of the area", () => {
    const [row] = thresholdRows([ten], [three], 6);
    expect(row).toMatchObject({ "% of area": 50, captured: "2 of 3" });
    expect(row.Nd).toBeCloseTo(4 / 3, 12);
    expect(row["ln Nd"]).toBeCloseTo(Math.log(4 / 3), 12);
  });
});

describe("channels ranked", () => {
  const ranking = rankOverRepeats(
    ["As", "Au", "Sb"],
    [
      [1, 5, 3],
      [2, 6, 3],
    ],
  );

  it("stand beside their published ranks", () => {
    const published = publishedRanks({ As: 0.1, Au: 0.3, Sb: 0.2 });
    expect(published).toEqual({ As: 3, Au: 1, Sb: 2 });
    const rows = rankingRows(ranking, published);
    expect(rows.map((row) => [row.channel, row["published rank"]])).toEqual([
      ["Au", 1],
      ["Sb", 2],
      ["As", 3],
    ]);
    expect(agreementWithPublished(ranking, published)).toBeCloseTo(1, 12);
  });

  it("one swap of neighbours in three leaves Spearman's 1 - 6 x 2 / (3 x 8) = 1/2", () => {
    expect(agreementWithPublished(ranking, { As: 2, Au: 1, Sb: 3 })).toBeCloseTo(0.5, 12);
  });
});

it("zones count one commodity when asked, as the paper counts its Au", () => {
  const geometry = gridOverRegion({ west: 0, south: 0, east: 4, north: 2 }, 1, {
    epsg: 32750,
    name: "test",
  });
  const band = { name: "a", geometry, values: new Float32Array(8) };
  // Two patches of 2 by 2: the western scores low, the eastern high.
  const patches = tilePatches({ geometry, bands: [band] }, { size: 2 });
  const zone = (name: string, west: number, east: number) => ({
    name,
    polygons: [[Float64Array.of(west, 0, east, 0, east, 2, west, 2, west, 0)]],
  });
  const at = (name: string, commodity: string, easting: number) => ({
    ...{ name, commodity, easting, northing: 1 },
  });
  const study = {
    occurrences: [at("a", "Au", 0.5), at("b", "Au", 2.5), at("c", "Au", 3.5), at("d", "Cu", 3)],
    zones: [zone("west", 0, 2), zone("east", 2, 4)],
  };
  const counts = (commodity?: string) =>
    zoneCaptureRows(study, patches, [0.2, 0.9], 0.5, commodity).map((row) => [
      row.zone,
      row["at or above the threshold"],
      row.occurrences,
    ]);
  expect(counts("Au")).toEqual([
    ["west", 0, 1],
    ["east", 2, 2],
  ]);
  expect(counts()).toEqual([
    ["west", 0, 1],
    ["east", 3, 3],
  ]);
});

it("a target's row names what drives it, with its sign", () => {
  const target: Target = {
    rank: 1,
    cells: Uint32Array.of(3, 4),
    squareKilometres: 0.72,
    centroid: { easting: 1000, northing: 2000 },
    mean: 0.9,
    maximum: 0.95,
    nearestKnown: 2500,
  };
  const drivers = [
    { band: "Au", mean: 0.8, standardised: 2.14, ratio: 3 },
    { band: "DTF", mean: 0.1, standardised: -1.5, ratio: 0.2 },
  ];
  const [row] = targetRows([target], [drivers], 2);
  expect(row).toMatchObject({ "driven by": "Au +2.1, DTF −1.5", "to known (km)": 2.5, patches: 2 });
});

describe("in-sample beside out-of-sample", () => {
  const score = {
    ...{ id: "rf", name: "RF" },
    inSample: [0.9, 0.8, 0.2, 0.1],
    outOfSample: [0.1, 0.8, 0.9, Number.NaN],
    outOfBag: [0.9, 0.1, 0.2, 0.1],
  };
  const labels = Uint8Array.of(1, 1, 0, 0);
  const group = {
    ids: ["main"],
    title: "2 Au occurrences",
    assignment: { labels, assigned: [{ patch: 0 }, { patch: 1 }], unassigned: [] },
  } as unknown as OccurrenceGroup;

  it("areas under the curve are the mean of the area left at each capture", () => {
    const areas = successRateAreas([score], [group], { seed: 1 });
    expect(areas.map(({ sample, n }) => [sample, n])).toEqual([
      ["in-sample", 2],
      ["out-of-sample", 2],
    ]);
    const [row] = successRateRows(areas);
    // In-sample the occurrences come first and second of four; out of sample third and second of three.
    expect(row["in-sample"]).toBeCloseTo((1 - 0.125 + (1 - 0.375)) / 2, 12);
    expect(row["out-of-sample"]).toBeCloseTo((1 - 2.5 / 3 + 0.5) / 2, 12);
    expect(row).toMatchObject({ occurrences: "2 Au occurrences", score: "RF", n: 2 });
  });

  it("a score that flatters itself is told by how much", () => {
    const [row] = flatteryRows([score], labels);
    // Pairs of a patch with and one without: in-sample 4 of 4, out of bag 2 and 0.5 of 4, out of fold 0 of 2.
    expect(row).toEqual({
      score: "RF",
      "AUC in-sample": 1,
      "out of bag": 0.625,
      "out of fold": 0,
      "in-sample less out of fold": 1,
    });
  });

  it("scores that no occurrence judges are left out by name", () => {
    const none = [Number.NaN, Number.NaN, 0.1, 0.2];
    const unfitted = { ...score, name: "RFEW", inSample: none, outOfSample: none };
    const inside = { ...score, name: "MaxEnt", outOfSample: none };
    const folds = [0, 1, 0, 1];
    const found = judgedScores([score, unfitted, inside], group, folds);
    expect(found.judged).toEqual([score]);
    expect(found.leftOut).toBe(
      "Left out, since the occurrences (2 Au occurrences) are too few to fit it and judge it: RFEW, MaxEnt.",
    );
    // Without folds nothing is out-of-sample.
    expect(judgedScores([score, inside], group, null)).toEqual({
      judged: [score, inside],
      leftOut: null,
    });
  });

  it("patches without a score are told", () => {
    expect(unscoredSentence([score], group)).toContain(
      "RF out-of-sample 1 patches with 0 occurrences",
    );
    expect(unscoredSentence([{ ...score, outOfSample: score.inSample }], group)).toBe(
      "Every patch has every score.",
    );
  });
});

describe("the paper's headline beside a study's", () => {
  const labelled = (...labels: string[]) => ({
    evidence: labels.map((label) => ({ label })) as unknown as Study["evidence"],
  });
  const paper = labelled("As", "Ag", "Au", "Cu", "Sb", "DTF", "DTI", "PC1", "PC2");
  const group = {
    ids: ["main"],
    title: "2 Au occurrences",
    assignment: { assigned: [{ patch: 0 }, { patch: 3 }] },
  } as unknown as OccurrenceGroup;
  const score = (id: string, inSample: number[]): SampledScores => {
    return { id, name: id.toUpperCase(), inSample, outOfSample: inSample };
  };
  const methods = [score("cnn", [0.9, 0.6, 0.2, 0.1, 0]), score("rf", [0.9, 0.1, 0.1, 0.8, 0])];

  it("has the published number only where the layers are the paper's", () => {
    const items = publishedHeadline(paper, group, methods, { threshold: 0.5 });
    expect(items.map(({ published, reproduced }) => [published, reproduced])).toEqual([
      [expect.closeTo(23.8, 10), 40],
      [expect.closeTo(77.8, 10), 50],
      // 19 % of five patches is 0.95 of the first, which holds one of two.
      [88, expect.closeTo(47.5, 10)],
    ]);
    const others = publishedHeadline(labelled("DTF"), group, methods, { threshold: 0.5 });
    expect(others.map(({ published }) => published)).toEqual([null, null, null]);
  });

  it("what is published as above a number agrees with an interval that lies above it", () => {
    const item = { what: "", published: 88, reproduced: 99, interval: [95, 100] } as const;
    expect(headlineRows([item])[0]["published within"]).toBe("no");
    expect(headlineRows([{ ...item, relation: "above" }])[0]["published within"]).toBe("yes");
  });

  it("counts of zones have the paper's beside them by their names", () => {
    const rows = [{ zone: "East" }, { zone: "North" }];
    expect(withPublishedZones(paper, rows).map((row) => row["published for Hezuo"])).toEqual([
      "8 of 12",
      null,
    ]);
    expect(withPublishedZones(labelled("DTF"), rows)).toEqual(rows);
  });
});
