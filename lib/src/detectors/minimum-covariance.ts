import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from "ml-matrix";
import { InputError } from "../errors";
import { chiSquareQuantile, chiSquareTail } from "../evaluation/test-distributions";
import { type Random, randomStream, shuffledIndices } from "../random";
import type { Rows } from "./rows";
import { requireWholeNumber } from "./settings";

export interface MinimumCovarianceOptions {
  readonly seed: number;
  /** Random starts: 500 when absent. */
  readonly starts?: number;
}

/** Centre and spread of the bulk of some rows. */
export interface MinimumCovariance {
  /** Smallest determinant of the covariance that was found, of so many rows. */
  readonly determinant: number;
  readonly supported: number;
  /** Rows that are not outlying, by which centre and spread were taken once more. */
  readonly kept: number;
  readonly centre: Float64Array;
  /** Cholesky's factor of the spread. */
  readonly factor: Matrix;
}

/**
 * Starts that are gone on with until they end. Rousseeuw and Van Driessen take ten, and seek them among
 * 1,500 rows; where layers are full of equal values those may all end in the same wrong place.
 */
const BEST_STARTS = 40;
/** Share of rows of a normal distribution that count as not outlying. */
const NOT_OUTLYING = 0.975;

/**
 * Minimum covariance determinant by FAST-MCD (Rousseeuw and Van Driessen 1999): of all halves of the
 * rows, that whose covariance has the smallest determinant; its spread is brought to that of a normal
 * distribution by the median distance, and centre and spread are taken once more of all rows that are
 * not outlying by it, this time brought to normal by Pison et al.'s (2002) factor.
 *
 * @param rows of full rank, as fullRank makes them
 * @throws InputError when half of the rows lie in a plane, so that no spread is smallest, or an
 *   option makes no sense
 */
export function minimumCovariance(
  rows: Rows,
  { seed, starts = 500 }: MinimumCovarianceOptions,
): MinimumCovariance {
  requireWholeNumber("starts", starts, 1, 1e6);
  const { count, width } = rows;
  const supported = supportOf(count, width);
  if (count <= 2 * width) throw planar(`${count} rows of ${width} dimensions`);
  const random = randomStream(seed, "minimum covariance");
  const candidates: Spread[] = [];
  for (let start = 0; start < starts; start++) {
    let spread = randomStart(rows, random);
    for (let step = 0; step < 2; step++) spread = concentrated(rows, spread, supported);
    candidates.push(spread);
  }
  candidates.sort((one, other) => one.logDeterminant - other.logDeterminant);
  const best = candidates
    .slice(0, BEST_STARTS)
    .map((spread) => converged(rows, spread, supported))
    .reduce((least, each) => (each.logDeterminant < least.logDeterminant ? each : least));
  return { ...reweighted(rows, best), determinant: Math.exp(best.logDeterminant), supported };
}

/** Rows whose spread is sought: more than half of them. */
export function supportOf(count: number, width: number): number {
  return Math.min(count, Math.ceil((count + width + 1) / 2));
}

/** Squared distances of rows from a centre in units of a spread. */
export function squaredDistances(
  { count, width, values }: Rows,
  { centre, factor }: Pick<MinimumCovariance, "centre" | "factor">,
): Float64Array {
  const lower = Float64Array.from(factor.to1DArray());
  const solved = new Float64Array(width);
  return Float64Array.from({ length: count }, (_, row) => {
    let square = 0;
    for (let at = 0; at < width; at++) {
      let rest = values[row * width + at] - centre[at];
      for (let before = 0; before < at; before++)
        rest -= lower[at * width + before] * solved[before];
      solved[at] = rest / lower[at * width + at];
      square += solved[at] ** 2;
    }
    return square;
  });
}

/**
 * Rows in as many coordinates as they have dimensions, each of deviation 1 and uncorrelated with the
 * others: features that are sums of others, as centred log-ratios are, lose what they repeat.
 * Distances by a spread do not change by it.
 *
 * @param rows standardised; the map takes rows that were standardised with them
 */
export function fullRank(rows: Rows): (rows: Rows) => Rows {
  const all = Uint32Array.from({ length: rows.count }, (_, row) => row);
  const { covariance } = momentsOf(rows, all);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const largest = Math.max(...realEigenvalues);
  const kept = realEigenvalues.flatMap((value, at) => (value > 1e-9 * largest ? [at] : []));
  return ({ count, width, values }) => {
    const turned = new Float64Array(count * kept.length);
    for (let row = 0; row < count; row++) {
      kept.forEach((column, to) => {
        let sum = 0;
        for (let at = 0; at < width; at++) {
          sum += values[row * width + at] * eigenvectorMatrix.get(at, column);
        }
        turned[row * kept.length + to] = sum / Math.sqrt(realEigenvalues[column]);
      });
    }
    return { count, width: kept.length, values: turned };
  };
}

