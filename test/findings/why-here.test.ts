import { describe, expect, it } from "vitest";
import type { TargetReturn } from "../../lib/src/evaluation/target-returns";
import {
  type AttributionInputs,
  attributionEstimates,
  attributionMetrics,
  attributionRows,
  attributionSentences,
  districtAttribution,
} from "../../lib/src/findings/attribution";
import {
  attributionCheckRows,
  attributionCheckSentences,
  attributionChecks,
} from "../../lib/src/findings/attribution-checks";
import {
  directionRows,
  directionSentence,
  layerDirections,
} from "../../lib/src/findings/attribution-directions";
import { completenessOf, completenessText } from "../../lib/src/findings/completeness";
import { errorAttributionSentences } from "../../lib/src/findings/error-attribution";
import {
  targetCardFeatures,
  targetCardMetrics,
  targetCardRows,
  targetCardSentences,
} from "../../lib/src/findings/target-card-rows";
import {
  type TargetCardInputs,
  targetCards,
  targetPatches,
} from "../../lib/src/findings/target-cards";
import { targetCardFigures, windowAround } from "../../lib/src/findings/target-figures";
import { patchesAround, targetPixels } from "../../lib/src/findings/target-pixels";
import { targetSheet } from "../../lib/src/findings/target-sheet";
import { targetsOn } from "../../lib/src/findings/targets";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { patchGrid } from "../../lib/src/patches/assemble";
import { patchSubset } from "../../lib/src/patches/select";
import { tilePatches } from "../../lib/src/patches/tile";
import { isSkipped, skipped } from "../../lib/src/skipped";

/** Six patches of one pixel in a row, of two bands: Au rises by 1, DTF falls by 2. */
const [count, names] = [6, ["Au", "DTF"]];
const geometry = gridOverRegion({ west: 0, east: 6000, south: 0, north: 1000 }, 1000, {
  epsg: 32750,
  name: "test",
});
const bands = names.map((name, band) => ({
  name,
  geometry,
  values: Float32Array.from({ length: count }, (_, at) => (band === 0 ? at : 10 - 2 * at)),
}));
const patches = tilePatches({ geometry, bands }, { size: 1 });
const evidence = [
  { label: "Au", favourable: "high" },
  { label: "DTF", favourable: "low" },
] as const;
const blocks = { seed: 1, blockSize: 1, resamples: 400 };
const both = (au: readonly number[], dtf: readonly number[]) =>
  Float64Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 ? au : dtf)[at >> 1]);

/** Au adds more where there is more, and DTF where there is less of it. */
const byLayer = both([-2, -1, 0, 1, 2, 3], [-1, -0.5, 0, 0.5, 1, 1.5]);
const parts = {
  byLayer,
  // The sums of both, but for 0.1 that the last patch misses.
  scores: Float64Array.of(-2, -0.5, 1, 2.5, 4, 5.6),
  baselineScore: 1,
};
const inputs: AttributionInputs = {
  ...{ patches, parts, evidence, blocks, steps: 50 },
  occluded: both([-2, -1, 0, 1, 2, 4], [1, 0.5, 0, -0.5, -1, -1.5]),
  selection: { prospective: Uint32Array.of(4, 5), background: Uint32Array.of(0, 1) },
  baseline: Float32Array.of(2, 6),
};

describe("completeness", () => {
  it("is what the sums miss: 0.1 of one patch, and 0.1 / 13.6 of all differences", () => {
    const found = completenessOf(parts);
    // Differences are 3, 1.5, 0, 1.5, 3 and 4.6.
    expect(found.worst).toBeCloseTo(0.1, 12);
    expect(found.median).toBeCloseTo(0, 12);
    expect(found.difference).toBeCloseTo(2.25, 12);
    expect(found.share).toBeCloseTo(0.1 / 13.6, 12);
    expect(completenessText(found, 50, "log odds")).toContain("by 0.1 at worst");
    expect(completenessText(found, 50, "log odds")).not.toContain("more steps");
    expect(completenessText({ ...found, share: 0.2 }, 5, "log odds")).toContain("more steps");
  });
});

