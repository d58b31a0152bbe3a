import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bcaShares, bootstrap, percentileShares } from "../../lib/src/evaluation/bootstrap";
import { calibration } from "../../lib/src/evaluation/calibration";
import { captureCurve } from "../../lib/src/evaluation/capture";
import { aucWithInterval, compareAucs } from "../../lib/src/evaluation/delong";
import { quantileOfSorted } from "../../lib/src/evaluation/describe";
import {
  normalQuantile,
  normalTail,
  studentQuantile,
} from "../../lib/src/evaluation/distributions";
import { holmAdjusted } from "../../lib/src/evaluation/holm";
import {
  aucBootstrap,
  captureBootstrap,
  successRateAreaBootstrap,
  successRateBand,
} from "../../lib/src/evaluation/occurrence-bootstrap";
import { precisionRecallCurve } from "../../lib/src/evaluation/precision-recall";
import { proportionWithInterval } from "../../lib/src/evaluation/proportion";
import { meanWithInterval, rankOverRepeats } from "../../lib/src/evaluation/repeats";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import { saturation } from "../../lib/src/evaluation/saturation";

const reference = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, "../reference/evaluation", name), "utf8"));
/** scikit-learn and scipy (make-statistics.py). */
const python = reference("statistics.json");
/** pROC and R (make-statistics.R). */
const r = reference("statistics-r.json");

function expectClose(found: ArrayLike<number>, expected: readonly number[], digits = 10): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, digits);
  });
}

