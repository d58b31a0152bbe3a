import { InputError } from "../errors";
import { risen, type VariogramModel } from "./variogram";

/** Places with a value each. */
export interface KnownPlaces {
  readonly eastings: Float64Array;
  readonly northings: Float64Array;
  readonly values: Float64Array;
}

/** A prediction and its variance; the next call overwrites them. */
export interface KrigedPoint {
  prediction: number;
  variance: number;
}

/** What is known of a point without neighbours. */
const NOWHERE: Readonly<KrigedPoint> = { prediction: Number.NaN, variance: Number.NaN };

/**
 * Solves the equations of ordinary kriging at a point from given neighbours. With C the covariances
 * between neighbours and c those with the point, C u = 1 and C v = c give the weights v - m u with
 * m = (sum v - 1) / sum u, and the variance C(0) - c'(v - m u) - m. C is factorised by Cholesky,
 * and its factor kept while the neighbours stay the same.
 *
 * @param capacity most neighbours
 */
export function krigingSystem(
  { eastings, northings, values }: KnownPlaces,
  model: VariogramModel,
  capacity: number,
): (easting: number, northing: number, neighbours: Int32Array) => Readonly<KrigedPoint> {
  const atOrigin = model.nugget + model.sill;
  const factor = new Float64Array(capacity * capacity);
  const members = new Int32Array(capacity).fill(-1);
  const sorted = new Int32Array(capacity);
  const ones = new Float64Array(capacity);
  const solution = new Float64Array(capacity);
  const covariances = new Float64Array(capacity);
  const found: KrigedPoint = { prediction: 0, variance: 0 };
  let size = 0;
  let oneSum = 0;

  const covariance = (across: number, up: number) => {
    if (across === 0 && up === 0) return atOrigin;
    const distance = Math.sqrt(across * across + up * up);
    return model.sill * (1 - risen(model.kind, distance / model.range));
  };

  const factorise = () => {
    for (let row = 0; row < size; row++) {
      const place = members[row];
      for (let column = 0; column <= row; column++) {
        const other = members[column];
        factor[row * capacity + column] = covariance(
          eastings[place] - eastings[other],
          northings[place] - northings[other],
        );
      }
    }
    cholesky(factor, size, capacity, atOrigin);
    ones.fill(1, 0, size);
    solve(factor, size, capacity, ones);
    oneSum = 0;
    for (let at = 0; at < size; at++) oneSum += ones[at];
  };

  return (easting, northing, neighbours) => {
    if (neighbours.length === 0) return NOWHERE;
    // In one order, so that the same neighbours are known again.
    const ordered = sorted.subarray(0, neighbours.length);
    ordered.set(neighbours);
    ordered.sort();
    if (neighbours.length !== size || ordered.some((place, at) => place !== members[at])) {
      members.set(ordered);
      size = neighbours.length;
      factorise();
    }
    let solutionSum = 0;
    for (let at = 0; at < size; at++) {
      const place = members[at];
      covariances[at] = covariance(eastings[place] - easting, northings[place] - northing);
      solution[at] = covariances[at];
    }
    solve(factor, size, capacity, solution);
    for (let at = 0; at < size; at++) solutionSum += solution[at];
    const multiplier = (solutionSum - 1) / oneSum;
    found.prediction = 0;
    found.variance = atOrigin - multiplier;
    for (let at = 0; at < size; at++) {
      const weight = solution[at] - multiplier * ones[at];
      found.prediction += weight * values[members[at]];
      found.variance -= weight * covariances[at];
    }
    found.variance = Math.max(0, found.variance);
    return found;
  };
}

/** The lower Cholesky factor in place of the lower half of a symmetric matrix. */
function cholesky(matrix: Float64Array, size: number, stride: number, scale: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let value = matrix[row * stride + column];
      for (let at = 0; at < column; at++) {
        value -= matrix[row * stride + at] * matrix[column * stride + at];
      }
      if (column < row) {
        matrix[row * stride + column] = value / matrix[column * stride + column];
      } else if (value > 1e-12 * scale) {
        matrix[row * stride + row] = Math.sqrt(value);
      } else {
        throw notSolvable();
      }
    }
  }
}

/** Solves the factorised equations for a right-hand side, in its place. */
function solve(factor: Float64Array, size: number, stride: number, side: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let value = side[row];
    for (let at = 0; at < row; at++) value -= factor[row * stride + at] * side[at];
    side[row] = value / factor[row * stride + row];
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = side[row];
    for (let at = row + 1; at < size; at++) value -= factor[at * stride + row] * side[at];
    side[row] = value / factor[row * stride + row];
  }
}

function notSolvable(): InputError {
  return new InputError({
    kind: "values",
    field: "kriging",
    found: "neighbours whose covariances are as good as equal",
    expected: "equations that rounding does not spoil",
    remedy: "A gaussian variogram needs a nugget; try another kind or fewer neighbours.",
  });
}
