import { describe, expect, it } from "vitest";
import type { ConditionalIndependence } from "../../lib/src/comparators/conditional-independence";
import {
  fitWeightsOfEvidence,
  posteriorOf,
  type WeightsOfEvidence,
} from "../../lib/src/comparators/weights-of-evidence";
import { friedmanTest, nemenyiTest } from "../../lib/src/evaluation/friedman";
import {
  evidenceWeightMetrics,
  evidenceWeightRows,
  evidenceWeightSentences,
  independenceRows,
  independenceSentence,
  posteriorPanels,
} from "../../lib/src/findings/evidence-weights";
import { methodRankRows, methodRankSentence } from "../../lib/src/findings/method-ranks";
import {
  methodTestRows,
  methodTestSentences,
  methodTests,
} from "../../lib/src/findings/method-tests";
import {
  type MethodComparison,
  methodEstimates,
  methodMetrics,
  methodRows,
  optimismSentence,
} from "../../lib/src/findings/methods";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import { tilePatches } from "../../lib/src/patches/tile";
import { skipped } from "../../lib/src/skipped";
import { counting, stackOf } from "../support/stacks";

describe("weights of evidence in rows and words", () => {
  // 20 cells of 100 hold 6 of 10 occurrences: W+ 1.349927, W- -0.747214 (weights-of-evidence.test).
  const cells = Array.from({ length: 100 }, (_, cell) => cell);
  const labels = Uint8Array.from(cells, (cell) => Number(cell < 6 || (cell >= 20 && cell < 24)));
  const model = fitWeightsOfEvidence(
    {
      names: ["low", "rock", "flat"],
      values: Float64Array.from(cells.flatMap((cell) => [cell < 20 ? 1 : 2, cell < 20 ? 7 : 3, 5])),
    },
    labels,
    { categories: ["rock"] },
  );

  it("say the favourable side, its share, and what is not used", () => {
    const [low, rock, flat] = evidenceWeightRows(model);
    expect(low).toMatchObject({ layer: "low", favourable: "up to 1.00", "share of area": 0.2 });
    expect(low["W+"]).toBeCloseTo(1.349927, 6);
    expect(low["W-"]).toBeCloseTo(-0.747214, 6);
    expect(rock).toMatchObject({ layer: "rock", favourable: "class 7", "share of area": 0.2 });
    expect(rock.contrast).toBeCloseTo(2.097141, 6);
    expect(flat).toMatchObject({ layer: "flat", favourable: "not used", contrast: null });
  });

  const pair = (p: number) => ({
    ...{ first: "As", second: "Sb", chiSquare: 4, degrees: 1, p, leastExpected: 2 },
  });
  const test: ConditionalIndependence = {
    ...{ observed: 40, expected: 77.2, ratio: 40 / 77.2, deviation: 5.2, z: 7.15, p: 1e-12 },
    pairs: [pair(0.01), pair(0.03), pair(0.5)],
  };

  it("say first that probabilities are too high where layers repeat each other", () => {
    expect(independenceSentence(test)).toBe(
      "The layers repeat each other: posterior probabilities are too high, and their ranks alone can be read. 40 patches with an occurrence are there and 77.2 are expected: n / T is 0.52 (doubted below 0.85), z 7.15 (p below 0.001). Of 3 pairs of layers chi-square finds 1 dependent among the occurrences (0.05, after Holm).",
    );
    const fine = { ...test, expected: 41, ratio: 40 / 41, z: 0.2, p: 0.421, pairs: [] };
    expect(independenceSentence(fine)).toBe(
      "Nothing speaks against adding the weights up. 40 patches with an occurrence are there and 41.0 are expected: n / T is 0.98 (doubted below 0.85), z 0.20 (p 0.421).",
    );
    // Either test alone is enough to doubt it.
    expect(independenceSentence({ ...fine, ratio: 0.8 })).toMatch(/^The layers repeat/);
    expect(independenceSentence({ ...fine, p: 0.04 })).toMatch(/^The layers repeat/);
  });

  const table = {
    names: ["low", "rock", "flat"],
    values: Float64Array.from(cells.flatMap((cell) => [cell < 20 ? 1 : 2, cell < 20 ? 7 : 3, 5])),
  };
  const patches = tilePatches(stackOf(10, 10, { any: counting(100) }), { size: 1 });
  const found = { model, posterior: posteriorOf(model, table), independence: test, patches };

  it("say how many times too many occurrences the posteriors promise: 77.2 by 40", () => {
    const [first, second] = evidenceWeightSentences(found) as string[];
    expect(first).toMatch(/^The layers repeat each other.*promise \*\*1\.9 times\*\* as many/s);
    // Of the contrast: 1 / 6 + 1 / 14 + 1 / 4 + 1 / 76 = 0.501253, whose root is 0.707992.
    expect(second).toMatch(
      /^2 of 3 layers are used\. low weighs most surely, with a contrast of 2\.10 \(studentised 3\.0\); then rock \(3\.0\)\./,
    );
    const fine = { ...found, independence: { ...test, expected: 41, ratio: 40 / 41, p: 0.4 } };
    expect(evidenceWeightSentences(fine)).toMatchObject([
      expect.not.stringContaining("promise"),
      {},
    ]);
    const metrics = evidenceWeightMetrics(found);
    expect(metrics["weights.ratio"]).toEqual({ value: 40 / 77.2, n: 10 });
    expect(metrics["weights.contrast.low"].interval?.[0]).toBeCloseTo(
      2.097141 - 1.96 * 0.707992,
      5,
    );
  });

  it("are maps of the posterior and its deviation, and none where no layer is used", () => {
    const panels = posteriorPanels(found) as { grid: { values: Float32Array } }[];
    // Prior logit ln(10 / 90), both patterns add 1.349927 on the favourable side.
    const logit = Math.log(1 / 9) + 2 * 1.349927;
    expect(panels[0].grid.values[0]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 5);
    const none: WeightsOfEvidence = { ...model, patterns: [null, null, null] };
    expect(posteriorPanels({ ...found, model: none })).toMatchObject({
      because: expect.stringMatching(/no layer/),
    });
    expect(evidenceWeightSentences({ ...found, model: none })).toHaveProperty("because");
    expect(evidenceWeightMetrics(skipped("too few"))).toEqual({});
  });

  it("adjust the pairs for their number: 3 times the least, twice the next", () => {
    expect(independenceRows(test).map((row) => row["p after Holm"])).toEqual([
      expect.closeTo(0.03, 12),
      expect.closeTo(0.06, 12),
      0.5,
    ]);
  });
});

