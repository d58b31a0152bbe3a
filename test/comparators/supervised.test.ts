import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fitBoostedTrees, predictBoostedTrees } from "../../lib/src/comparators/boosted-trees";
import { takeRows } from "../../lib/src/comparators/features";
import { leafProbability } from "../../lib/src/comparators/forest-predict";
import {
  fitLogisticRegression,
  predictLogistic,
} from "../../lib/src/comparators/logistic-regression";
import {
  fitPositiveUnlabelled,
  type Learner,
  predictPositiveUnlabelled,
} from "../../lib/src/comparators/positive-unlabelled";
import type { FeatureTable } from "../../lib/src/comparators/types";
import { readReferenceData, rowsFrom } from "./reference-table";

/** statsmodels and scikit-learn (supervised.py). */
const python = JSON.parse(
  readFileSync(join(__dirname, "../reference/comparators/supervised.json"), "utf8"),
);
const { table, labels } = readReferenceData();
const training = takeRows(table, rowsFrom(0, 1000));
const trainingLabels = labels.slice(0, 1000);

function expectClose(found: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, digits);
  });
}

describe("logistic regression", () => {
  const model = fitLogisticRegression(training, trainingLabels);

  it("has statsmodels' coefficients, errors, p-values and deviance", () => {
    const { coefficients, errors, p, deviance } = python.logistic;
    const terms = model.terms.map(({ coefficient }) => coefficient);
    expectClose([model.intercept, ...terms], coefficients, 8);
    expectClose(
      model.terms.map(({ standardError }) => standardError),
      errors.slice(1),
      7,
    );
    expectClose(
      model.terms.map((term) => term.p),
      p.slice(1),
      8,
    );
    expect(model.deviance).toBeCloseTo(deviance, 8);
    expect(model.isSeparated).toBe(false);
    expectClose(
      predictLogistic(model, takeRows(table, rowsFrom(1000, 1020))),
      python.logistic.predicted,
      9,
    );
  });

  it("of one 0/1 feature has the log odds ratio of the table, and its error", () => {
    // 3 of 4 against 1 of 5; Woolf's error of the log odds ratio: the root of 1/3 + 1 + 1 + 1/4.
    const one = { names: ["a"], values: Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0) };
    const { terms, intercept } = fitLogisticRegression(one, [1, 1, 1, 0, 1, 0, 0, 0, 0]);
    expect(terms[0].coefficient).toBeCloseTo(Math.log(12), 9);
    expect(terms[0].standardError).toBeCloseTo(Math.sqrt(1 / 3 + 1 + 1 + 1 / 4), 7);
    expect(intercept).toBeCloseTo(Math.log(0.25), 9);
  });

  it("gives a feature that is the sum of others, or constant, no coefficient", () => {
    const more: FeatureTable = {
      names: [...training.names, "sum", "constant"],
      values: Float64Array.from(
        rowsFrom(0, 1000).flatMap((row) => {
          const own = Array.from(training.values.slice(9 * row, 9 * row + 9));
          return [...own, own[0] - 2 * own[3] + own[5], 4];
        }),
      ),
    };
    const wider = fitLogisticRegression(more, trainingLabels);
    expect(wider.terms.map(({ isDropped }) => isDropped)).toEqual([
      ...Array.from({ length: 9 }, () => false),
      true,
      true,
    ]);
    expect(wider.terms[9].coefficient).toBe(0);
    expect(wider.terms[9].standardError).toBeNaN();
    expect(wider.deviance).toBeCloseTo(python.logistic.deviance, 8);
    expect(wider.terms[0].coefficient).toBeCloseTo(python.logistic.coefficients[1], 7);
  });

  it("says where a plane parts presences from background, and still ranks them", () => {
    const parted = { names: ["a"], values: Float64Array.of(1, 2, 3, 4, 5, 6) };
    const apart = fitLogisticRegression(parted, [0, 0, 0, 1, 1, 1]);
    expect(apart.isSeparated).toBe(true);
    expect(apart.deviance).toBeLessThan(1e-6);
    const probabilities = Array.from(predictLogistic(apart, parted));
    expect(probabilities.every((p) => Number.isFinite(p))).toBe(true);
    expect(probabilities[4]).toBeGreaterThan(probabilities[1]);
    expect(fitLogisticRegression(parted, [0, 0, 1, 0, 1, 1]).isSeparated).toBe(false);
  });

  it("leaves out rows with a missing value, and gives them no score", () => {
    const values = Float64Array.from(training.values);
    values[9 * 3 + 4] = Number.NaN;
    const holed = { names: training.names, values };
    const rest = rowsFrom(0, 1000).filter((row) => row !== 3);
    const without = fitLogisticRegression(
      takeRows(training, rest),
      rest.map((row) => labels[row]),
    );
    const own = fitLogisticRegression(holed, trainingLabels);
    expect(own).toEqual({ ...without, leftOut: 1 });
    expect(predictLogistic(own, holed)[3]).toBeNaN();
  });

  it("refuses one class", () => {
    expect(() => fitLogisticRegression(training, new Uint8Array(1000))).toThrow(/0 presences/);
  });
});

