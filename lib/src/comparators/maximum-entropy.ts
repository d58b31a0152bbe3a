import { InputError } from "../errors";
import { requireFittable, requireSameFeatures, rowCount, takeRows } from "./features";
import { solveLassoLogistic } from "./lasso-logistic";
import {
  automaticClasses,
  featureColumn,
  featureValue,
  type MaxentClasses,
  type MaxentFeature,
  maxentFeatures,
} from "./maxent-features";
import { maxentRegularisation } from "./maxent-regularisation";
import type { FeatureTable } from "./types";

/** Weight of a background row beside a presence, large enough to stand for infinity. */
const BACKGROUND_WEIGHT = 100;

/** What decides a maximum-entropy model beside its data. */
export interface MaximumEntropyOptions {
  /** Letters among l, q, p, h, t; by the number of presences when absent. */
  readonly classes?: MaxentClasses;
  /** Factor on all regularisation; 1 when absent. */
  readonly regularisation?: number;
}

/** A feature that has a coefficient. */
export interface MaxentTerm {
  readonly feature: MaxentFeature;
  readonly coefficient: number;
  /** Lowest and highest value in training, to which values elsewhere are held. */
  readonly low: number;
  readonly high: number;
}

/** A fitted maximum-entropy model. */
export interface MaximumEntropy {
  readonly names: readonly string[];
  readonly classes: MaxentClasses;
  readonly terms: readonly MaxentTerm[];
  /** Makes the raw output add up to 1 over the background. */
  readonly alpha: number;
  /** Of the raw output over the background. */
  readonly entropy: number;
  /** Range of each predictor in training, to which values elsewhere are held. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  /** Mean of each predictor over the presences. */
  readonly presenceMeans: Float64Array;
  readonly presences: number;
  /** Background rows, presences that were added to them counted. */
  readonly background: number;
  /** Training rows not used because a predictor is missing in them. */
  readonly leftOut: number;
}

/** "raw" adds up to 1 over the background (maxnet calls it exponential); "link" is its logarithm. */
export type MaxentOutput = "cloglog" | "logistic" | "raw" | "link";

/**
 * Fits maximum entropy as maxnet defines it (Phillips et al. 2017): a logistic regression of
 * presences (weight 1) against background (weight 100, every distinct presence added to it), its
 * features and their lasso penalties chosen by the number of presences. Features are not
 * standardised. Rows in which a predictor is missing are left out and counted.
 *
 * @param labels 1 for a presence, 0 for background
 * @throws InputError when there are fewer than two presences or no background, a value is infinite,
 *   or an option makes no sense
 */
export function fitMaximumEntropy(
  table: FeatureTable,
  labels: Uint8Array,
  options: MaximumEntropyOptions = {},
): MaximumEntropy {
  requireFittable(table, labels, { presences: 2, background: 1 });
  const factor = options.regularisation ?? 1;
  const complete = completeRows(table);
  const present = complete.filter((row) => labels[row] === 1);
  const absent = complete.filter((row) => labels[row] === 0);
  requireFittable(
    takeRows(table, complete),
    complete.map((row) => labels[row]),
    { presences: 2, background: 1 },
  );
  const classes = options.classes ?? automaticClasses(present.length);
  if (!/^[lqpht]+$/.test(classes) || !(factor > 0 && Number.isFinite(factor))) {
    throw new InputError({
      kind: "parameter",
      field: "classes and regularisation of maximum entropy",
      found: `"${classes}" and ${factor}`,
      expected: 'letters of "lqpht" and a number above 0',
    });
  }
  const added = distinctPresences(table, present, absent);
  const rows = [...present, ...absent, ...added];
  const used = takeRows(table, rows);
  const usedLabels = Uint8Array.from(rows, (_, at) => (at < present.length ? 1 : 0));
  const { lows, highs } = rangesOf(used);
  const features = maxentFeatures(classes, lows, highs);
  const columns = features.map((feature) => featureColumn(feature, used));
  const penalties = maxentRegularisation(features, columns, present.length).map(
    // A feature that does not vary has no penalty and no effect; any will do.
    (value) => value * present.length * factor || 1,
  );
  const weights = Float64Array.from(usedLabels, (label) => (label === 1 ? 1 : BACKGROUND_WEIGHT));
  const { coefficients } = solveLassoLogistic({ columns, labels: usedLabels, weights, penalties });
  const terms = features.flatMap((feature, at) =>
    coefficients[at] === 0
      ? []
      : [{ feature, coefficient: coefficients[at], ...rangeOf(columns[at]) }],
  );
  const links = Float64Array.from({ length: rows.length - present.length }, (_, at) =>
    sumOfTerms(terms, used.values, (present.length + at) * table.names.length),
  );
  return {
    names: table.names,
    classes,
    terms,
    ...normalisation(links),
    lows,
    highs,
    presenceMeans: columnMeans(takeRows(table, present)),
    presences: present.length,
    background: absent.length + added.length,
    leftOut: labels.length - complete.length,
  };
}

