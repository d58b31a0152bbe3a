import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { methodHeadline } from "../../lib/src/evaluation/method-headline";
import { rankShares } from "../../lib/src/evaluation/ranks";
import {
  type ComparedVariant,
  type Comparison,
  differingParameters,
  hasSamePatches,
} from "../../lib/src/findings/compared-variant";
import { sweptNumber, variantHeadlineFigure } from "../../lib/src/findings/variant-figures";
import {
  differenceMaps,
  differencePanels,
  rankCorrelation,
  rankMaps,
  variantAgreement,
} from "../../lib/src/findings/variant-maps";
import {
  areaMetrics,
  comparisonMetrics,
  metricDifferences,
} from "../../lib/src/findings/variant-metrics";
import {
  errorHeadlineRows,
  mapHeadlineRows,
  variantRows,
  variantTestRows,
} from "../../lib/src/findings/variant-rows";
import {
  alikeVariantsSentence,
  comparedSentence,
  lossCaution,
  variantCautions,
} from "../../lib/src/findings/variant-sentences";
import { captureTests, errorTests, isBeyondChance } from "../../lib/src/findings/variant-tests";
import { seedSentences, verdictSentences } from "../../lib/src/findings/variant-verdicts";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { applyMethod } from "../../lib/src/method/apply";
import type { Method } from "../../lib/src/method/parameters";
import { readMethod } from "../../lib/src/method/read-method";
import type { PatchPlace } from "../../lib/src/patches/types";
import { isSkipped } from "../../lib/src/skipped";
import type { Occurrence, Study } from "../../lib/src/study/types";

const file = readMethod(join(__dirname, "../../notebooks/method.json"));
const crs = { epsg: 32750, name: "test" };
const raster = gridOverRegion({ west: 0, east: 800, south: 0, north: 400 }, 100, crs);

/** Eight pixels by four, cut into patches of an edge. */
function cut(size: number): ComparedVariant["patches"] {
  const [rows, columns] = [4 / size, 8 / size];
  const places = Array.from({ length: rows * columns }, (_, at): PatchPlace => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return { row, column, pixelRow: row * size, pixelColumn: column * size };
  });
  return { places, layout: { raster, size, stride: size, rows, columns } };
}

const occurrences = ["north", "middle", "south"].map(
  (name) => ({ name, easting: 0, northing: 0, commodity: "Au" }) as Occurrence,
);

const study = {
  ...{ id: "made", title: "Made ground", kind: "real", mainCommodity: "Au" },
  evidence: [{ id: "a", label: "A" }],
} as unknown as Study;

interface Made {
  readonly name: string;
  readonly errors: readonly number[];
  readonly probabilities?: readonly number[];
  readonly size?: number;
  /** Which patch holds each occurrence. */
  readonly held?: readonly number[];
  readonly set?: Partial<Method>;
  readonly metrics?: { readonly [key: string]: number };
}

function variant(made: Made): ComparedVariant {
  const { name, errors, probabilities = errors, size = 2, held = [0, 1, 2], set = {} } = made;
  const { method, changes } = applyMethod(file, { notebook: { study: "made", ...set } });
  const labels = new Uint8Array(errors.length);
  for (const patch of held) labels[patch] = 1;
  const assigned = held.map((patch, at) => ({ occurrence: occurrences[at], patch }));
  const groups = [
    {
      ids: ["all", "main"],
      title: "3 Au occurrences",
      assignment: { labels, assigned, unassigned: [] },
    },
  ];
  const history = { loss: [0.2, 0.1], accuracy: [0.5, 0.9] };
  const scores = Float64Array.from(errors);
  const chances = Float64Array.from(probabilities);
  return {
    ...{
      name,
      method,
      changes,
      patches: cut(size),
      groups,
      errors: scores,
      probabilities: chances,
    },
    baselines: { layers: [], pca: { errors: scores, components: 1 } } as never,
    headline: methodHeadline(scores, { probabilities: chances, history }, groups, 4.5),
    autoencoder: { history, seconds: 1 },
    classifier: { history, seconds: 2 },
    metrics: Object.fromEntries(
      Object.entries(made.metrics ?? {}).map(([key, value]) => [
        key,
        { value, notebook: "08-summary", profile: "paper", seed: 1 },
      ]),
    ),
    notebooks: [],
  };
}

