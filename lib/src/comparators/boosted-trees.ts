import { InputError } from "../errors";
import { randomStream, shuffledIndices } from "../random";
import { codeFeatures } from "./coded-features";
import { requireFittable, requireSameFeatures, rowCount } from "./features";
import { leafProbability } from "./forest-predict";
import { growRegressionTree } from "./regression-tree";
import type { Tree } from "./tree";
import type { FeatureTable } from "./types";

/** What decides gradient-boosted trees beside their data. */
export interface BoostedTreesOptions {
  readonly seed: number;
  /** 100 when absent. */
  readonly trees?: number;
  /** Share of each tree's step that is taken: 0.1 when absent. */
  readonly learningRate?: number;
  /** Splits from the root to a leaf, at most: 3 when absent. */
  readonly depth?: number;
  /** Rows of a leaf, at least: 10 when absent, as R's gbm has it. */
  readonly minimumLeafSize?: number;
  /** Share of the rows drawn for each tree, without replacement: 0.5 when absent; 1 draws none. */
  readonly subsample?: number;
}

/** Fitted gradient-boosted trees. */
export interface BoostedTrees {
  readonly names: readonly string[];
  readonly trees: readonly Tree[];
  readonly learningRate: number;
  /** Logit of the share of presences, from which the trees go on. */
  readonly start: number;
  /** Mean binomial deviance of all training rows after each tree. */
  readonly deviances: Float64Array;
}

/**
 * Gradient-boosted trees (Friedman 2001), stochastic where a share of the rows is drawn (Friedman
 * 2002): each tree is grown to the slope of the binomial deviance at what the trees before it say,
 * and a part of its Newton step is added.
 *
 * @param labels 1 for a presence, 0 for background
 * @throws InputError when a class has no row, a value is infinite or an option makes no sense
 */
export function fitBoostedTrees(
  table: FeatureTable,
  labels: ArrayLike<number>,
  options: BoostedTreesOptions,
): BoostedTrees {
  requireFittable(table, labels, { presences: 1, background: 1 });
  const rules = checked(options);
  const coded = codeFeatures(table);
  const count = rowCount(table);
  const presences = Array.from(labels).reduce((sum, label) => sum + label, 0);
  const start = Math.log(presences / (count - presences));
  const logits = new Float64Array(count).fill(start);
  const deviances = new Float64Array(rules.trees);
  const all = Uint32Array.from(logits, (_, row) => row);
  const drawn = Math.max(1, Math.floor(rules.subsample * count));
  const trees = Array.from({ length: rules.trees }, (_, number) => {
    const random = randomStream(options.seed, `boosted trees/tree ${number}`);
    const rows = drawn === count ? all : shuffledIndices(count, random).slice(0, drawn).sort();
    const probabilities = logits.map(probabilityOf);
    const targets = {
      slopes: probabilities.map((p, row) => labels[row] - p),
      curvatures: probabilities.map((p) => p * (1 - p)),
    };
    const tree = growRegressionTree(coded, targets, rows, rules);
    addTree(logits, tree, table, rules.learningRate);
    deviances[number] = meanDeviance(logits, labels);
    return tree;
  });
  return { names: table.names, trees, learningRate: rules.learningRate, start, deviances };
}

/**
 * Probability of a presence at every row; NaN where every feature is missing.
 *
 * @throws InputError when the table has other features than the model
 */
export function predictBoostedTrees(model: BoostedTrees, table: FeatureTable): Float64Array {
  requireSameFeatures(model.names, table);
  const width = table.names.length;
  const logits = new Float64Array(rowCount(table)).fill(model.start);
  for (const tree of model.trees) addTree(logits, tree, table, model.learningRate);
  return logits.map((logit, row) =>
    table.values.subarray(row * width, (row + 1) * width).every(Number.isNaN)
      ? Number.NaN
      : probabilityOf(logit),
  );
}

function addTree(
  logits: Float64Array,
  tree: Tree,
  table: FeatureTable,
  learningRate: number,
): void {
  const width = table.names.length;
  for (let row = 0; row < logits.length; row++) {
    logits[row] += learningRate * leafProbability(tree, table.values, row * width);
  }
}

function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function meanDeviance(logits: Float64Array, labels: ArrayLike<number>): number {
  const sum = logits.reduce((total, logit, row) => {
    const logOnePlus = Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit)));
    return total + 2 * (logOnePlus - labels[row] * logit);
  }, 0);
  return sum / logits.length;
}

function checked(options: BoostedTreesOptions) {
  const {
    trees = 100,
    learningRate = 0.1,
    depth = 3,
    minimumLeafSize = 10,
    subsample = 0.5,
  } = options;
  for (const [field, value] of Object.entries({ trees, depth, minimumLeafSize })) {
    if (!(Number.isInteger(value) && value >= 1))
      throw refused(field, value, "a whole number above 0");
  }
  for (const [field, value] of Object.entries({ learningRate, subsample })) {
    if (!(value > 0 && value <= 1)) throw refused(field, value, "a share above 0, 1 at most");
  }
  return { trees, learningRate, depth, minimumLeafSize, subsample };
}

function refused(field: string, found: number, expected: string): InputError {
  return new InputError({ kind: "parameter", field, found: String(found), expected });
}