/** Patches of which some hold an occurrence, and methods by what they say of them. */
function comparison(
  labels: readonly number[],
  methods: readonly {
    readonly id: string;
    readonly inSample?: readonly number[];
    readonly outOfSample: readonly number[];
    readonly isTold?: boolean;
  }[],
): MethodComparison {
  const assigned = labels.filter((label) => label === 1).map(() => ({}));
  const assignment = { labels: Uint8Array.from(labels), assigned, unassigned: [] };
  const title = `${assigned.length} Au occurrences`;
  return {
    group: { ids: ["main"], title, assignment } as unknown as OccurrenceGroup,
    ...{ folds: skipped("none"), samples: 12 },
    scores: methods.map(({ id, outOfSample, inSample = outOfSample, isTold = false }) => ({
      ...{ id, name: id.toUpperCase(), inSample, outOfSample, isTold, seconds: 2 },
    })),
  };
}

describe("methods beside each other", () => {
  const both = comparison(
    [1, 1, 0, 0],
    [
      { id: "told", inSample: [4, 3, 2, 1], outOfSample: [1, 2, 3, 4], isTold: true },
      { id: "cae", inSample: [4, 1, 3, 2], outOfSample: [4, 1, 3, 0] },
    ],
  );

  it("are ordered by what they say of ground that they have not seen", () => {
    const rows = methodRows(both);
    expect(rows.map((row) => [row.method, row["told of occurrences"]])).toEqual([
      ["CAE", "no"],
      ["TOLD", "yes"],
    ]);
    // CAE out of fold: 4 beats both, 1 beats 0: three of four pairs.
    expect(rows.map((row) => row["AUC out of fold"])).toEqual([0.75, 0]);
    expect(rows.map((row) => row["AUC in-sample"])).toEqual([0.5, 1]);
    expect(rows.map((row) => row.optimism)).toEqual([-0.25, 1]);
    expect(methodEstimates(both).map(({ name, group }) => `${name}, ${group}`)).toEqual([
      ...[
        "CAE, out of fold",
        "CAE, in-sample",
        "TOLD (told), out of fold",
        "TOLD (told), in-sample",
      ],
    ]);
    expect(methodMetrics(both)).toMatchObject({
      "methods.cae.outOfFold.auc": { value: 0.75, n: 2 },
      "methods.told.inSample.auc": { value: 1, n: 2 },
      "methods.samples": { value: 12 },
    });
  });

  it("say which flatters itself most, and that nothing is known without folds", () => {
    expect(optimismSentence(both)).toBe(
      "In-sample numbers flatter most, of methods that are told of occurrences: TOLD by 1.000 (1.000 in-sample, 0.000 held out); of those that are not: CAE by -0.250 (0.500 in-sample, 0.750 held out). An order by in-sample numbers is one of how well methods remember.",
    );
    const unsteady = comparison(
      [1, 1, 0, 0],
      [{ id: "mcd", inSample: [4, 3, 2, 1], outOfSample: [4, 1, 3, 0] }],
    );
    expect(optimismSentence(unsteady)).toMatch(
      /occurrences: none; of those that are not: MCD by 0\.250.*it takes other ground for the usual, and is not to be relied on here\.$/,
    );
    const outOfSample = Array(4).fill(Number.NaN);
    const none = comparison([1, 1, 0, 0], [{ id: "told", inSample: [4, 3, 2, 1], outOfSample }]);
    expect(methodRows(none)[0]).toMatchObject({
      ...{ "AUC out of fold": null, from: null, "AUC in-sample": 1, optimism: null },
    });
    expect(optimismSentence(none)).toMatch(/^No ground could be held out/);
    expect(methodTests(none)).toHaveProperty("because");
    expect(methodTestSentences(none, methodTests(none))).toHaveProperty("because");
  });
});