const compared = (...made: readonly Made[]): Comparison => ({
  ...{ study, seed: 1 },
  variants: made.map(variant),
});

const usual: Made = { name: "default", errors: [8, 3, 6, 5, 4, 7, 2, 1] };
const wide: Made = {
  ...{ name: "wide", errors: [8, 7, 1, 2, 3, 4, 5, 6], set: { filters: [64, 128] } },
};

describe("tests of variants against the first", () => {
  it("are of AUCs counted by hand", () => {
    // Of 3 x 5 pairs the default ranks 5 + 2 + 4 rightly, the other 5 + 5 + 0.
    const [first, second] = errorTests(compared(usual, wide), "all");
    expect(first.estimate?.value).toBeCloseTo(11 / 15, 12);
    expect(first.against).toBeNull();
    expect(second.estimate?.value).toBeCloseTo(10 / 15, 12);
    if (second.against === null || isSkipped(second.against)) throw new Error("not paired");
    expect(second.against.difference.value).toBeCloseTo(-1 / 15, 12);
    expect(second.against.adjusted).toBe(second.against.p);
    expect(isBeyondChance(second)).toBe(false);
  });

  it("are adjusted by Holm for as many as are held against it: the least p by all of them", () => {
    const third = { ...wide, name: "third", errors: [1, 2, 3, 4, 5, 6, 7, 8] };
    const tests = errorTests(compared(usual, wide, third), "all").slice(1);
    const [one, other] = tests.map(({ against }) => {
      if (against === null || isSkipped(against)) throw new Error("not paired");
      return against;
    });
    expect(other.p).toBeLessThan(one.p);
    expect(other.adjusted).toBeCloseTo(2 * other.p, 12);
    expect(other.difference.value).toBeCloseTo(-11 / 15, 12);
  });

  it("of patches of another size are of occurrences, and there is none of AUCs", () => {
    // Patches of a pixel, the first scoring highest of 32, the last lowest.
    const fine = {
      ...{ name: "fine", errors: counting(32).reverse(), size: 1, held: [0, 8, 31] },
      set: { patchSize: 24 },
    };
    const comparison = compared(usual, fine);
    expect(hasSamePatches(comparison.variants[0], comparison.variants[1])).toBe(false);
    const [, second] = errorTests(comparison, "all");
    expect(isSkipped(second.against)).toBe(true);
    const [first, captured] = captureTests(comparison, "all", "errors");
    // By rank 1, 6 and 3 of eight: 15/16 + 5/16 + 11/16, by three; of the fine 63/64, 47/64, 1/64.
    expect(first.estimate?.value).toBeCloseTo(31 / 48, 12);
    if (captured.against === null || isSkipped(captured.against)) throw new Error("not paired");
    expect(captured.against.difference.value).toBeCloseTo(111 / 192 - 124 / 192, 12);
    const verdicts = verdictSentences(comparison).join(" ");
    expect(verdicts).toContain("no variant can be paired with default");
    expect(verdicts).toContain("compared at the occurrences");
    expect(errorHeadlineRows(comparison)[1]["less default"]).toBe("no paired test");
  });
});

