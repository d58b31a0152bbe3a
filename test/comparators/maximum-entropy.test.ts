import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { takeRows } from "../../lib/src/comparators/features";
import { solveLassoLogistic } from "../../lib/src/comparators/lasso-logistic";
import {
  automaticClasses,
  featureColumn,
  maxentFeatures,
} from "../../lib/src/comparators/maxent-features";
import { maxentRegularisation } from "../../lib/src/comparators/maxent-regularisation";
import {
  fitMaximumEntropy,
  predictMaximumEntropy,
} from "../../lib/src/comparators/maximum-entropy";
import { readReferenceData } from "./reference-table";

interface Case {
  readonly presences: number;
  readonly classes: string;
  readonly alpha: number;
  readonly entropy: number;
  readonly regularisation: readonly number[];
  readonly coefficients: readonly number[];
  readonly link: readonly number[];
}

const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(join(__dirname, "../reference/comparators/maxent.json"), "utf8"),
);
const { table, labels } = readReferenceData();
const rowsOf = (label: number) =>
  Array.from(labels, (_, row) => row).filter((row) => labels[row] === label);

/** The rows that maxent.R takes: the first presences and the first 600 others. */
function caseRows(presences: number): { table: typeof table; labels: Uint8Array } {
  const rows = [...rowsOf(1).slice(0, presences), ...rowsOf(0).slice(0, 600)];
  return { table: takeRows(table, rows), labels: Uint8Array.from(rows, (row) => labels[row]) };
}

const named = cases.map(
  (expected) => [`${expected.presences} presences, ${expected.classes}`, expected] as const,
);

describe("maximum entropy beside glmnet 4.1-6 with the same features and penalties (maxent.R)", () => {
  it.each(named)("has its predictions, normalisation and entropy: %s", (_, expected) => {
    const own = caseRows(expected.presences);
    const model = fitMaximumEntropy(own.table, own.labels, { classes: expected.classes });
    expect(Math.abs(model.alpha - expected.alpha)).toBeLessThan(1e-3);
    expect(Math.abs(model.entropy - expected.entropy)).toBeLessThan(1e-5);
    const links = predictMaximumEntropy(model, table, "link");
    const cloglog = predictMaximumEntropy(model, table);
    const logistic = predictMaximumEntropy(model, table, "logistic");
    expected.link.forEach((link, row) => {
      expect(Math.abs(links[row] - link)).toBeLessThan(1e-3);
      const theirs = 1 - Math.exp(-Math.exp(expected.entropy + link));
      expect(Math.abs(cloglog[row] - theirs)).toBeLessThan(1e-4);
      const odds = Math.exp(expected.entropy + link);
      expect(Math.abs(logistic[row] - odds / (1 + odds))).toBeLessThan(1e-4);
    });
  });

  it.each(named.slice(0, 3))("has its coefficients: %s", (_, expected) => {
    const own = caseRows(expected.presences);
    const model = fitMaximumEntropy(own.table, own.labels);
    expect(model.classes).toBe(expected.classes);
    const theirs = expected.coefficients.filter((value) => value !== 0);
    expect(model.terms.length).toBe(theirs.length);
    model.terms.forEach(({ coefficient }, at) => {
      expect(Math.abs(coefficient - theirs[at])).toBeLessThan(1e-3);
    });
  });

  it.each(named)("has R's regularisation of every feature: %s", (_, expected) => {
    const { presences, classes } = expected;
    // As in maxent.R, no presence of these is among the background: all are added to it.
    const rows = [...rowsOf(1).slice(0, presences), ...rowsOf(0).slice(0, 600)];
    const used = takeRows(table, rows);
    const ranges = table.names.map((_, predictor) =>
      [...featureColumn({ kind: "linear", predictor }, used)].sort((a, b) => a - b),
    );
    const features = maxentFeatures(
      classes,
      Float64Array.from(ranges, (sorted) => sorted[0]),
      Float64Array.from(ranges, (sorted) => sorted[sorted.length - 1]),
    );
    const columns = features.map((feature) => featureColumn(feature, used));
    const own = maxentRegularisation(features, columns, presences);
    expect(own.length).toBe(expected.regularisation.length);
    own.forEach((value, at) => {
      expect(value).toBeCloseTo(expected.regularisation[at], 10);
    });
  });
});

