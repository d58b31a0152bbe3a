import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { takeRows } from "../../lib/src/comparators/features";
import {
  fitLogisticRegression,
  predictLogistic,
} from "../../lib/src/comparators/logistic-regression";
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