describe("maps of variants", () => {
  it("are by rank, ties sharing the middle of theirs", () => {
    expect([...rankShares([10, 30, 20, 20])]).toEqual([1 / 8, 7 / 8, 4 / 8, 4 / 8]);
    const { panels } = rankMaps(compared(usual, wide), "errors");
    expect(panels.map(({ heading }) => heading)).toEqual(["default", "wide"]);
    // Rank 8 of 8 and 3 of 8, less half a patch, in per cent.
    expect([...panels[0].grid.values].slice(0, 2)).toEqual([93.75, 31.25]);
  });

  it("differ by rank, and colours reach as far as the largest difference", () => {
    const comparison = compared(usual, wide);
    const [{ grid, heading }] = differencePanels(comparison, "errors");
    expect(heading).toBe("wide less default");
    // Differences of 0, 4, -5, -3, -1, -3, 3 and 5 ranks of eight.
    expect([...grid.values]).toEqual([0, 50, -62.5, -37.5, -12.5, -37.5, 37.5, 62.5]);
    const { shared, widthMm } = differenceMaps(comparison, "errors");
    expect(shared?.colours?.domain).toEqual([-70, 70]);
    expect(widthMm).toBe(84);
  });

  it("of other patches are read at the centres of the variant's", () => {
    const small = { ...wide, name: "small", size: 1, errors: counting(32), held: [0, 1, 2] };
    const [{ grid }] = differencePanels(compared(usual, small), "errors");
    // The first pixel ranks first of 32, in a patch that ranks eighth of eight.
    expect(grid.values[0]).toBeCloseTo((100 * 0.5) / 32 - 93.75, 4);
    expect(grid.geometry.width).toBe(8);
  });

  it("agree by rank correlation: of these two by hand, of one with itself by 1", () => {
    const comparison = compared(usual, wide, { ...usual, name: "again", set: { seed: 7 } });
    const [first, second] = comparison.variants;
    // 1 - 6 (0 + 16 + 25 + 9 + 1 + 9 + 9 + 25) / (8 x 63)
    expect(rankCorrelation(first, second, "errors")).toBeCloseTo(1 - (6 * 94) / 504, 12);
    const { labels, matrix } = variantAgreement(comparison, "errors");
    expect(labels).toEqual(["default", "wide", "again"]);
    expect(matrix[0][2]).toBeCloseTo(1, 12);
    expect(alikeVariantsSentence(comparison)).toContain("errors -0.119 to 1.000");
  });

  it("that say the same everywhere agree with none, and are no error", () => {
    const flat = { ...wide, probabilities: [1, 1, 1, 1, 1, 1, 1, 1] };
    const [first, second] = compared(usual, flat).variants;
    expect(rankCorrelation(first, second, "probabilities")).toBeNaN();
    expect(alikeVariantsSentence(compared(usual, flat))).toContain("maps not comparable");
  });
});

describe("what is said of variants", () => {
  it("names district, kind, profile and the parameters that differ, and no other", () => {
    const comparison = compared(usual, wide);
    expect(differingParameters(comparison)).toEqual(["filters"]);
    // As a record has it, in another order of its fields.
    const open = Object.fromEntries(Object.entries(applyMethod(file, {}).method.open).reverse());
    const reordered = compared(usual, { ...wide, set: { open } });
    expect(differingParameters(reordered)).toEqual([]);
    expect(reordered.variants[1].changes).toEqual([]);
    expect(comparedSentence(comparison)).toBe(
      "Made ground (real), profile paper: 2 variants, held against **default**. They differ in filters; all else is the same.",
    );
    expect(variantRows(comparison)).toEqual([
      { variant: "default", filters: "8, 4" },
      { variant: "wide", filters: "64, 128" },
    ]);
    const made = { ...study, kind: "synthetic" } as Study;
    expect(comparedSentence({ ...comparison, study: made })).toContain("(synthetic, generated");
    expect(variantCautions({ ...comparison, study: made }).join(" ")).toContain("synthetic");
    const smoke = compared(
      { ...usual, set: { profile: "smoke" } },
      { ...wide, set: { profile: "smoke" } },
    );
    expect(comparedSentence(smoke)).toContain("its numbers say nothing of the method");
    expect(comparedSentence(smoke)).toContain("No parameter differs");
  });

  it("tells a difference that is larger than chance, and how it stands to the seed's", () => {
    const many = (scores: (at: number) => number) =>
      Array.from({ length: 32 }, (_, at) => scores(at));
    const held = [3, 9, 20];
    const metrics = { "sensitivity.seed.auc": 0.9, "cae.stability.seed": 0.9 };
    const sharp = many((at) => (held.includes(at) ? 100 + at : at));
    const blunt = many((at) => (held.includes(at) ? -at : at));
    const comparison = compared(
      { name: "default", errors: sharp, size: 1, held, metrics },
      {
        name: "wide",
        errors: sharp.map((score, at) => score + (at % 5) * 9),
        size: 1,
        held,
        set: { epochs: 50 },
      },
      { name: "blunt", errors: blunt, size: 1, held, set: { epochs: 100 } },
    );
    const [, map] = verdictSentences(comparison);
    expect(map).toMatch(/larger than chance: \*\*blunt lower\*\* by -0\.\d+ \(.*\), p < 0.001/);
    expect(map).toContain("of 2 tested");
    const [area, alike] = seedSentences(comparison);
    expect(area).toContain("by up to **0.900** (notebook 08)");
    expect(alike).toMatch(/correlate by \*\*0\.900\*\*.*No more unlike default than that: wide/);
    expect(alike).toContain("more unlike: blunt");
    expect(seedSentences(compared(usual, wide))[0]).toContain("--seed 1,2,3 --sweep");
    const seeds = compared(usual, { ...wide, set: { seed: 7 } });
    expect(seedSentences(seeds)[0]).toContain("runs from 0.667 to 0.733");
  });

  it("cautions against losses of unlike kinds alone", () => {
    expect(lossCaution(compared(usual, wide))).toBeNull();
    expect(lossCaution(compared(usual, { ...wide, set: { percentiles: [2, 98] } }))).toContain(
      "since percentiles differs",
    );
  });
});

