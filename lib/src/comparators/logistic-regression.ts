import { normalTail } from "../evaluation/distributions";
import { completeRows, requireFittable, requireSameFeatures, rowCount, takeRows } from "./features";
import { productFactor, solveFactored } from "./product-factor";
import type { FeatureTable } from "./types";

/** A coefficient of a logistic regression. */
export interface LogisticTerm {
  readonly name: string;
  /** Change of the logit by one unit of the feature. */
  readonly coefficient: number;
  /** NaN for a term that was dropped. */
  readonly standardError: number;
  /** Two-sided, by Wald's z; NaN for a term that was dropped. */
  readonly p: number;
  /** Without a coefficient of its own: constant, or a sum of the features before it. */
  readonly isDropped: boolean;
}

/** A fitted logistic regression. */
export interface LogisticRegression {
  readonly names: readonly string[];
  readonly intercept: number;
  readonly terms: readonly LogisticTerm[];
  /** Minus twice the log likelihood. */
  readonly deviance: number;
  /**
   * Whether a plane parts presences from background, wholly or in part: coefficients then grow
   * without end. They are those of the last step; their ranks hold, their errors mean nothing.
   */
  readonly isSeparated: boolean;
  /** Training rows with a missing value, which were left out. */
  readonly leftOut: number;
}

const STEPS_AT_MOST = 30;

/**
 * Plain logistic regression by maximum likelihood: Newton's steps, without penalty, from the mean.
 * A feature that does not vary, or is a sum of those before it (as centred log-ratios of all elements
 * are), gets no coefficient, as in R's glm.
 *
 * @param labels 1 for a presence, 0 for background
 * @throws InputError when a class has no complete row or a value is infinite
 */
export function fitLogisticRegression(
  table: FeatureTable,
  labels: ArrayLike<number>,
): LogisticRegression {
  const complete = completeRows(table);
  const used = takeRows(table, complete);
  const own = complete.map((row) => labels[row]);
  requireFittable(table, labels, { presences: 1, background: 1 });
  requireFittable(used, own, { presences: 1, background: 1 });
  const { columns, means, deviations } = standardised(used);
  const presences = own.reduce((sum, label) => sum + label, 0);
  let beta = new Float64Array(columns.length + 1);
  beta[0] = Math.log(presences / (own.length - presences));
  let deviance = devianceOf(probabilitiesAt(columns, beta), own);
  let isSeparated = true;
  for (let step = 0; step < STEPS_AT_MOST; step++) {
    const probabilities = probabilitiesAt(columns, beta);
    const change = solveFactored(
      curvatureFactor(columns, probabilities),
      gradientOf(columns, own, probabilities),
    );
    const next = stepped(columns, own, beta, change, deviance);
    const gain = deviance - next.deviance;
    ({ beta, deviance } = next);
    if (gain > 1e-12 * (deviance + 0.1)) continue;
    // Where the likelihood has an end, the last step is as small as what it gained.
    isSeparated = change.some((each) => Math.abs(each) > 1e-3);
    break;
  }
  const factor = curvatureFactor(columns, probabilitiesAt(columns, beta));
  return unscaled(
    table.names,
    { beta, factor, means, deviations },
    {
      deviance,
      isSeparated,
      leftOut: rowCount(table) - complete.length,
    },
  );
}

/**
 * Probability of a presence at every row; NaN where a value is missing.
 *
 * @throws InputError when the table has other features than the model
 */
export function predictLogistic(
  { names, intercept, terms }: LogisticRegression,
  table: FeatureTable,
): Float64Array {
  requireSameFeatures(names, table);
  return Float64Array.from({ length: rowCount(table) }, (_, row) => {
    let logit = intercept;
    terms.forEach(({ coefficient }, at) => {
      logit += coefficient * table.values[row * names.length + at];
    });
    return 1 / (1 + Math.exp(-logit));
  });
}