describe("distributions", () => {
  it("the normal's tail is scipy's, far out as well", () => {
    for (const [z, tail] of python.normal) expect(normalTail(z) / tail).toBeCloseTo(1, 12);
  });

  it("the normal's quantiles are scipy's, Student's are R's", () => {
    for (const [share, z] of python.normalQuantile)
      expect(normalQuantile(share)).toBeCloseTo(z, 11);
    for (const [share, degrees, t] of r.studentQuantile) {
      expect(studentQuantile(share, degrees)).toBeCloseTo(t, 10);
    }
    expect(studentQuantile(0.975, 1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 11);
  });
});

describe("DeLong's test of two scores on the same labels", () => {
  const test = compareAucs(python.first, python.second, python.labels);

  it("has scikit-learn's areas, ties included", () => {
    expectClose([test.first, test.second], python.aucs, 12);
    expect(areaUnderRoc(python.second, python.labels)).toBeCloseTo(python.aucs[1], 12);
  });

  it("is pROC's in z, p and the interval of the difference", () => {
    expect(test.z).toBeCloseTo(r.z, 10);
    expect(test.p).toBeCloseTo(r.p, 10);
    expectClose(test.difference.interval, r.difference);
    for (const [at, scores] of [python.first, python.second].entries()) {
      const { value, interval } = aucWithInterval(scores, python.labels);
      expectClose([interval[0], value, interval[1]], r.intervals[at]);
    }
  });

  it("finds no difference between a score and any that ranks alike", () => {
    const alike = python.first.map((score: number) => Math.exp(score));
    expect(compareAucs(python.first, alike, python.labels)).toMatchObject({ z: 0, p: 1 });
  });
});

describe("a single positive or negative", () => {
  // It stands above two and below one of three others.
  const scores = [5, 1, 2, 9];
  const labels = [1, 0, 0, 0];

  it("has an area, and an interval of which nothing is known", () => {
    const estimate = aucWithInterval(scores, labels);
    expect(estimate.value).toBeCloseTo(2 / 3, 12);
    expect(estimate.interval).toEqual([0, 1]);
    const turned = aucWithInterval(scores, [0, 1, 1, 1]);
    expect(turned.value).toBeCloseTo(1 / 3, 12);
    expect(turned.interval).toEqual([0, 1]);
  });

  it("tells no score from another", () => {
    const { difference, z, p } = compareAucs(scores, [9, 1, 2, 3], labels);
    expect(difference.value).toBeCloseTo(2 / 3 - 1, 12);
    expect(difference.interval).toEqual([-1, 1]);
    expect(Math.abs(z)).toBe(0);
    expect(p).toBe(1);
  });
});

describe("several tests", () => {
  it("Holm's adjustment is R's p.adjust, ties included", () => {
    expectClose(holmAdjusted(r.raw), r.holm, 14);
  });

  it("refuses what is no probability", () => {
    expect(() => holmAdjusted([0.1, Number.NaN])).toThrow(/NaN/);
  });
});

describe("precision and recall", () => {
  it("average precision is scikit-learn's for tied scores", () => {
    const found = [python.first, python.second].map(
      (scores) => precisionRecallCurve(scores, python.labels).averagePrecision,
    );
    expectClose(found, python.averagePrecision, 12);
  });

  it("the curve passes through scikit-learn's points", () => {
    const { precision, recall } = precisionRecallCurve(python.first, python.labels);
    expectClose(precision, python.precision, 12);
    expectClose(recall, python.recall, 12);
  });
});

describe("calibration", () => {
  it("Brier score and bins are scikit-learn's", () => {
    const { bins, brier } = calibration(python.probabilities, python.labels);
    expect(brier).toBeCloseTo(python.brier, 12);
    const filled = bins.filter(({ count }) => count > 0);
    expectClose(
      filled.map(({ observed }) => observed?.value ?? -1),
      python.observed,
      12,
    );
    expectClose(
      filled.map(({ meanProbability }) => meanProbability ?? -1),
      python.predicted,
      12,
    );
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(python.labels.length);
  });

  it("says what the base rate alone would score: one in four gives 3/16", () => {
    expect(calibration([0.9, 0.2, 0.1, 0], [1, 0, 0, 0]).brierOfBaseRate).toBe(3 / 16);
  });

  it("refuses a probability above 1", () => {
    expect(() => calibration([1.2, 0], [1, 0])).toThrow(/1.2 at position 0/);
  });

  it("saturation counts what is decided: two low and one high of five", () => {
    expect(saturation([0.01, 0.04, 0.05, 0.5, 0.96])).toEqual({
      nearZero: 0.4,
      nearOne: 0.2,
      between: 0.4,
    });
  });
});

describe("a share of few trials", () => {
  it.each(python.wilson as [number, number, number, number][])(
    "%i of %i has scipy's Wilson interval",
    (successes, trials, low, high) => {
      expectClose(proportionWithInterval(successes, trials).interval, [low, high]);
    },
  );
});

describe("bootstrap", () => {
  const sorted = Float64Array.from(python.resampled as number[]).sort();
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const sample: number[] = python.sample;
  const interval = (shares: readonly [number, number]) =>
    shares.map((share) => quantileOfSorted(sorted, share));

  it("makes scipy's percentile and BCa intervals of scipy's resamples", () => {
    const leftOut = sample.map((_, out) => mean(sample.filter((_value, at) => at !== out)));
    expectClose(interval(percentileShares(0.95)), python.percentile);
    expectClose(interval(bcaShares(mean(sample), sorted, leftOut, 0.95)), python.bca);
  });

  it("the standard error of a mean is the known one, and the seed decides the rest", () => {
    const spread = Math.sqrt(mean(sample.map((value) => (value - mean(sample)) ** 2)) / 25);
    const found = bootstrap(sample, mean, { seed: 4, resamples: 4000 });
    // Of 4,000 resamples the standard error itself is known to about 1 %.
    expect(found.standardError / spread).toBeCloseTo(1, 1);
    expect(bootstrap(sample, mean, { seed: 4, resamples: 4000 })).toEqual(found);
    expect(bootstrap(sample, mean, { seed: 5 }).interval).not.toEqual(found.interval);
  });

  it("refuses a single item", () => {
    expect(() => bootstrap([1], mean, { seed: 1 })).toThrow(/at least two/);
  });
});

describe("bootstrap over occurrences", () => {
  const holding = { assigned: [3, 3, 9, 40, 71].map((patch) => ({ patch })) };
  const options = { seed: 20201204, resamples: 500 };

  it("is about the numbers of the curves themselves, ties included", () => {
    const curve = captureCurve(python.first, holding);
    expect(successRateAreaBootstrap(python.first, holding, options).value).toBeCloseTo(
      curve.auc,
      12,
    );
    expect(aucBootstrap(python.first, python.labels, options).value).toBeCloseTo(
      python.aucs[0],
      12,
    );
  });

  it("of two occurrences, one captured, the share is 0, 1/2 or 1", () => {
    const scores = [4, 3, 2, 1];
    const two = { assigned: [{ patch: 0 }, { patch: 3 }] };
    const { value, interval, resampled } = captureBootstrap(scores, two, 0.5, {
      ...options,
      interval: "percentile",
    });
    expect([value, ...interval]).toEqual([0.5, 0, 1]);
    expect([...new Set(resampled)]).toEqual([0, 0.5, 1]);
    const band = successRateBand(scores, two, options);
    expect([band.areaShare[50], band.low[50], band.high[50]]).toEqual([0.5, 0, 1]);
  });

  it("of occurrences that all score alike, the band is the curve", () => {
    const band = successRateBand([4, 4, 2, 1], { assigned: [{ patch: 0 }, { patch: 1 }] }, options);
    // Half of the area is one tied step, climbed in a straight line.
    expect([band.low[25], band.high[25]]).toEqual([0.5, 0.5]);
    expect([band.low[60], band.high[100]]).toEqual([1, 1]);
  });
});

describe("repeats", () => {
  it("the interval of 1, 2, 3, 4, 5 is 3 plus and minus 2.7764 times the root of a half", () => {
    const { value, interval } = meanWithInterval([1, 2, 3, 4, 5]);
    expect(value).toBe(3);
    expect(interval[1] - 3).toBeCloseTo(2.7764451051978 * Math.sqrt(0.5), 10);
  });

  it("the agreement of seeds is Friedman's in scipy, ties included", () => {
    const labels = Array.from({ length: 9 }, (_, at) => String(at));
    expect(rankOverRepeats(labels, python.seeds).concordance).toBeCloseTo(
      python.concordance[0],
      10,
    );
    expect(rankOverRepeats(labels, python.coarse).concordance).toBeCloseTo(
      python.concordance[1],
      10,
    );
  });

  it("ranks by mean and keeps the best and the worst rank", () => {
    const { rows } = rankOverRepeats(
      ["As", "Au", "Sb"],
      [
        [1, 5, 3],
        [4, 6, 2],
      ],
    );
    expect(rows.map(({ label }) => label)).toEqual(["Au", "As", "Sb"]);
    expect(rows.map(({ ranks }) => ranks)).toEqual([
      [1, 1],
      [3, 2],
      [2, 3],
    ]);
    expect(rows[1].rankInterval).toEqual([2, 3]);
  });
});