describe("methods held against the paper's", () => {
  // Ten patches with an occurrence, then thirty without.
  const labels = Array.from({ length: 40 }, (_, patch) => Number(patch < 10));
  // The error has half of its occurrences above all else, and half below: AUC 0.5.
  const cae = labels.map((_, patch) => (patch < 5 ? 100 : patch < 10 ? -100 : patch));
  // Perfect but for one occurrence below the last ten of thirty: AUC (9 + 2 / 3) / 10.
  const good = labels.map((_, patch) => (patch === 0 ? 29.5 : patch < 10 ? 100 : patch));
  const unknown = cae.map((score, patch) => (patch === 9 || patch === 39 ? Number.NaN : score));
  const found = methodTests(
    comparison(labels, [
      { id: "cae", outOfSample: cae },
      { id: "good", outOfSample: good, isTold: true },
      { id: "same", outOfSample: cae.map((score) => 2 * score) },
      { id: "part", outOfSample: unknown },
    ]),
  );

  it("are compared on the patches that both score, p-values after Holm", () => {
    const [{ paper, tests }, ...none] = found as Exclude<typeof found, { because: string }>;
    expect([paper.id, none.length]).toEqual(["cae", 0]);
    expect(tests.map(({ method }) => method.id)).toEqual(["good", "same", "part"]);
    const [better, same, part] = tests;
    expect(better.comparison.first).toBeCloseTo((9 + 2 / 3) / 10, 12);
    expect(better.comparison.second).toBeCloseTo(0.5, 12);
    // Of three tests the least p counts three times; scores that rank alike differ by nothing.
    expect(better.adjusted).toBeCloseTo(3 * better.comparison.p, 12);
    expect([same.comparison.p, same.adjusted, part.comparison.difference.value]).toEqual([1, 1, 0]);
    // Without one of five occurrences below: 5 of 9 above.
    expect(part.comparison.first).toBeCloseTo(5 / 9, 12);
    expect(methodTestRows(found)).toMatchObject([
      { method: "GOOD", "held against": "CAE", difference: expect.closeTo(0.466667, 5) },
      ...[{ method: "SAME" }, { method: "PART" }],
    ]);
  });

  it("say first what is above the paper's scores, and which of it the test tells apart", () => {
    const compared = comparison(labels, [
      { id: "cae", outOfSample: cae },
      { id: "good", outOfSample: good, isTold: true },
      { id: "other", outOfSample: good },
      { id: "bad", outOfSample: labels.map((label, patch) => -100 * label + patch) },
    ]);
    const said = methodTestSentences(compared, methodTests(compared)) as string[];
    const [paper, above, below, caution] = said;
    expect(said).toHaveLength(4);
    expect(paper).toMatch(
      /^\*\*CAE\*\* has an AUC of 0\.500 \(.*\) on ground held out, rank 3 of 4\.$/,
    );
    expect(above).toBe(
      "Above it by the paired test, after Holm, and told of no occurrence either: OTHER (0.967); told of occurrences: GOOD (0.967).",
    );
    expect(below).toBe(
      "Higher, but not told apart from it: none. Below it by the test: BAD (0.000).",
    );
    expect(caution).toMatch(
      /^\n\nThe areas are of 10 patches that hold 10 Au occurrences; one patch is 10\.0 % of them\./,
    );
  });

  it("name five, and count the others", () => {
    const many = Array.from({ length: 7 }, (_, at) => ({ id: `g${at}`, outOfSample: good }));
    const compared = comparison(labels, [{ id: "cae", outOfSample: cae }, ...many]);
    // So many tests at once that Holm tells none of them apart.
    const [, , near] = methodTestSentences(compared, methodTests(compared)) as string[];
    expect(near).toContain(
      "apart from it: G0 (0.967), G1 (0.967), G2 (0.967), G3 (0.967), G4 (0.967) and 2 more. Below",
    );
    const six = comparison(labels, [{ id: "cae", outOfSample: cae }, ...many.slice(1)]);
    const [, , named] = methodTestSentences(six, methodTests(six)) as string[];
    expect(named).toMatch(/apart from it: .*G5 \(0\.967\), G6 \(0\.967\)\. Below/);
  });

  it("say how far a difference may reach by the median of their intervals", () => {
    const compared = comparison(labels, [
      { id: "cae", outOfSample: cae },
      { id: "good", outOfSample: good },
      { id: "same", outOfSample: cae },
    ]);
    const [{ tests }] = methodTests(compared) as Exclude<typeof found, { because: string }>;
    const [one, other] = tests.map(({ comparison: { difference } }) => difference.interval);
    // Of two, the mean.
    const reach = (one[1] - one[0] + other[1] - other[0]) / 4;
    expect((methodTestSentences(compared, methodTests(compared)) as string[]).at(-1)).toContain(
      `reaches about ${reach.toFixed(2)} to either side`,
    );
  });
});

