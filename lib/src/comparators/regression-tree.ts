import type { CodedFeatures } from "./coded-features";
import type { Tree } from "./tree";

/** What a regression tree is grown to: squared error of the targets, and leaves by a Newton step. */
export interface TreeTargets {
  /** What is to be explained, by row: the slope of the loss. */
  readonly slopes: Float64Array;
  /** Curvature of the loss, by row. */
  readonly curvatures: Float64Array;
}

export interface RegressionTreeRules {
  /** Splits from the root to a leaf, at most. */
  readonly depth: number;
  /** Rows of a leaf, at least. */
  readonly minimumLeafSize: number;
}

/** Where a node is split. */
interface Cut {
  readonly feature: number;
  /** Codes up to this one go left. */
  readonly lastLeft: number;
  /** The next code in the node; that of missing values where only these go right. */
  readonly firstRight: number;
  readonly isMissingRight: boolean;
}

/** A gain of less than this share is rounding, not a split. */
const LEAST_GAIN = 1e-12;

/**
 * Grows a regression tree on some rows: each split is the one, over all features and values, that
 * lowers the squared error of the slopes most; of equal ones the first. A leaf's value is the sum of
 * the slopes by that of the curvatures (Friedman 2001). Missing values try both sides; where a node
 * has none, later ones go to the side with more rows.
 *
 * @returns the tree as a forest's are, a leaf's value in place of its probability
 */
export function growRegressionTree(
  coded: CodedFeatures,
  { slopes, curvatures }: TreeTargets,
  rows: Uint32Array,
  { depth, minimumLeafSize }: RegressionTreeRules,
): Tree {
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const missingRight: number[] = [];
  const addNode = () => {
    feature.push(-1);
    left.push(0);
    missingRight.push(0);
    return threshold.push(0) - 1;
  };
  const waiting = [{ node: addNode(), own: rows, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, own } = next;
    const cut = next.depth < depth ? bestCut(coded, slopes, own, minimumLeafSize) : null;
    if (cut === null) {
      threshold[node] = leafValue(own, slopes, curvatures);
      continue;
    }
    const codes = coded.codes[cut.feature];
    const distinct = coded.distinct[cut.feature];
    const goesLeft = (row: number) =>
      codes[row] === distinct.length ? !cut.isMissingRight : codes[row] <= cut.lastLeft;
    const [lefts, rights] = [own.filter(goesLeft), own.filter((row) => !goesLeft(row))];
    feature[node] = cut.feature;
    threshold[node] = between(distinct, cut);
    const hasMissing = own.some((row) => codes[row] === distinct.length);
    missingRight[node] = Number(hasMissing ? cut.isMissingRight : rights.length > lefts.length);
    left[node] = addNode();
    addNode();
    waiting.push({ node: left[node] + 1, own: rights, depth: next.depth + 1 });
    waiting.push({ node: left[node], own: lefts, depth: next.depth + 1 });
  }
  return {
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    left: Int32Array.from(left),
    missingRight: Uint8Array.from(missingRight),
  };
}

function leafValue(rows: Uint32Array, slopes: Float64Array, curvatures: Float64Array): number {
  let [slope, curvature] = [0, 0];
  for (const row of rows) {
    slope += slopes[row];
    curvature += curvatures[row];
  }
  return curvature < 1e-150 ? 0 : slope / curvature;
}

function bestCut(
  { codes, distinct }: CodedFeatures,
  slopes: Float64Array,
  rows: Uint32Array,
  minimumLeafSize: number,
): Cut | null {
  if (rows.length < 2 * minimumLeafSize) return null;
  const whole = rows.reduce((sum, row) => sum + slopes[row], 0);
  const start = whole ** 2 / rows.length;
  const squares = rows.reduce((sum, row) => sum + slopes[row] ** 2, 0);
  let best: Cut | null = null;
  // Of both sides, the squared sum of slopes by the number of rows.
  let most = start + LEAST_GAIN * squares;
  codes.forEach((own, feature) => {
    const missing = distinct[feature].length;
    const counts = new Uint32Array(missing + 1);
    const sums = new Float64Array(missing + 1);
    for (const row of rows) {
      counts[own[row]] += 1;
      sums[own[row]] += slopes[row];
    }
    const sides = counts[missing] > 0 ? [true, false] : [true];
    let [below, sum] = [0, 0];
    let code = nextCode(counts, 0);
    while (code < missing) {
      below += counts[code];
      sum += sums[code];
      const firstRight = nextCode(counts, code + 1);
      for (const isMissingRight of sides) {
        const inside = isMissingRight ? below : below + counts[missing];
        const outside = rows.length - inside;
        if (Math.min(inside, outside) < minimumLeafSize) continue;
        const slope = isMissingRight ? sum : sum + sums[missing];
        const explained = slope ** 2 / inside + (whole - slope) ** 2 / outside;
        if (explained <= most) continue;
        most = explained;
        best = { feature, lastLeft: code, firstRight, isMissingRight };
      }
      code = firstRight;
    }
  });
  return best;
}

/** The next code that occurs in a node, from one on; that of missing values where none does. */
function nextCode(counts: Uint32Array, from: number): number {
  let code = from;
  while (code < counts.length - 1 && counts[code] === 0) code += 1;
  return code;
}

/** Halfway between two values, and always below the upper; infinite when only missing go right. */
function between(distinct: Float64Array, { lastLeft, firstRight }: Cut): number {
  if (firstRight >= distinct.length) return Number.POSITIVE_INFINITY;
  const middle = distinct[lastLeft] + (distinct[firstRight] - distinct[lastLeft]) / 2;
  return middle < distinct[firstRight] ? middle : distinct[lastLeft];
}