describe("gradient-boosted trees", () => {
  // As scikit-learn was given them: numbers that single precision holds.
  const rounded = {
    names: table.names,
    values: table.values.map((value) => Math.round(value * 1024) / 1024),
  };
  const own = takeRows(rounded, rowsFrom(0, 1000));

  it.each(python.boosting as Record<string, number>[])(
    "are scikit-learn's: $n_estimators trees of depth $max_depth",
    (expected) => {
      const model = fitBoostedTrees(own, trainingLabels, {
        seed: 1,
        trees: expected.n_estimators,
        learningRate: expected.learning_rate,
        depth: expected.max_depth,
        minimumLeafSize: expected.min_samples_leaf,
        subsample: 1,
      });
      const { deviances } = model;
      const loss = expected.loss as unknown as number[];
      expectClose([deviances[0], deviances[9], deviances[deviances.length - 1]], loss, 10);
      const predicted = predictBoostedTrees(model, takeRows(rounded, rowsFrom(1000, 1100)));
      expectClose(predicted, expected.predicted as unknown as number[], 9);
    },
  );

  it("take one Newton step by hand", () => {
    // Presences 3 and 4 of four, p = 1/2 everywhere: slopes -1/2, 1/2 and curvature 1/4, so the
    // split between 2 and 3 has leaves of -2 and 2; half of each makes logits of -1 and 1.
    const four = { names: ["a"], values: Float64Array.of(1, 2, 3, 4) };
    const options = { seed: 1, trees: 1, learningRate: 0.5, depth: 1, minimumLeafSize: 1 };
    const model = fitBoostedTrees(four, [0, 0, 1, 1], { ...options, subsample: 1 });
    expect(Array.from(model.trees[0].threshold)).toEqual([2.5, -2, 2]);
    const low = 1 / (1 + Math.E);
    expectClose(predictBoostedTrees(model, four), [low, low, 1 - low, 1 - low], 12);
    expect(model.deviances[0]).toBeCloseTo(2 * Math.log(1 + Math.exp(-1)), 12);
  });

  it("send missing values to the side that explains more", () => {
    const holed = { names: ["a"], values: Float64Array.of(1, 2, 3, 4, Number.NaN, Number.NaN) };
    const options = { seed: 1, trees: 1, depth: 1, minimumLeafSize: 1, subsample: 1 };
    const up = fitBoostedTrees(holed, [0, 0, 1, 1, 1, 1], options).trees[0];
    const down = fitBoostedTrees(holed, [0, 0, 1, 1, 0, 0], options).trees[0];
    const missing = Float64Array.of(Number.NaN);
    expect(leafProbability(up, missing, 0)).toBeGreaterThan(0);
    expect(leafProbability(down, missing, 0)).toBeLessThan(0);
    expect([up.threshold[0], down.threshold[0]]).toEqual([2.5, 2.5]);
    // Missing and present alone: presences are the rows without a value.
    const apart = fitBoostedTrees(holed, [0, 0, 0, 0, 1, 1], options);
    expect(apart.trees[0].threshold[0]).toBe(Number.POSITIVE_INFINITY);
    expect(leafProbability(apart.trees[0], missing, 0)).toBeGreaterThan(0);
    expect(predictBoostedTrees(apart, holed)[5]).toBeNaN();
  });

  it("are a hundred of depth 3, a tenth of each, leaves of 10, half of the rows, if not told", () => {
    const said = { trees: 100, learningRate: 0.1, depth: 3, minimumLeafSize: 10, subsample: 0.5 };
    const silent = fitBoostedTrees(own, trainingLabels, { seed: 1 });
    expect(fitBoostedTrees(own, trainingLabels, { seed: 1, ...said })).toEqual(silent);
  });

  it("draw rows by the seed", () => {
    const boosted = (seed: number) => fitBoostedTrees(own, trainingLabels, { seed, trees: 5 });
    expect(boosted(3)).toEqual(boosted(3));
    expect(boosted(3).deviances).not.toEqual(boosted(4).deviances);
  });

  it("refuse what makes no sense", () => {
    const boosted = (options: object) => () =>
      fitBoostedTrees(own, trainingLabels, { seed: 1, ...options });
    expect(boosted({ trees: 0 })).toThrow(/trees/);
    expect(boosted({ learningRate: 0 })).toThrow(/learningRate/);
    expect(boosted({ subsample: 1.5 })).toThrow(/subsample/);
  });
});

