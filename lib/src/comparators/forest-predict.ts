import { requireSameFeatures, rowCount } from "./features";
import type { RandomForest } from "./forest";
import { addLeaves, rankBelow, rankForest } from "./ranked-forest";
import type { Tree } from "./tree";
import type { FeatureTable } from "./types";

/** Rows that go through one tree before the next is taken up, so that both stay in the cache. */
const BLOCK = 512;

/**
 * Probability of a presence at every row: the mean over the trees of the share of presences in the
 * leaf that the row falls into (by class weights where the forest has them). A row of which every
 * feature is missing has none: NaN.
 *
 * @throws InputError when the table has other features than the forest
 */
export function predictForest(
  forest: Pick<RandomForest, "names" | "trees">,
  table: FeatureTable,
): Float64Array {
  requireSameFeatures(forest.names, table);
  const width = table.names.length;
  const probabilities = new Float64Array(rowCount(table));
  const complete: number[] = [];
  for (let row = 0; row < probabilities.length; row++) {
    const missing = missingCount(table, row);
    if (missing === 0) complete.push(row);
    else if (missing === width) probabilities[row] = Number.NaN;
    else probabilities[row] = meanOfLeaves(forest.trees, table, row * width);
  }
  predictComplete(forest.trees, table, complete, probabilities);
  return probabilities;
}

function missingCount({ names, values }: FeatureTable, row: number): number {
  let missing = 0;
  for (let at = row * names.length; at < (row + 1) * names.length; at++) {
    if (Number.isNaN(values[at])) missing += 1;
  }
  return missing;
}

function meanOfLeaves(trees: readonly Tree[], { values }: FeatureTable, offset: number): number {
  let sum = 0;
  for (const tree of trees) sum += leafProbability(tree, values, offset);
  return sum / trees.length;
}

/** The same for rows without a missing value, faster. */
function predictComplete(
  trees: readonly Tree[],
  { names, values }: FeatureTable,
  rows: readonly number[],
  probabilities: Float64Array,
): void {
  const width = names.length;
  const ranked = rankForest(trees, width);
  const ranks = new Int32Array(BLOCK * width);
  const sums = new Float64Array(BLOCK);
  for (let from = 0; from < rows.length; from += BLOCK) {
    const count = Math.min(BLOCK, rows.length - from);
    for (let at = 0; at < count; at++) {
      for (let feature = 0; feature < width; feature++) {
        const value = values[rows[from + at] * width + feature];
        ranks[at * width + feature] = rankBelow(ranked.thresholds[feature], value);
      }
    }
    sums.fill(0);
    for (const tree of ranked.trees) addLeaves(tree, ranks, width, (count + 3) & ~3, sums);
    for (let at = 0; at < count; at++) probabilities[rows[from + at]] = sums[at] / trees.length;
  }
}

/** Probability in the leaf that a row falls into; its values start at an offset. */
export function leafProbability(
  { feature, threshold, left, missingRight }: Tree,
  values: Float32Array | Float64Array,
  offset: number,
): number {
  let node = 0;
  let by = feature[0];
  while (by >= 0) {
    const value = values[offset + by];
    const cut = threshold[node];
    if (value <= cut) node = left[node];
    // Neither holds of NaN.
    else node = left[node] + (value > cut ? 1 : missingRight[node]);
    by = feature[node];
  }
  return threshold[node];
}
