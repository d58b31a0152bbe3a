import { InputError } from "../errors";
import { randomStream } from "../random";
import { drawBag } from "./bag";
import { type ClassWeights, splitFinder } from "./best-split";
import { codeFeatures } from "./coded-features";
import { requireFittable } from "./features";
import type { RandomForest } from "./forest";
import { treeImportances } from "./forest-importance";
import { leafProbability } from "./forest-predict";
import { growTree } from "./tree";
import type { FeatureTable } from "./types";

/** What decides a random forest beside its data. */
export interface RandomForestOptions {
  readonly seed: number;
  /** 500 when absent. */
  readonly trees?: number;
  /** Features drawn for each split; the square root of their number, rounded down, when absent. */
  readonly featuresPerSplit?: number;
  /**
   * A node of so many rows or fewer is not split: 10, as ranger has it for probabilities, when
   * absent; 1 grows trees out, as scikit-learn does.
   */
  readonly minimumNodeSize?: number;
  /**
   * What is done about unequal classes: nothing when absent; "weights" makes both classes weigh the
   * same; "sampling" draws as many rows of each, with replacement, as the smaller class has (Chen
   * et al. 2004).
   */
  readonly balance?: "none" | "weights" | "sampling";
}

/**
 * Fits a random forest (Breiman 2001) of probability trees (Malley et al. 2012): each tree is grown
 * on a bootstrap sample, and chooses each split among features drawn at random. Every tree has its
 * own random stream, so the first so many trees of a larger forest are those of a smaller one.
 *
 * @param labels 1 for a presence, 0 for background
 * @throws InputError when a class has no row, a value is infinite or an option makes no sense
 */
export function fitRandomForest(
  table: FeatureTable,
  labels: Uint8Array,
  options: RandomForestOptions,
): RandomForest {
  requireFittable(table, labels, { presences: 1, background: 1 });
  const width = table.names.length;
  const trees = wholeNumber("trees", options.trees ?? 500, Number.MAX_SAFE_INTEGER);
  const rules = {
    featuresPerSplit: wholeNumber(
      "featuresPerSplit",
      options.featuresPerSplit ?? Math.floor(Math.sqrt(width)),
      width,
    ),
    minimumNodeSize: wholeNumber("minimumNodeSize", options.minimumNodeSize ?? 10, 2 ** 31),
    weights: classWeights(labels, options.balance ?? "none"),
  };
  const coded = codeFeatures(table);
  const values = Float64Array.from(table.values);
  const distinctAtMost = Math.max(...coded.distinct.map(({ length }) => length));
  const finder = splitFinder(labels, rules.weights, distinctAtMost, labels.length);
  const impurity = new Float64Array(width);
  const importances = treeImportances(table.names);
  const sums = new Float64Array(labels.length);
  const votes = new Uint32Array(labels.length);
  const grown = Array.from({ length: trees }, (_, number) => {
    const random = randomStream(options.seed, `random forest/tree ${number}`);
    const { drawn, left } = drawBag(labels, options.balance === "sampling", random);
    const tree = growTree(coded, labels, drawn, rules, finder, random, impurity);
    for (const row of left) {
      sums[row] += leafProbability(tree, values, row * width);
      votes[row] += 1;
    }
    importances.add(tree, values, labels, left, random);
    return tree;
  });
  const outOfBag = sums.map((sum, row) => sum / votes[row]);
  const total = impurity.reduce((sum, decrease) => sum + decrease, 0);
  return {
    names: table.names,
    trees: grown,
    outOfBag,
    ...outOfBagErrors(outOfBag, labels),
    permutationImportance: importances.means(),
    impurityImportance: impurity.map((decrease) => (total > 0 ? decrease / total : 0)),
  };
}

function outOfBagErrors(outOfBag: Float64Array, labels: Uint8Array) {
  let judged = 0;
  let wrong = 0;
  let squares = 0;
  outOfBag.forEach((probability, row) => {
    if (Number.isNaN(probability)) return;
    judged += 1;
    if (probability > 0.5 !== (labels[row] === 1)) wrong += 1;
    squares += (probability - labels[row]) ** 2;
  });
  return { outOfBagError: wrong / judged, outOfBagBrier: squares / judged };
}

function classWeights(labels: Uint8Array, balance: "none" | "weights" | "sampling"): ClassWeights {
  if (balance !== "weights") return [1, 1];
  const ones = labels.reduce((sum, label) => sum + label, 0);
  return [labels.length / (2 * (labels.length - ones)), labels.length / (2 * ones)];
}

function wholeNumber(field: string, value: number, atMost: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= atMost) return value;
  throw new InputError({
    kind: "parameter",
    field,
    found: String(value),
    expected: `a whole number from 1 to ${atMost}`,
  });
}
