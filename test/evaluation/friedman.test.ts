import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { friedmanTest, nemenyiTest } from "../../lib/src/evaluation/friedman";
import {
  chiSquareQuantile,
  chiSquareTail,
  fisherTail,
  rangeQuantile,
  rangeTail,
} from "../../lib/src/evaluation/test-distributions";
import { refusalOf } from "../support/refusal";

/** scipy (make-test-distributions.py). */
const scipy = JSON.parse(
  readFileSync(join(__dirname, "../reference/evaluation/test-distributions.json"), "utf8"),
);

describe("distributions of tests", () => {
  it.each(scipy.chiSquare as number[][])("chi-square above %d of %d is scipy's", (x, d, p) => {
    expect(chiSquareTail(x, d) / p).toBeCloseTo(1, 10);
  });

  it.each(scipy.chiSquareQuantile as number[][])(
    "the %d quantile of chi-square of %d is scipy's",
    (p, d, x) => {
      expect(chiSquareQuantile(p, d) / x).toBeCloseTo(1, 12);
    },
  );

  it.each(scipy.f as number[][])("F above %d of %d and %d is scipy's", (x, a, b, p) => {
    expect(fisherTail(x, a, b) / p).toBeCloseTo(1, 10);
  });

  it.each(scipy.rangeTail as number[][])("the range above %d of %d is scipy's", (q, k, p) => {
    expect(rangeTail(q, k)).toBeCloseTo(p, 7);
  });

  it.each(scipy.rangeQuantile as number[][])("the %d quantile of %d is scipy's", (p, k, q) => {
    expect(rangeQuantile(p, k)).toBeCloseTo(q, 6);
  });

  it("has the ends, and refuses what is none", () => {
    expect([chiSquareTail(0, 3), fisherTail(0, 2, 5), rangeTail(0, 3)]).toEqual([
      1,
      1,
      expect.closeTo(1, 12),
    ]);
    expect(fisherTail(Number.POSITIVE_INFINITY, 2, 5)).toBe(0);
    expect(() => chiSquareTail(1, 0)).toThrow(/0 degrees/);
    expect(() => fisherTail(-1, 1, 2)).toThrow(/F of -1/);
    expect(() => rangeTail(1, 1)).toThrow(/degrees/);
    expect(() => rangeQuantile(0, 4)).toThrow(/tail of 0/);
  });
});

/** Demsar (2006), Table 6: AUC of C4.5 and three of its settings on 14 data sets. */
const METHODS = ["C4.5", "C4.5+m", "C4.5+cf", "C4.5+m+cf"];
const AUCS = [
  [0.763, 0.768, 0.771, 0.798],
  [0.599, 0.591, 0.59, 0.569],
  [0.954, 0.971, 0.968, 0.967],
  [0.628, 0.661, 0.654, 0.657],
  [0.882, 0.888, 0.886, 0.898],
  [0.936, 0.931, 0.916, 0.931],
  [0.661, 0.668, 0.609, 0.685],
  [0.583, 0.583, 0.563, 0.625],
  [0.775, 0.838, 0.866, 0.875],
  [1, 1, 1, 1],
  [0.94, 0.962, 0.965, 0.962],
  [0.619, 0.666, 0.614, 0.669],
  [0.972, 0.981, 0.975, 0.975],
  [0.957, 0.978, 0.946, 0.97],
];

describe("Friedman's test on Demsar's example of four methods and 14 data sets", () => {
  const test = friedmanTest(METHODS, AUCS);

  it("has his average ranks, up to the tie that three digits make of one of them", () => {
    // He prints 3.143, 2.000, 2.893 and 1.964; in the 13th data set he ranks the two 0.975 as 2 and
    // 3 by digits that he does not print, which moves one rank by half: 1/28 of an average.
    expect(test.averageRanks[0]).toBeCloseTo(3.143, 3);
    expect(test.averageRanks[1]).toBeCloseTo(2, 3);
    expect(Math.abs(test.averageRanks[2] - 2.893)).toBeLessThan(1 / 28 + 5e-4);
    expect(Math.abs(test.averageRanks[3] - 1.964)).toBeLessThan(1 / 28 + 5e-4);
  });

  it("has his chi-square 9.28 and F 3.69, with the digits that break the tie", () => {
    const broken = AUCS.map((row, at) => (at === 12 ? [0.972, 0.981, 0.9752, 0.9751] : row));
    const printed = friedmanTest(METHODS, broken);
    expect(Array.from(printed.averageRanks, (rank) => rank.toFixed(3))).toEqual([
      "3.143",
      "2.000",
      "2.893",
      "1.964",
    ]);
    expect(printed.chiSquare).toBeCloseTo(9.28, 2);
    expect(printed.f).toBeCloseTo(3.69, 2);
    // He gives 2.85 as the value that F of 3 and 39 exceeds with 0.05.
    expect(printed.fP).toBeLessThan(0.05);
    expect(printed.fP).toBeCloseTo(fisherTail(printed.f, 3, 39), 12);
    expect(printed.chiSquareP).toBeCloseTo(chiSquareTail(printed.chiSquare, 3), 12);
    expect(fisherTail(2.845, 3, 39)).toBeCloseTo(0.05, 3);
  });

  it("has his critical differences: 1.25 at 0.05 and 1.12 at 0.1", () => {
    const [strict, lax] = [nemenyiTest(test), nemenyiTest(test, 0.1)];
    expect(strict.criticalDifference).toBeCloseTo(1.25, 2);
    expect(lax.criticalDifference).toBeCloseTo(1.12, 2);
    // As he says, 0.05 finds nothing (3.143 - 1.964 = 1.18 < 1.25), and 0.1 tells C4.5 from
    // C4.5+m (1.143) and from C4.5+m+cf (1.179), and no other two.
    expect(strict.groups).toEqual([["C4.5+m+cf", "C4.5+m", "C4.5+cf", "C4.5"]]);
    expect(lax.groups).toEqual([
      ["C4.5+m+cf", "C4.5+m", "C4.5+cf"],
      ["C4.5+cf", "C4.5"],
    ]);
    expect(lax.p[0][1]).toBeLessThan(0.1);
    expect(lax.p[2][1]).toBeGreaterThan(0.1);
    expect(lax.p[0][3]).toBe(lax.p[3][0]);
  });
});

describe("methods over districts", () => {
  it("that every district ranks alike: chi-square is districts by methods less one", () => {
    const test = friedmanTest(
      ["A", "B", "C"],
      Array.from({ length: 5 }, () => [0.9, 0.8, 0.7]),
    );
    expect(test.chiSquare).toBeCloseTo(5 * 2, 12);
    expect([test.f, test.fP]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });

  it("are single where each differs from all others: no group", () => {
    const test = friedmanTest(
      ["worst", "best"],
      Array.from({ length: 30 }, () => [0.6, 0.7]),
    );
    expect(nemenyiTest(test).groups).toEqual([]);
    expect(Array.from(test.averageRanks)).toEqual([2, 1]);
  });

  it("are refused where a score is missing or there is nothing to compare", async () => {
    const refusal = await refusalOf(() =>
      friedmanTest(
        ["A", "B"],
        [
          [1, 2],
          [1, Number.NaN],
        ],
      ),
    );
    expect(refusal).toMatchObject({ found: "NaN for B in district 2" });
    expect(() => friedmanTest(["A"], [[1], [2]])).toThrow(/1 methods and 2 districts/);
  });
});
