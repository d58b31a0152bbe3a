import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { correlationMatrix, pearson } from "../../lib/src/evaluation/correlation";
import { aucWithInterval } from "../../lib/src/evaluation/delong";
import { areaUnderRoc, rocCurve } from "../../lib/src/evaluation/roc";
import {
  occurrenceShareAt,
  sharesAtThreshold,
  successRateCurve,
} from "../../lib/src/evaluation/success-rate";

const sklearn = JSON.parse(
  readFileSync(join(__dirname, "../reference/evaluation/sklearn.json"), "utf8"),
);

describe("ROC curve", () => {
  it("has scikit-learn's area under the curve for scores with many ties", () => {
    expect(areaUnderRoc(sklearn.scores, sklearn.labels)).toBeCloseTo(sklearn.auc, 12);
  });

  it("passes through scikit-learn's points", () => {
    const curve = rocCurve(sklearn.scores, sklearn.labels);
    expect(curve.falsePositiveRate.length).toBe(sklearn.falsePositiveRate.length);
    curve.falsePositiveRate.forEach((rate, at) => {
      expect(rate).toBeCloseTo(sklearn.falsePositiveRate[at], 12);
      expect(curve.truePositiveRate[at]).toBeCloseTo(sklearn.truePositiveRate[at], 12);
    });
  });

  it("gives 0.5 where every score is the same, and 1 where the classes part", () => {
    expect(areaUnderRoc([3, 3, 3, 3], [0, 1, 0, 1])).toBe(0.5);
    expect(areaUnderRoc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
  });

  it("counts a tie half: of four pairs one is won, one tied, two lost", () => {
    // Positives 2 and 1, negatives 2 and 1.5: 2=2 half, 2>1.5 one, 1<2, 1<1.5 none.
    expect(areaUnderRoc([2, 1, 2, 1.5], [1, 1, 0, 0])).toBe(1.5 / 4);
  });

  it("refuses a score that is not a number, saying which", () => {
    expect(() => rocCurve([1, Number.NaN], [0, 1])).toThrow(/NaN at position 1/);
    expect(() => rocCurve([1, 2], [1, 1])).toThrow(/2 positives among 2/);
  });
});

describe("DeLong's interval", () => {
  it("is pROC's (1.18.0, test/reference/evaluation/make.R)", () => {
    const { value, interval } = aucWithInterval(sklearn.scores, sklearn.labels);
    expect(value).toBeCloseTo(0.808913308913309, 12);
    expect(interval[0]).toBeCloseTo(0.702560552098111, 9);
    expect(interval[1]).toBeCloseTo(0.915266065728507, 9);
  });
});

describe("success-rate curve", () => {
  it("rises as counted by hand", () => {
    // Five units of area; occurrences in the units that score 5 and 3.
    const curve = successRateCurve([1, 2, 3, 4, 5], [5, 3]);
    expect(curve.areaShare).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(curve.occurrenceShare).toEqual([0, 0.5, 0.5, 1, 1, 1]);
    // Trapezoids of width 0.2: 0.25, 0.5, 0.75, 1, 1.
    expect(curve.auc).toBeCloseTo(0.7, 12);
  });

  it("takes tied area as one step, whatever its order", () => {
    const saturated = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
    const curve = successRateCurve(saturated, [1, 1, 0]);
    expect(curve.areaShare).toEqual([0, 0.4, 1]);
    expect(curve.occurrenceShare).toEqual([0, 2 / 3, 1]);
    expect(successRateCurve([...saturated].reverse(), [0, 1, 1])).toEqual(curve);
    expect(occurrenceShareAt(curve, 0.2)).toBeCloseTo(1 / 3, 12);
  });

  it("reads the shares at a threshold, the threshold included", () => {
    const curve = successRateCurve([0.9, 0.5, 0.4, 0.1], [0.5, 0.1]);
    expect(sharesAtThreshold(curve, 0.5)).toEqual({ areaShare: 0.5, occurrenceShare: 0.5 });
    expect(sharesAtThreshold(curve, 0.95)).toEqual({ areaShare: 0, occurrenceShare: 0 });
  });

  it("refuses an occurrence whose score no area has", () => {
    expect(() => successRateCurve([0.9, 0.5], [0.1])).toThrow(/below every unit of area/);
  });
});

describe("Pearson's correlation", () => {
  it("is numpy's, also where a mean of a million dwarfs the spread", () => {
    const matrix = correlationMatrix(sklearn.table);
    matrix.forEach((row, at) => {
      row.forEach((value, column) => {
        expect(value).toBeCloseTo(sklearn.correlation[at][column], 9);
      });
    });
  });

  it("leaves out positions without data in either variable", () => {
    expect(pearson([1, 2, Number.NaN, 4], [2, 4, 9, 8])).toBeCloseTo(1, 12);
  });

  it("refuses a constant variable instead of giving NaN", () => {
    expect(() => pearson([1, 1, 1], [1, 2, 3])).toThrow(/constant variable/);
  });
});