describe("attributions over the district", () => {
  const found = districtAttribution(inputs);
  const [au, dtf] = found.layers;

  it("are means of sizes, and with their sign where labelled, by hand", () => {
    expect(found.layers.map(({ layer }) => layer)).toEqual(["Au", "DTF"]);
    expect(au.integrated.value).toBe(9 / 6);
    expect(au.occluded.value).toBe(10 / 6);
    expect(dtf.integrated.value).toBe(4.5 / 6);
    expect([au.prospective, au.background]).toEqual([2.5, -1.5]);
    expect(au.agreement?.value).toBeCloseTo(1, 12);
    expect(dtf.agreement?.value).toBeCloseTo(-1, 12);
  });

  it("have a direction, which is held against what is favourable", () => {
    expect(au.direction?.value).toBeCloseTo(1, 12);
    expect(dtf.direction?.value).toBeCloseTo(-1, 12);
    expect(attributionSentences(found)[0]).toContain("none moves the score the other way");
    const turned = districtAttribution({
      ...inputs,
      evidence: [{ label: "Au", favourable: "low" }],
    });
    const [first] = attributionSentences(turned);
    expect(first).toContain("**Against what the manifest holds favourable**");
    expect(first).toContain("Au (1.00, favourable when low): 1 of 1 layers");
    expect(attributionMetrics(turned)["attribution.contraryLayers"].value).toBe(1);
    const silent = districtAttribution({ ...inputs, evidence: [] });
    expect(attributionSentences(silent)[0]).toMatch(/^\*\*Au\*\* moves the log odds most/);
  });

  it("say where occlusion contradicts them", () => {
    expect(attributionSentences(found).join(" ")).toContain("contradict each other in DTF");
    expect(attributionRows(found)[1]).toMatchObject({ layer: "DTF", "agrees with occlusion": -1 });
    expect(
      attributionEstimates(found)
        .map(({ group }) => group)
        .slice(0, 2),
    ).toEqual([...["integrated gradients", "occlusion"]]);
  });

  it("read well of one layer, of one block, and of parts that are nothing", () => {
    const single = { ...found, layers: [au] };
    expect(attributionSentences(single).join(" ")).toContain("The only layer, Au, has all");
    const oneBlock = districtAttribution({ ...inputs, blocks: { ...blocks, blockSize: 9 } });
    expect(attributionRows(oneBlock)[0]).toMatchObject({ from: null, to: null });
    expect(attributionSentences(oneBlock).join(" ")).not.toMatch(/NaN|Infinity/);
    const none = new Float64Array(2 * count);
    const nothing = districtAttribution({
      ...{ ...inputs, occluded: none },
      parts: { byLayer: none, scores: new Float64Array(count), baselineScore: 0 },
    });
    expect(attributionRows(nothing)[0]).toMatchObject({ "agrees with occlusion": null });
    expect(attributionSentences(nothing).join(" ")).not.toMatch(/NaN|Infinity/);
  });
});

describe("checks against other classifiers", () => {
  const reverse = byLayer.map((value) => -value);
  const unlike = both([1, -1, 1, -1, 1, -1], [-1, 1, -1, 1, -1, 1]);

  it("say that attributions hang on what was learnt where all that learnt it are above the others", () => {
    const checks = attributionChecks(byLayer, [
      { learning: "reseeded", byLayer },
      { learning: "shuffled", byLayer: reverse },
      { learning: "untrained", byLayer: unlike },
    ]);
    expect(checks[0].signed[0]).toBeCloseTo(1, 12);
    expect(checks[1].signed[0]).toBeCloseTo(-1, 12);
    expect(checks[1].sizes[0]).toBeCloseTo(1, 12);
    // Sizes of the third are the same all over.
    expect(checks[2].sizes).toEqual([]);
    expect(attributionCheckSentences(checks)[0]).toContain("**hang on what was learnt**");
    expect(attributionCheckRows(checks)).toHaveLength(2);
  });

  it("say so where they do not, and where nothing can be said", () => {
    const alike = attributionChecks(byLayer, [
      { learning: "reseeded", byLayer: reverse },
      { learning: "shuffled", byLayer },
      { learning: "untrained", byLayer: unlike },
    ]);
    expect(attributionCheckSentences(alike)[0]).toContain("not above all of the others");
    const none = attributionChecks(new Float64Array(2 * count), [
      { learning: "reseeded", byLayer },
      { learning: "shuffled", byLayer },
      { learning: "untrained", byLayer },
    ]);
    expect(attributionCheckSentences(none)).toEqual([
      expect.stringContaining("nothing can be said"),
    ]);
  });

  it("a direction is held to other seeds: Au goes up in all, DTF turns", () => {
    const turned = both([-1, -1, 0, 1, 2, 3], [1, 0.5, 0, -0.5, -1, -1.5]);
    const held = [{ label: "Au", favourable: "low" }] as const;
    const found = layerDirections(patches, held, byLayer, [byLayer, turned]);
    expect(directionSentence(found)).toMatch(/turns for DTF\*\*, 1 of 2 .* goes up with: Au/);
    expect(directionSentence(found)).toContain("against what is held favourable: Au.");
    expect(directionRows(found)[1]).toMatchObject({ layer: "DTF", "least of other seeds": -1 });
    expect(directionSentence(layerDirections(patches, [], byLayer, []))).toContain("No layer has");
    const steady = layerDirections(patches, evidence, byLayer, [byLayer]);
    expect(directionSentence(steady)).toMatch(/^No direction turns .* down with: DTF\..*: none\.$/);
  });
});