/** Columns with mean 0 and deviation 1, so that what is nothing can be told from what is small. */
function standardised({ names, values }: FeatureTable) {
  const count = values.length / names.length;
  const raw = names.map((_, at) =>
    Float64Array.from({ length: count }, (_, row) => values[row * names.length + at]),
  );
  const means = raw.map((column) => column.reduce((sum, value) => sum + value, 0) / count);
  const deviations = raw.map((column, at) => {
    const squares = column.reduce((sum, value) => sum + (value - means[at]) ** 2, 0);
    // A constant column stays 0 whatever it is divided by.
    return Math.sqrt(squares / count) || 1;
  });
  const columns = raw.map((column, at) =>
    column.map((value) => (value - means[at]) / deviations[at]),
  );
  return { columns, means, deviations };
}

/** Factor of the curvature of the log likelihood; what rounds to none where a fit has run off is kept. */
function curvatureFactor(columns: readonly Float64Array[], probabilities: Float64Array) {
  return productFactor(
    columns,
    probabilities.map((p) => Math.max(1e-12, p * (1 - p))),
  );
}

/** Goes a step, or half of it and half again until the deviance does not rise. */
function stepped(
  columns: readonly Float64Array[],
  labels: readonly number[],
  beta: Float64Array<ArrayBuffer>,
  change: Float64Array,
  before: number,
) {
  for (let length = 1; length > 1e-6; length /= 2) {
    const at = beta.map((value, term) => value + length * change[term]);
    const deviance = devianceOf(probabilitiesAt(columns, at), labels);
    if (deviance <= before * (1 + 1e-12)) return { beta: at, deviance };
  }
  return { beta, deviance: before };
}

function probabilitiesAt(columns: readonly Float64Array[], beta: Float64Array): Float64Array {
  return Float64Array.from({ length: columns[0].length }, (_, row) => {
    let logit = beta[0];
    columns.forEach((column, at) => {
      logit += beta[at + 1] * column[row];
    });
    return 1 / (1 + Math.exp(-logit));
  });
}

function gradientOf(
  columns: readonly Float64Array[],
  labels: readonly number[],
  probabilities: Float64Array,
): Float64Array {
  const residuals = probabilities.map((p, row) => labels[row] - p);
  const sums = columns.map((column) =>
    column.reduce((sum, value, row) => sum + value * residuals[row], 0),
  );
  return Float64Array.of(
    residuals.reduce((sum, residual) => sum + residual, 0),
    ...sums,
  );
}

function devianceOf(probabilities: Float64Array, labels: readonly number[]): number {
  return labels.reduce(
    (sum, label, row) =>
      sum -
      2 * Math.log(Math.max(1e-300, label === 1 ? probabilities[row] : 1 - probabilities[row])),
    0,
  );
}

interface Scaled {
  readonly beta: Float64Array;
  readonly factor: readonly Float64Array[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** The model in the units of the features. */
function unscaled(
  names: readonly string[],
  { beta, factor, means, deviations }: Scaled,
  rest: Pick<LogisticRegression, "deviance" | "isSeparated" | "leftOut">,
): LogisticRegression {
  const terms = names.map((name, at): LogisticTerm => {
    const isDropped = factor[at + 1][at + 1] === 0;
    const unit = new Float64Array(names.length + 1);
    unit[at + 1] = 1;
    const coefficient = beta[at + 1] / deviations[at];
    const variance = solveFactored(factor, unit)[at + 1];
    const standardError = isDropped ? Number.NaN : Math.sqrt(variance) / deviations[at];
    const p = isDropped ? Number.NaN : 2 * normalTail(Math.abs(coefficient) / standardError);
    return { name, coefficient, standardError, p, isDropped };
  });
  const shift = terms.reduce((sum, { coefficient }, at) => sum + coefficient * means[at], 0);
  return { names, intercept: beta[0] - shift, terms, ...rest };
}
