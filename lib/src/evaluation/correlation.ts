import { InputError } from "../errors";
import { varies } from "./describe";
import { midRanks } from "./ranks";

/**
 * Pearson's correlation of two variables over the positions where both have data.
 *
 * @returns -1 to 1
 * @throws InputError when the lengths differ, fewer than two positions have data in both, or a
 *   variable is constant there
 */
export function pearson(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length) {
    throw notCorrelated(`${first.length} and ${second.length} values`, "as many of each");
  }
  // Two passes: the one-pass formula cancels when the mean is large against the spread.
  let count = 0;
  let firstMean = 0;
  let secondMean = 0;
  for (let at = 0; at < first.length; at++) {
    if (Number.isNaN(first[at]) || Number.isNaN(second[at])) continue;
    count += 1;
    firstMean += first[at];
    secondMean += second[at];
  }
  firstMean /= count;
  secondMean /= count;
  let product = 0;
  let firstSquare = 0;
  let secondSquare = 0;
  for (let at = 0; at < first.length; at++) {
    if (Number.isNaN(first[at]) || Number.isNaN(second[at])) continue;
    const a = first[at] - firstMean;
    const b = second[at] - secondMean;
    product += a * b;
    firstSquare += a * a;
    secondSquare += b * b;
  }
  if (count < 2 || firstSquare === 0 || secondSquare === 0) {
    throw notCorrelated(
      count < 2 ? `${count} positions with data in both` : "a constant variable",
      "two variables that vary over the same positions",
    );
  }
  return product / Math.sqrt(firstSquare * secondSquare);
}

/** Spearman's rank correlation, -1 to 1; null where one of the two is the same all over. */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  return varies(first) && varies(second) ? pearson(midRanks(first), midRanks(second)) : null;
}

/** Pearson's correlation of every pair of variables: symmetric, ones on the diagonal. */
export function correlationMatrix(variables: readonly ArrayLike<number>[]): number[][] {
  const matrix = variables.map(() => variables.map(() => 1));
  for (let row = 0; row < variables.length; row++) {
    for (let column = row + 1; column < variables.length; column++) {
      const value = pearson(variables[row], variables[column]);
      matrix[row][column] = value;
      matrix[column][row] = value;
    }
  }
  return matrix;
}

function notCorrelated(found: string, expected: string): InputError {
  return new InputError({ kind: "values", field: "correlation", found, expected });
}