describe("methods over districts", () => {
  const steady = friedmanTest(
    ["A", "B", "C"],
    Array.from({ length: 12 }, (_, at) => (at % 3 === 0 ? [0.8, 0.9, 0.6] : [0.9, 0.8, 0.6])),
  );

  it("in ranks over districts: average, best, worst, and how often first", () => {
    // A is first in 8 of 12 districts and second in 4: (8 + 8) / 12; B the other way round.
    expect(methodRankRows(steady)).toEqual([
      {
        ...{ method: "A", "average rank": expect.closeTo(16 / 12, 12) },
        ...{ "best rank": 1, "worst rank": 2, "districts where first": 8 },
      },
      expect.objectContaining({ method: "B", "districts where first": 4 }),
      expect.objectContaining({ method: "C", "average rank": 3, "best rank": 3 }),
    ]);
  });

  it("in words: whether they differ, the first, and which are not told from it", () => {
    const said = methodRankSentence(steady, nemenyiTest(steady), "districts (synthetic)");
    // Chi-square 12 * 12 / 12 * ((4/3 - 2)^2 + (5/3 - 2)^2 + 1) = 18.6667, F = 11 * 18.6667 /
    // (24 - 18.6667) = 38.50; the critical difference is 2.343 (Demsar's Table 5) by the
    // root of 3 * 4 / (6 * 12): 0.96.
    expect(said).toBe(
      "Over 12 districts (synthetic) the methods differ (F 38.50, p below 0.001). A ranks first with 1.33 on average; not told from it, by less than the critical difference of 0.96: B (1.67).",
    );
    const even = friedmanTest(
      ["A", "B"],
      [
        [1, 2],
        [2, 1],
      ],
    );
    expect(methodRankSentence(even, nemenyiTest(even), "districts")).toBe(
      "Over 2 districts no method can be told from another (F 0.00, p 1.000): the order of their average ranks may be chance.",
    );
  });
});