describe("tables of variants", () => {
  it("head with what is set, the AUC and the test, and what the map marks", () => {
    const comparison = compared(usual, wide);
    const rows = errorHeadlineRows(comparison);
    expect(Object.keys(rows[0])).toEqual([
      ...["variant", "filters", "AUC of the error", "less default", "more than chance"],
    ]);
    expect(rows[1]).toMatchObject({ variant: "wide", filters: "64, 128" });
    expect(rows[1]["more than chance"]).toMatch(/^no \(p 0\.\d{3}\)$/);
    expect(rows[1]["less default"]).toMatch(/^-0\.067 \(/);
    // Four of eight patches score 4.5 and more; the first and third occurrence lie there.
    expect(mapHeadlineRows(comparison)[0]).toMatchObject({ "ground marked (%)": "50.0" });
    expect(mapHeadlineRows(comparison)[0]["Au there (%)"]).toMatch(/^66\.7 \(/);
    expect(variantTestRows(comparison)).toHaveLength(6);
  });

  it("have a number for an axis where one was swept, and names elsewhere", () => {
    const swept = [5, 10, 20].map((epochs) => ({ ...usual, name: `e-${epochs}`, set: { epochs } }));
    expect(sweptNumber(compared(...swept))).toEqual({ name: "epochs", values: [5, 10, 20] });
    expect(sweptNumber(compared(usual, wide))).toBeNull();
    const spec = JSON.stringify(variantHeadlineFigure(compared(...swept)).spec);
    expect(spec).toContain('"title":"epochs"');
    expect(JSON.stringify(variantHeadlineFigure(compared(usual, wide)).spec)).toContain('"wide"');
  });
});

describe("numbers of variants", () => {
  it("are held against those on record to the last digit; what one lacks is passed over", () => {
    const metrics = areaMetrics(variant(usual));
    expect(metrics["cae.error.auc.all"].value).toBeCloseTo(11 / 15, 12);
    expect(metrics["successRate.cae.main.area"].value).toBeCloseTo(31 / 48, 12);
    const auc = metrics["cae.error.auc.all"].value;
    expect(metricDifferences(metrics, { "cae.error.auc.all": { value: auc } })).toEqual([]);
    expect(metricDifferences(metrics, { "cae.error.auc.all": { value: auc + 1e-12 } })).toEqual([
      { key: "cae.error.auc.all", computed: auc, recorded: auc + 1e-12 },
    ]);
  });

  it("are kept by variant, with the difference from the first", () => {
    const metrics = comparisonMetrics(compared(usual, wide));
    expect(metrics["default.error.auc"].value).toBeCloseTo(11 / 15, 12);
    expect(metrics["wide.error.auc.difference"].value).toBeCloseTo(-1 / 15, 12);
    expect(metrics["default.error.auc.difference"]).toBeUndefined();
  });
});

function counting(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}