it("the error that shows in one layer and is made by another is told apart, and what eases it", () => {
  const layer = (name: string, shown: number, made: number) => ({
    ...{ layer: name, shown, made, agreement: null },
  });
  const common = { completeness: completenessOf(parts), mean: 1, baseline: 0, steps: 50 };
  const apart = [layer("As", 0.2, 0.9), layer("Au", 0.7, 0.3), layer("DTF", 0.1, -0.2)];
  const [text] = errorAttributionSentences({ ...common, layers: apart });
  expect(text).toContain("shows in **Au** (70 %), and the largest part is made by **As** (90 %)");
  expect(text).toContain("Departures of DTF bring the error down");
  const [alone] = errorAttributionSentences({ ...common, layers: [layer("Au", 1, 1)] });
  expect(alone).toContain("The only layer, Au");
});

describe("target cards", () => {
  const place = (at: number, name: string) => ({
    ...{ name, commodity: "Au", easting: 1000 * at + 500, northing: 500 },
  });
  const occurrences = [place(0, "First"), place(1, "Second"), place(2, "Third")];
  const limits = { threshold: 0.5, awayFromKnown: 1, minimumCells: 1 };
  const grid = patchGrid(patches, "probability", [0.9, 0.1, 0.1, 0.1, 0.8, 0.9]);
  const targets = targetsOn(grid, { occurrences, pixelSize: 1000 }, limits);
  const returned: TargetReturn = { rank: 1, share: 0.8, rankLow: 1, rankHigh: 4 };
  const base: TargetCardInputs = {
    found: { grid, targets, drivers: [[]], patches: count, options: limits },
    ...{
      patches,
      byLayer,
      evidence,
      otherSeeds: [],
      returns: [returned],
      count: [10, 3],
      pixelSize: 1000,
    },
    known: {
      labels: Uint8Array.of(1, 1, 1, 0, 0, 0),
      assigned: occurrences.map((occurrence, patch) => ({ occurrence, patch })),
      unassigned: [],
    },
  };
  const all = targetCards(base);
  const [card] = all.cards;

  it("hold means over the target, its best patch and its likest occurrence, by hand", () => {
    expect(all.cards).toHaveLength(1);
    expect([...card.patches]).toEqual([4, 5]);
    expect(card.peak).toBe(5);
    expect(card.layers.map(({ layer }) => layer)).toEqual(["Au", "DTF"]);
    expect(card.layers.map(({ attribution }) => attribution)).toEqual([2.5, 1.25]);
    // 4.5 against a mean of 2.5 with a standard deviation of the root of 35 / 12.
    const deviation = Math.sqrt(35 / 12);
    expect(card.layers[0].deviation).toBeCloseTo(2 / deviation, 10);
    expect(card.layers[1].deviation).toBeCloseTo(-2 / deviation, 10);
    // Third lies 2 and 3 patches away, by both bands alike: 2.5 of Au's steps times the root of 2.
    expect(card.likest?.occurrence.name).toBe("Third");
    expect(card.likest?.distance).toBeCloseTo((2.5 * Math.SQRT2) / deviation, 10);
    // Only First and Third are farther apart than 1 km: too few for a yardstick.
    expect(all.typical).toBeNull();
    expect(targetCardSentences(all)).toEqual([
      expect.stringContaining("none of them on a side that is held unfavourable"),
      expect.stringContaining("Too few patches hold an occurrence"),
    ]);
  });

  it("say that none is like it, beside what is typical of known ones", () => {
    const near = targetCards({ ...base, pixelSize: 100 });
    // Each is one step from the next: the root of 2 by the standard deviation.
    expect(near.typical?.median).toBeCloseTo(Math.SQRT2 / Math.sqrt(35 / 12), 10);
    const [row] = targetCardRows(near) as { [column: string]: unknown }[];
    expect(row["likest known occurrence"]).toMatch(
      /^none is like it; nearest Third \(Au\), 2\.1 SD/,
    );
    expect(targetCardMetrics(near)["targetCards.likeKnown"]).toEqual({ value: 0, n: 1 });
    expect((targetCardSentences(near) as string[])[1]).toContain("**0** of them are like");
  });

  it("say first where a layer speaks for a target on its unfavourable side", () => {
    const contrary = targetCards({ ...base, evidence: [{ label: "Au", favourable: "low" }] });
    expect((targetCardSentences(contrary) as string[])[0]).toContain(
      "2 in all speak for it, 1 of them on the side that is held unfavourable** (target 1)",
    );
    const [row] = targetCardRows(contrary) as { [column: string]: unknown }[];
    expect(row["for and against (log odds)"]).toBe(
      "Au +2.5 (1.2 SD high, unfavourable), DTF +1.3 (1.2 SD low)",
    );
    expect(targetCardFeatures(contrary)[0].properties).toMatchObject({ unfavourable: "Au" });
    expect(targetCardMetrics(contrary)["targetCards.contraryShare"]).toEqual({ value: 0.5, n: 2 });
  });

  it("tell how many other seeds agree on the sign", () => {
    // The first agrees in both layers; the second, over patches 4 and 5 of the target, in Au alone.
    const second = both([9, 9, 9, 9, -1, 2], [9, 9, 9, 9, -1, 0.5]);
    const held = targetCards({ ...base, otherSeeds: [byLayer, second] });
    expect(held.cards[0].layers.map(({ seeds }) => seeds)).toEqual([
      { asked: 2, agreeing: 2 },
      { asked: 2, agreeing: 1 },
    ]);
    const text = (targetCardSentences(held) as string[])[1];
    expect(text).toContain(
      "same sign in 75 % of all cases, and **1** of 2 have it from every seed",
    );
    expect([...targetPatches(base.found, patches, 5)]).toEqual([4, 5]);
  });

  it("carry how often a target comes back in replicas of the map", () => {
    expect(card.returned).toEqual(returned);
    const [row] = targetCardRows(all) as { [column: string]: unknown }[];
    expect(row["comes back"]).toBe("80 % of replicas, ranks 1 to 4");
    expect(targetCardFeatures(all)[0].properties).toMatchObject({
      returnShare: 0.8,
      rankHigh: 4,
    });
  });

  it("are drawn, and are pages with what is known and what drives", () => {
    const [figure] = targetCardFigures(all);
    expect(isSkipped(figure)).toBe(false);
    const [page] = targetSheet(all) as Exclude<ReturnType<typeof targetSheet>, { because: string }>;
    expect(page.heading).toBe("Target 1 of 1");
    expect(Object.fromEntries(page.facts)).toMatchObject({
      Centre: "5000 E, 500 N",
      Area: "2.0 km², 2 patches",
      "To the nearest known": "1.5 km",
      "Comes back": "80 % of replicas, ranks 1 to 4",
    });
    expect(page.bars.map(({ name }) => name)).toEqual(["Au", "DTF"]);
  });

  it("where there is no target, the reason goes on", () => {
    const none = skipped("no ground is a target");
    expect(targetCardFeatures(none)).toEqual([]);
    for (const found of [targetCardRows(none), targetCardSentences(none), targetSheet(none)]) {
      expect(found).toBe(none);
    }
    expect(targetCardFigures(none)).toEqual([none]);
  });

  it("cut-outs stay within the map, and pixels lie where their patches do", () => {
    expect(windowAround(patches, card)).toEqual({ row: 0, column: 0, width: 6, height: 1 });
    expect(windowAround(patches, card, 1)).toEqual({ row: 0, column: 2, width: 4, height: 1 });
    const numbers = patchesAround(patches, card);
    const around = patchSubset(patches, numbers);
    const size = numbers.length;
    const integrated = Float32Array.from({ length: 2 * size }, (_, at) => at);
    const occluded = Float32Array.from({ length: size }, (_, at) => 7 - at);
    const found = targetPixels(all, card, around, integrated, occluded);
    expect([...numbers]).toEqual([0, 1, 2, 3, 4, 5]);
    // Both layers together: 0 + 1, 2 + 3, ...
    expect([...found.integrated.values]).toEqual([1, 5, 9, 13, 17, 21]);
    expect([...found.occluded.values]).toEqual([7, 6, 5, 4, 3, 2]);
    expect(found.layers.map(({ layer }) => layer)).toEqual(["Au", "DTF"]);
    expect([...found.layers[1].grid.values]).toEqual([1, 3, 5, 7, 9, 11]);
  });
});
