import type { FeatureTable } from "../comparators/types";
import { InputError } from "../errors";
import { type FittedDetector, fitDetector, type Rows, standardiser } from "./rows";

export interface OneClassSvmOptions {
  /** Share of the training rows that may lie outside, above 0, below 1: 0.5 when absent, as in libsvm. */
  readonly outside?: number;
  /** Of the kernel exp(-gamma d^2): 1 by the number of features when absent, as in libsvm. */
  readonly gamma?: number;
}

/** Breach of the optimality conditions that ends the search. */
const TOLERANCE = 1e-5;
/** Bytes of kernel rows that are kept. */
const CACHE_BYTES = 2 ** 27;

/**
 * One-class support vector machine with a Gaussian kernel (Schoelkopf et al. 2001): a boundary about
 * the bulk of the training rows, in features brought to mean 0 and deviation 1. The score is how far
 * outside a row lies, below 0 inside; its unit is that of libsvm.
 *
 * Solved by sequential minimal optimisation with the second-order choice of Fan et al. (2005); time
 * grows with the square of the number of training rows.
 *
 * @throws InputError as fitDetector, and when an option makes no sense
 */
export function oneClassSvmScores(
  training: FeatureTable,
  options: OneClassSvmOptions = {},
): FittedDetector {
  const { outside = 0.5, gamma = 1 / training.names.length } = options;
  if (!(outside > 0 && outside < 1)) throw refused("outside", outside, "a share above 0, below 1");
  if (!(gamma > 0)) throw refused("gamma", gamma, "a number above 0");
  return fitDetector(training, (rows) => {
    const scale = standardiser(rows);
    const places = scale(rows);
    const { weights, offset } = solve(places, gamma, outside * rows.count);
    const support = Array.from(weights.keys()).filter((row) => weights[row] > 0);
    return (asked) => {
      const own = scale(asked);
      return Float64Array.from({ length: asked.count }, (_, row) =>
        support.reduce(
          (sum, other) => sum - weights[other] * kernel(places, other, own, row, gamma),
          offset,
        ),
      );
    };
  });
}

/** Weights of 0 to 1 that add up to a total and make half w'Kw least, and the slope at the boundary. */
function solve(rows: Rows, gamma: number, total: number) {
  const { count } = rows;
  const rowOf = cachedKernel(rows, gamma);
  const weights = Float64Array.from({ length: count }, (_, row) =>
    Math.min(1, Math.max(0, total - row)),
  );
  const slopes = new Float64Array(count);
  weights.forEach((weight, row) => {
    if (weight === 0) return;
    rowOf(row).forEach((value, other) => {
      slopes[other] += weight * value;
    });
  });
  for (;;) {
    const pair = worstPair(weights, slopes, rowOf);
    if (pair === null) break;
    const [up, down] = pair;
    const [upRow, downRow] = [rowOf(up), rowOf(down)];
    const curvature = Math.max(2 - 2 * upRow[down], 1e-12);
    const wanted = (slopes[down] - slopes[up]) / curvature;
    const step = Math.min(wanted, 1 - weights[up], weights[down]);
    // What reaches a bound is put on it, or rounding would move it for ever.
    weights[up] = step === 1 - weights[up] ? 1 : weights[up] + step;
    weights[down] = step === weights[down] ? 0 : weights[down] - step;
    for (let row = 0; row < count; row++) slopes[row] += step * (upRow[row] - downRow[row]);
  }
  return { weights, offset: boundarySlope(weights, slopes) };
}

/** The row to raise and the row to lower; null when no two breach the conditions any more. */
function worstPair(
  weights: Float64Array,
  slopes: Float64Array,
  rowOf: (row: number) => Float32Array,
): readonly [number, number] | null {
  let up = -1;
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] < 1 && (up < 0 || slopes[row] < slopes[up])) up = row;
  }
  if (up < 0) return null;
  const near = rowOf(up);
  let down = -1;
  let most = 0;
  let steepest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] <= 0) continue;
    steepest = Math.max(steepest, slopes[row]);
    const breach = slopes[row] - slopes[up];
    if (breach <= 0) continue;
    const gain = breach ** 2 / Math.max(2 - 2 * near[row], 1e-12);
    if (gain > most) {
      most = gain;
      down = row;
    }
  }
  return down < 0 || steepest - slopes[up] < TOLERANCE ? null : [up, down];
}

/** Mean slope of the rows on the boundary; without any, halfway between inside and outside. */
function boundarySlope(weights: Float64Array, slopes: Float64Array): number {
  const free = slopes.filter((_, row) => weights[row] > 0 && weights[row] < 1);
  if (free.length > 0) return free.reduce((sum, slope) => sum + slope, 0) / free.length;
  const inside = slopes.filter((_, row) => weights[row] === 0);
  const beyond = slopes.filter((_, row) => weights[row] === 1);
  return (
    (inside.reduce((low, each) => Math.min(low, each)) +
      beyond.reduce((high, each) => Math.max(high, each))) /
    2
  );
}

function kernel(one: Rows, row: number, other: Rows, otherRow: number, gamma: number): number {
  let square = 0;
  for (let at = 0; at < one.width; at++) {
    square += (one.values[row * one.width + at] - other.values[otherRow * one.width + at]) ** 2;
  }
  return Math.exp(-gamma * square);
}

/** Rows of the kernel, the most recent of which are kept. */
function cachedKernel(rows: Rows, gamma: number): (row: number) => Float32Array {
  const kept = new Map<number, Float32Array>();
  const most = Math.max(2, Math.floor(CACHE_BYTES / (4 * rows.count)));
  return (row) => {
    const known = kept.get(row);
    kept.delete(row);
    const values =
      known ??
      Float32Array.from({ length: rows.count }, (_, other) =>
        kernel(rows, row, rows, other, gamma),
      );
    if (kept.size >= most) kept.delete(kept.keys().next().value as number);
    kept.set(row, values);
    return values;
  };
}

function refused(field: string, found: number, expected: string): InputError {
  return new InputError({ kind: "parameter", field, found: String(found), expected });
}