/**
 * Output of the model at every row, high for favourable. Predictors and features are held to their
 * ranges in training. A row with a missing predictor has none: NaN.
 *
 * @throws InputError when the table has other features than the model
 */
export function predictMaximumEntropy(
  model: MaximumEntropy,
  table: FeatureTable,
  output: MaxentOutput = "cloglog",
): Float64Array {
  requireSameFeatures(model.names, table);
  const width = table.names.length;
  const held = new Float64Array(width);
  return Float64Array.from({ length: rowCount(table) }, (_, row) => {
    for (let at = 0; at < width; at++) {
      const value = table.values[row * width + at];
      held[at] = Math.min(Math.max(value, model.lows[at]), model.highs[at]);
      if (Number.isNaN(value)) return Number.NaN;
    }
    let link = model.alpha;
    for (const { feature, coefficient, low, high } of model.terms) {
      link += coefficient * Math.min(Math.max(featureValue(feature, held, 0), low), high);
    }
    return outputOf(link, model.entropy, output);
  });
}

function outputOf(link: number, entropy: number, output: MaxentOutput): number {
  switch (output) {
    case "cloglog":
      return -Math.expm1(-Math.exp(entropy + link));
    case "logistic":
      return 1 / (1 + Math.exp(-entropy - link));
    case "raw":
      return Math.exp(link);
    case "link":
      return link;
  }
}

/** From the linear predictors of the background. */
function normalisation(links: Float64Array): { alpha: number; entropy: number } {
  const highest = links.reduce((most, link) => Math.max(most, link), Number.NEGATIVE_INFINITY);
  const alpha = -highest - Math.log(links.reduce((sum, link) => sum + Math.exp(link - highest), 0));
  const entropy = -links.reduce((sum, link) => sum + Math.exp(link + alpha) * (link + alpha), 0);
  return { alpha, entropy };
}

function sumOfTerms(
  terms: readonly MaxentTerm[],
  values: Float32Array | Float64Array,
  offset: number,
) {
  return terms.reduce(
    (sum, { feature, coefficient }) => sum + coefficient * featureValue(feature, values, offset),
    0,
  );
}

function completeRows(table: FeatureTable): Uint32Array {
  const width = table.names.length;
  return Uint32Array.from({ length: rowCount(table) }, (_, row) => row).filter(
    (row) => !table.values.subarray(row * width, (row + 1) * width).some(Number.isNaN),
  );
}

/** Presences whose values no background row has, each combination of values once. */
function distinctPresences(
  { names, values }: FeatureTable,
  present: Uint32Array,
  absent: Uint32Array,
): number[] {
  const width = names.length;
  const key = (row: number) => values.subarray(row * width, (row + 1) * width).join(" ");
  const seen = new Set(Array.from(absent, key));
  return Array.from(present).filter((row) => {
    const isNew = !seen.has(key(row));
    seen.add(key(row));
    return isNew;
  });
}

function rangesOf(table: FeatureTable): { lows: Float64Array; highs: Float64Array } {
  const ranges = table.names.map((_, predictor) =>
    rangeOf(featureColumn({ kind: "linear", predictor }, table)),
  );
  return {
    lows: Float64Array.from(ranges, ({ low }) => low),
    highs: Float64Array.from(ranges, ({ high }) => high),
  };
}

function rangeOf(values: Float64Array): { low: number; high: number } {
  return values.reduce(
    ({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }),
    { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY },
  );
}

function columnMeans({ names, values }: FeatureTable): Float64Array {
  const count = values.length / names.length;
  const sums = new Float64Array(names.length);
  values.forEach((value, at) => {
    sums[at % names.length] += value;
  });
  return sums.map((sum) => sum / count);
}