describe("positive-unlabelled bagging", () => {
  /** Tells apart by the mean of the one feature; remembers what it was fitted to. */
  const learner: Learner<{ readonly middle: number; readonly rows: readonly number[] }> = {
    fit: ({ values }, of) => {
      const mean = (label: number) => {
        const rows = Array.from(values).filter((_, row) => of[row] === label);
        return rows.reduce((sum, value) => sum + value, 0) / rows.length;
      };
      return { middle: (mean(0) + mean(1)) / 2, rows: Array.from(values) };
    },
    score: ({ middle }, { values }) => Float64Array.from(values, (value) => value - middle),
  };
  const one = { names: ["a"], values: Float64Array.of(10, 12, 1, 2, 3, 11) };
  const marks = Uint8Array.of(1, 1, 0, 0, 0, 0);
  const options = { seed: 5, rounds: 40 };
  const model = fitPositiveUnlabelled(learner, one, marks, options);

  it("fits every classifier to all presences and as many unlabelled rows", () => {
    expect(model.members).toHaveLength(40);
    for (const { rows } of model.members) {
      expect(rows.slice(0, 2)).toEqual([10, 12]);
      expect(rows).toHaveLength(4);
      expect(rows.slice(2).every((value) => [1, 2, 3, 11].includes(value))).toBe(true);
    }
    expect(new Set(model.members.flatMap(({ rows }) => rows.slice(2)))).toEqual(
      new Set([1, 2, 3, 11]),
    );
  });

  it("scores an unlabelled row by the classifiers that did not draw it", () => {
    const without = model.members.filter(({ rows }) => !rows.slice(2).includes(11));
    const mean = without.reduce((sum, { middle }) => sum + 11 - middle, 0) / without.length;
    expect(without.length).toBeLessThan(40);
    expect(model.outOfBag[5]).toBeCloseTo(mean, 12);
    const all = model.members.reduce((sum, { middle }) => sum + 11 - middle, 0) / 40;
    expect(predictPositiveUnlabelled(learner, model, one)[5]).toBeCloseTo(all, 12);
    expect(model.outOfBag[0]).toBeCloseTo(predictPositiveUnlabelled(learner, model, one)[0], 12);
  });

  it("fits a hundred classifiers if not told", () => {
    expect(fitPositiveUnlabelled(learner, one, marks, { seed: 1 }).members).toHaveLength(100);
  });

  it("is decided by its seed, and refuses rounds and draws of none", () => {
    expect(fitPositiveUnlabelled(learner, one, marks, options)).toEqual(model);
    const other = fitPositiveUnlabelled(learner, one, marks, { ...options, seed: 6 });
    expect(other.outOfBag).not.toEqual(model.outOfBag);
    const refuse = (odd: object) => () =>
      fitPositiveUnlabelled(learner, one, marks, { seed: 1, ...odd });
    expect(refuse({ rounds: 0 })).toThrow(/rounds/);
    expect(refuse({ drawn: 1.5 })).toThrow(/drawn/);
  });
});
