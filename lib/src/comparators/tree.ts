import type { Random } from "../random";
import { type ClassWeights, purityOf, type SplitFinder } from "./best-split";
import type { CodedFeatures } from "./coded-features";

/** A decision tree as flat arrays, one entry a node; the root is node 0. */
export interface Tree {
  /** Feature that a node splits by; -1 for a leaf. */
  readonly feature: Int32Array;
  /** Values up to this one go left; a leaf's probability of class 1. */
  readonly threshold: Float64Array;
  /** Left child; the right one follows it. */
  readonly left: Int32Array;
  /** 1 where a missing value goes right. */
  readonly missingRight: Uint8Array;
}

/** What decides how a tree grows. */
export interface TreeRules {
  /** Features drawn at random to choose a split from. */
  readonly featuresPerSplit: number;
  /** A node of so many rows or fewer is not split; rows drawn twice count twice. */
  readonly minimumNodeSize: number;
  readonly weights: ClassWeights;
}

/**
 * Grows a classification tree (Breiman et al. 1984) on the rows drawn for it. Where no drawn
 * feature varies in a node, more are drawn until one does. A missing value goes to the side that
 * lowers the impurity more; where none was seen in a node, to the side with more rows.
 *
 * @param drawn rows in the bag; put into another order by growing
 * @param decreases takes, by feature, the fall of impurity as a share of the tree's weight
 */
export function growTree(
  { codes, distinct }: CodedFeatures,
  labels: Uint8Array,
  drawn: Uint32Array,
  rules: TreeRules,
  finder: SplitFinder,
  random: Random,
  decreases: Float64Array,
): Tree {
  const most = 2 * drawn.length;
  const feature = new Int32Array(most).fill(-1);
  const threshold = new Float64Array(most);
  const left = new Int32Array(most);
  const missingRight = new Uint8Array(most);
  const order = Uint16Array.from(codes, (_, index) => index);
  const moved = new Uint32Array(drawn.length);
  const waiting = [{ node: 0, from: 0, to: drawn.length }];
  let nodes = 1;
  let treeWeight = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, from, to } = next;
    const rows = drawn.subarray(from, to);
    let ones = 0;
    for (let at = 0; at < rows.length; at++) ones += labels[rows[at]];
    const zeroWeight = (rows.length - ones) * rules.weights[0];
    const oneWeight = ones * rules.weights[1];
    if (node === 0) treeWeight = zeroWeight + oneWeight;
    threshold[node] = oneWeight / (zeroWeight + oneWeight);
    const isPure = ones === 0 || ones === rows.length;
    if (isPure || rows.length <= rules.minimumNodeSize) continue;
    let chosen = -1;
    let best: ReturnType<SplitFinder["find"]> = null;
    for (let tried = 0; tried < order.length; tried++) {
      if (tried >= rules.featuresPerSplit && best !== null) break;
      const other = tried + random.below(order.length - tried);
      const candidate = order[other];
      order[other] = order[tried];
      order[tried] = candidate;
      const split = finder.find(codes[candidate], distinct[candidate].length, rows);
      if (split === null || (best !== null && split.purity <= best.purity)) continue;
      best = split;
      chosen = candidate;
    }
    if (best === null) continue;
    const { lastLeft, isMissingRight } = best;
    const missing = distinct[chosen].length;
    const isLeft = (code: number) => (code === missing ? !isMissingRight : code <= lastLeft);
    const middle = from + partition(rows, codes[chosen], moved, isLeft);
    decreases[chosen] += (best.purity - purityOf(zeroWeight, oneWeight)) / treeWeight;
    feature[node] = chosen;
    threshold[node] = between(distinct[chosen], lastLeft, best.firstRight);
    left[node] = nodes;
    const wasMissingSeen = isMissingRight || rows.some((row) => codes[chosen][row] === missing);
    const goesRight = wasMissingSeen ? isMissingRight : to - middle > middle - from;
    missingRight[node] = goesRight ? 1 : 0;
    waiting.push({ node: nodes + 1, from: middle, to }, { node: nodes, from, to: middle });
    nodes += 2;
  }
  return {
    feature: feature.slice(0, nodes),
    threshold: threshold.slice(0, nodes),
    left: left.slice(0, nodes),
    missingRight: missingRight.slice(0, nodes),
  };
}

/** Halfway between two values, and always below the upper; infinite when only missing go right. */
function between(distinct: Float64Array, lastLeft: number, firstRight: number): number {
  if (firstRight >= distinct.length) return Number.POSITIVE_INFINITY;
  const low = distinct[lastLeft];
  const middle = low + (distinct[firstRight] - low) / 2;
  return middle < distinct[firstRight] ? middle : low;
}

/** Puts the rows that go left first, both sides in their order; how many go left. */
function partition(
  rows: Uint32Array,
  codes: Uint32Array,
  moved: Uint32Array,
  isLeft: (code: number) => boolean,
): number {
  let lefts = 0;
  let rights = 0;
  for (let at = 0; at < rows.length; at++) {
    if (isLeft(codes[rows[at]])) rows[lefts++] = rows[at];
    else moved[rights++] = rows[at];
  }
  rows.set(moved.subarray(0, rights), lefts);
  return lefts;
}