interface Spread {
  readonly centre: Float64Array;
  readonly factor: Matrix;
  readonly logDeterminant: number;
}

/** The spread of as few rows drawn at random as have one. */
function randomStart(rows: Rows, random: Random): Spread {
  const order = shuffledIndices(rows.count, random);
  for (let taken = rows.width + 1; taken <= rows.count; taken++) {
    const spread = spreadOf(rows, order.subarray(0, taken));
    if (spread !== null) return spread;
  }
  throw planar("all rows in a plane");
}

/** One step: the spread of the nearest rows by the spread before; its determinant is no larger. */
function concentrated(rows: Rows, before: Spread, half: number): Spread {
  const spread = spreadOf(rows, nearest(squaredDistances(rows, before), half));
  if (spread === null) throw planar(`${half} of ${rows.count} rows in a plane`);
  return spread;
}

function converged(rows: Rows, start: Spread, half: number): Spread {
  let spread = concentrated(rows, start, half);
  for (;;) {
    const next = concentrated(rows, spread, half);
    if (!(next.logDeterminant < spread.logDeterminant - 1e-12)) return spread;
    spread = next;
  }
}

function reweighted(rows: Rows, raw: Spread): Omit<MinimumCovariance, "determinant" | "supported"> {
  const distances = squaredDistances(rows, raw);
  const sorted = distances.slice().sort();
  const median = (sorted[(rows.count - 1) >> 1] + sorted[rows.count >> 1]) / 2;
  const toNormal = chiSquareQuantile(0.5, rows.width) / median;
  const bound = chiSquareQuantile(1 - NOT_OUTLYING, rows.width);
  const kept = Uint32Array.from(distances.keys()).filter(
    (row) => distances[row] * toNormal <= bound,
  );
  const { centre, covariance } = momentsOf(rows, kept);
  const factor = NOT_OUTLYING / (1 - chiSquareTail(bound, rows.width + 2));
  const decomposition = new CholeskyDecomposition(covariance.mul(factor));
  return { centre, factor: decomposition.lowerTriangularMatrix, kept: kept.length };
}

/** Numbers of the rows with the smallest values; of equal ones the first. */
function nearest(values: Float64Array, count: number): Uint32Array {
  const bound = values.slice().sort()[count - 1];
  const below = Uint32Array.from(values.keys()).filter((row) => values[row] < bound);
  const on = Uint32Array.from(values.keys()).filter((row) => values[row] === bound);
  return Uint32Array.from([...below, ...on.slice(0, count - below.length)]);
}

/** Null where the rows lie in a plane. */
function spreadOf(rows: Rows, numbers: Uint32Array): Spread | null {
  const { centre, covariance } = momentsOf(rows, numbers);
  const factor = new CholeskyDecomposition(covariance).lowerTriangularMatrix;
  let logDeterminant = 0;
  for (let at = 0; at < rows.width; at++) {
    const pivot = factor.get(at, at);
    // Coordinates have a deviation of 1, so that this is as good as no spread.
    if (!(pivot > 1e-6)) return null;
    logDeterminant += 2 * Math.log(pivot);
  }
  return { centre, factor, logDeterminant };
}

function momentsOf({ width, values }: Rows, numbers: Uint32Array) {
  const centre = new Float64Array(width);
  for (const row of numbers) {
    for (let at = 0; at < width; at++) centre[at] += values[row * width + at] / numbers.length;
  }
  const sums = new Float64Array(width * width);
  const away = new Float64Array(width);
  for (const row of numbers) {
    for (let at = 0; at < width; at++) away[at] = values[row * width + at] - centre[at];
    for (let at = 0; at < width; at++) {
      for (let other = 0; other <= at; other++) sums[at * width + other] += away[at] * away[other];
    }
  }
  const covariance = Matrix.zeros(width, width);
  for (let at = 0; at < width; at++) {
    for (let other = 0; other <= at; other++) {
      const value = sums[at * width + other] / numbers.length;
      covariance.set(at, other, value);
      covariance.set(other, at, value);
    }
  }
  return { centre, covariance };
}

function planar(found: string): InputError {
  return new InputError({
    kind: "values",
    field: "rows of a robust distance",
    found,
    expected: "rows that spread in every direction, more than twice as many as dimensions",
    remedy: "Leave out features that are the same in half of the rows (bulkConstants names them).",
  });
}
