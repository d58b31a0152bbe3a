import type { Tree } from "./tree";

/** Numbers of a node: feature, rank of the threshold, left child. */
const NODE = 4;

/** A forest whose thresholds are replaced by their ranks, for fast passes over many rows. */
export interface RankedForest {
  /** For each feature, the thresholds that occur in any tree, rising. */
  readonly thresholds: readonly Float64Array[];
  readonly trees: readonly RankedTree[];
}

interface RankedTree {
  /**
   * Four numbers a node: feature, rank of the threshold, place of the left child (the right one
   * follows), nothing. A leaf is its own left child and lets every rank go left.
   */
  readonly nodes: Int32Array;
  /** Probability by node. */
  readonly leaves: Float64Array;
}

/** Ranks the thresholds of a forest; what it predicts stays the same to the last bit. */
export function rankForest(trees: readonly Tree[], features: number): RankedForest {
  const thresholds = Array.from({ length: features }, (_, feature) => {
    const cuts = trees.flatMap((tree) =>
      Array.from(tree.threshold).filter((_, node) => tree.feature[node] === feature),
    );
    return Float64Array.from(new Set(cuts)).sort();
  });
  return { thresholds, trees: trees.map((tree) => rankTree(tree, thresholds)) };
}

function rankTree(tree: Tree, thresholds: readonly Float64Array[]): RankedTree {
  const nodes = new Int32Array(tree.feature.length * NODE);
  tree.feature.forEach((feature, node) => {
    const at = node * NODE;
    const isLeaf = feature < 0;
    nodes[at] = isLeaf ? 0 : feature;
    nodes[at + 1] = isLeaf ? 2 ** 30 : rankBelow(thresholds[feature], tree.threshold[node]);
    nodes[at + 2] = (isLeaf ? node : tree.left[node]) * NODE;
  });
  return { nodes, leaves: tree.threshold };
}

/** How many of rising thresholds lie below a value; the value goes left of all others. */
export function rankBelow(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Adds the leaf probabilities of one tree to the sums of rows. Four rows go down side by side,
 * without branches, until all have arrived: the processor need not guess which way.
 *
 * @param ranks [rows, width] rank of each value among the thresholds of its feature; rows is a
 *   multiple of four
 */
export function addLeaves(
  { nodes, leaves }: RankedTree,
  ranks: Int32Array,
  width: number,
  rows: number,
  sums: Float64Array,
): void {
  for (let row = 0; row < rows; row += 4) {
    const at0 = row * width;
    const at1 = at0 + width;
    const at2 = at1 + width;
    const at3 = at2 + width;
    let to0 = 0;
    let to1 = 0;
    let to2 = 0;
    let to3 = 0;
    let moved = 1;
    while (moved !== 0) {
      const from0 = to0;
      const from1 = to1;
      const from2 = to2;
      const from3 = to3;
      // The sign bit is set, and the right child taken, where the rank is above the threshold's.
      to0 = nodes[from0 + 2] + (((nodes[from0 + 1] - ranks[at0 + nodes[from0]]) >>> 31) << 2);
      to1 = nodes[from1 + 2] + (((nodes[from1 + 1] - ranks[at1 + nodes[from1]]) >>> 31) << 2);
      to2 = nodes[from2 + 2] + (((nodes[from2 + 1] - ranks[at2 + nodes[from2]]) >>> 31) << 2);
      to3 = nodes[from3 + 2] + (((nodes[from3 + 1] - ranks[at3 + nodes[from3]]) >>> 31) << 2);
      moved = (to0 ^ from0) | (to1 ^ from1) | (to2 ^ from2) | (to3 ^ from3);
    }
    sums[row] += leaves[to0 >> 2];
    sums[row + 1] += leaves[to1 >> 2];
    sums[row + 2] += leaves[to2 >> 2];
    sums[row + 3] += leaves[to3 >> 2];
  }
}
