import { type Random, shuffledIndices } from "../random";
import type { PermutationImportance } from "./forest";
import { leafProbability } from "./forest-predict";
import type { Tree } from "./tree";

/** Gathers the permutation importance of a forest, tree by tree. */
export function treeImportances(names: readonly string[]) {
  const sums = new Float64Array(names.length);
  const squares = new Float64Array(names.length);
  let trees = 0;
  return {
    /** Takes a tree and the rows left out of its bag; values are put back as they were. */
    add(tree: Tree, values: Float64Array, labels: Uint8Array, left: Uint32Array, random: Random) {
      if (left.length === 0) return;
      trees += 1;
      const before = meanSquaredError(tree, values, labels, left, names.length);
      const used = new Set(tree.feature);
      names.forEach((_, feature) => {
        // Shuffling a feature that the tree does not look at changes nothing.
        if (!used.has(feature)) return;
        const column = left.map((row) => row * names.length + feature);
        const kept = Float64Array.from(column, (at) => values[at]);
        const order = shuffledIndices(left.length, random);
        order.forEach((from, to) => {
          values[column[to]] = kept[from];
        });
        const rise = meanSquaredError(tree, values, labels, left, names.length) - before;
        column.forEach((at, index) => {
          values[at] = kept[index];
        });
        sums[feature] += rise;
        squares[feature] += rise * rise;
      });
    },
    means(): PermutationImportance[] {
      return names.map((name, feature) => {
        const value = sums[feature] / trees;
        const variance = Math.max(0, squares[feature] / trees - value * value);
        return { name, value, standardError: Math.sqrt(variance / trees) };
      });
    },
  };
}

function meanSquaredError(
  tree: Tree,
  values: Float64Array,
  labels: Uint8Array,
  rows: Uint32Array,
  width: number,
): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    sum += (leafProbability(tree, values, row * width) - labels[row]) ** 2;
  }
  return sum / rows.length;
}
