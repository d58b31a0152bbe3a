import { describe, expect, it } from "vitest";
import type { ConditionalIndependence } from "../../lib/src/comparators/conditional-independence";
import { fitWeightsOfEvidence } from "../../lib/src/comparators/weights-of-evidence";
import { friedmanTest, nemenyiTest } from "../../lib/src/evaluation/friedman";
import {
  evidenceWeightRows,
  independenceRows,
  independenceSentence,
} from "../../lib/src/findings/evidence-weights";
import { methodRankRows, methodRankSentence, methodRows } from "../../lib/src/findings/methods";

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

  it("adjust the pairs for their number: 3 times the least, twice the next", () => {
    expect(independenceRows(test).map((row) => row["p after Holm"])).toEqual([
      expect.closeTo(0.03, 12),
      expect.closeTo(0.06, 12),
      0.5,
    ]);
  });
});

describe("methods beside each other", () => {
  it("are ordered by what they say of ground that they have not seen", () => {
    const labels = Uint8Array.of(1, 1, 0, 0);
    const method = (name: string, inSample: number[], outOfSample: number[]) => ({
      ...{ id: name, name, inSample, outOfSample, isTold: name === "told", seconds: 2 },
    });
    const rows = methodRows(
      [method("told", [4, 3, 2, 1], [1, 2, 3, 4]), method("untold", [4, 1, 3, 2], [4, 1, 3, 0])],
      labels,
    );
    expect(rows.map((row) => [row.method, row["told of occurrences"]])).toEqual([
      ["untold", "no"],
      ["told", "yes"],
    ]);
    // Untold out of fold: 4 beats both, 1 beats 0: three of four pairs.
    expect(rows.map((row) => row["AUC out of fold"])).toEqual([0.75, 0]);
    expect(rows.map((row) => row["AUC in-sample"])).toEqual([0.5, 1]);
    const none = methodRows([method("told", [4, 3, 2, 1], Array(4).fill(Number.NaN))], labels);
    expect(none[0]).toMatchObject({ "AUC out of fold": null, from: null, "AUC in-sample": 1 });
  });

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
