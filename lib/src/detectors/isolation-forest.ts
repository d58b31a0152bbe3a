import type { FeatureTable } from "../comparators/types";
import { type Random, randomStream, shuffledIndices } from "../random";
import { type FittedDetector, fitDetector, type Rows } from "./rows";
import { requireWholeNumber } from "./settings";

export interface IsolationForestOptions {
  readonly seed: number;
  /** 100 when absent, as Liu et al. have it. */
  readonly trees?: number;
  /** Rows drawn for each tree, without replacement: 256 when absent, or all where there are fewer. */
  readonly drawn?: number;
}

/** A node that parts rows at random, or the number of rows that were left together. */
export type IsolationNode =
  | {
      readonly feature: number;
      /** Values up to this one go left. */
      readonly threshold: number;
      readonly left: IsolationNode;
      readonly right: IsolationNode;
    }
  | { readonly rows: number };

/** Euler and Mascheroni's constant. */
const GAMMA = 0.5772156649015329;

/**
 * Isolation forest (Liu et al. 2008): trees part a few rows at random, and a row that is soon alone
 * is unlike the rest. The score is 2 to the power of minus the mean path by the path that is expected
 * of so many rows: near 1 for what stands apart, about 0.5 for what does not. It does not depend on
 * the scale of a feature.
 *
 * @throws InputError as fitDetector, and when an option makes no sense
 */
export function isolationScores(
  training: FeatureTable,
  { seed, trees = 100, drawn = 256 }: IsolationForestOptions,
): FittedDetector {
  requireWholeNumber("trees", trees, 1, 1e6);
  requireWholeNumber("drawn", drawn, 2, 2 ** 31);
  return fitDetector(training, (rows) => {
    const size = Math.min(drawn, rows.count);
    const depth = Math.ceil(Math.log2(size));
    const forest = Array.from({ length: trees }, (_, number) => {
      const random = randomStream(seed, `isolation forest/tree ${number}`);
      return isolate(rows, shuffledIndices(rows.count, random).slice(0, size), depth, random);
    });
    return ({ count, width, values }) => {
      const paths = new Float64Array(count);
      for (const tree of forest) {
        for (let row = 0; row < count; row++) paths[row] += pathLength(tree, values, row * width);
      }
      return paths.map((sum) => 2 ** -(sum / trees / expectedPath(size)));
    };
  });
}

/**
 * Splits from the root to the leaf of a row, and those that the rows left together there would still
 * take.
 *
 * @param offset where the row's values start
 */
export function pathLength(tree: IsolationNode, values: Float64Array, offset: number): number {
  let node = tree;
  let splits = 0;
  while ("feature" in node) {
    node = values[offset + node.feature] <= node.threshold ? node.left : node.right;
    splits += 1;
  }
  return splits + expectedPath(node.rows);
}

/** Splits that part one of so many rows from the others on average, as in a binary search tree. */
export function expectedPath(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + GAMMA) - (2 * (rows - 1)) / rows;
}

/** Parts rows by a random feature that varies among them, at a random value of its range. */
function isolate(all: Rows, rows: Uint32Array, depth: number, random: Random): IsolationNode {
  if (rows.length <= 1 || depth === 0) return { rows: rows.length };
  for (const feature of shuffledIndices(all.width, random)) {
    const valueIn = (row: number) => all.values[row * all.width + feature];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of rows) {
      low = Math.min(low, valueIn(row));
      high = Math.max(high, valueIn(row));
    }
    if (!(high > low)) continue;
    const threshold = low + random.uniform() * (high - low);
    const left = rows.filter((row) => valueIn(row) <= threshold);
    const right = rows.filter((row) => valueIn(row) > threshold);
    // Rounding may put the threshold on the highest value.
    if (right.length === 0) continue;
    return {
      ...{ feature, threshold },
      left: isolate(all, left, depth - 1, random),
      right: isolate(all, right, depth - 1, random),
    };
  }
  return { rows: rows.length };
}