describe("maximum entropy", () => {
  const own = caseRows(40);

  it("takes its classes by the number of presences (Phillips et al. 2017)", () => {
    const classes = [9, 10, 14, 15, 79, 80].map(automaticClasses);
    expect(classes).toEqual(["l", "lq", "lq", "lqh", "lqh", "lqph"]);
  });

  it("adds up to 1 over the background, which distinct presences were added to", () => {
    const model = fitMaximumEntropy(own.table, own.labels);
    expect(model.background).toBe(640);
    const raw = predictMaximumEntropy(model, own.table, "raw");
    // Every row is a background row once: 600 of its own, 40 presences added.
    expect(raw.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
  });

  it("does not add a presence whose values a background row has", () => {
    const rows = [0, 1, 2, 3, 0, 1];
    const small = takeRows(table, rows);
    const model = fitMaximumEntropy(small, Uint8Array.of(0, 0, 0, 0, 1, 1));
    expect(model.background).toBe(4);
  });

  it("holds values beyond training to its range", () => {
    const model = fitMaximumEntropy(own.table, own.labels);
    const far = { names: table.names, values: Float64Array.from(model.highs, (high) => high + 9) };
    const edge = { names: table.names, values: model.highs };
    expect(predictMaximumEntropy(model, far)).toEqual(predictMaximumEntropy(model, edge));
  });

  it("leaves out rows with a missing value, says how many, and gives such a row no score", () => {
    const values = own.table.values.map((value, at) => (at === 9 * 600 + 2 ? Number.NaN : value));
    const model = fitMaximumEntropy({ ...own.table, values }, own.labels);
    expect(model.leftOut).toBe(1);
    expect(predictMaximumEntropy(model, { ...own.table, values })[600]).toBeNaN();
  });

  it("takes a predictor that does not vary", () => {
    const values = own.table.values.map((value, at) => (at % 9 === 3 ? 0.5 : value));
    const model = fitMaximumEntropy({ ...own.table, values }, own.labels);
    expect(model.terms.some(({ feature }) => feature.predictor === 3)).toBe(false);
  });

  it("refuses one presence, unknown classes and a regularisation of nothing", () => {
    const one = own.labels.map((label, row) => (row === 0 ? label : 0));
    expect(() => fitMaximumEntropy(own.table, one)).toThrow(/1 presences/);
    expect(() => fitMaximumEntropy(own.table, own.labels, { classes: "lx" })).toThrow(/"lx"/);
    expect(() => fitMaximumEntropy(own.table, own.labels, { regularisation: 0 })).toThrow(
      /above 0/,
    );
  });
});

describe("lasso logistic regression", () => {
  it("of one 0/1 feature with a vanishing penalty has the log odds ratio of the table", () => {
    // 3 of 4 against 1 of 5: odds 3 and 1/4.
    const column = Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0);
    const { coefficients, intercept } = solveLassoLogistic({
      columns: [column],
      labels: Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0, 0),
      weights: new Float64Array(9).fill(1),
      penalties: Float64Array.of(1e-9),
    });
    expect(coefficients[0]).toBeCloseTo(Math.log(12), 6);
    expect(intercept).toBeCloseTo(Math.log(0.25), 6);
  });

  it("has no coefficient where the penalty is above the slope at nothing", () => {
    // The slope is the sum of x (y - mean y): 1 - 0.5 = 0.5 over these rows.
    const problem = {
      columns: [Float64Array.of(1, 0)],
      labels: Uint8Array.of(1, 0),
      weights: Float64Array.of(1, 1),
    };
    const at = (penalty: number) =>
      solveLassoLogistic({ ...problem, penalties: Float64Array.of(penalty) }).coefficients[0];
    expect(at(0.51)).toBe(0);
    expect(at(0.49)).toBeGreaterThan(0);
  });
});
