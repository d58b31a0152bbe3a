import { InputError } from "../errors";
import { normalCdf, normalTail } from "./distributions";

/**
 * Probability of chi-square above a value: the finite sums of Abramowitz and Stegun (1964), 26.4.4
 * and 26.4.5.
 *
 * @param degrees whole number of degrees of freedom, at least 1
 * @throws InputError when the degrees are not, or the value is below 0
 */
export function chiSquareTail(value: number, degrees: number): number {
  requireTest("chi-square", value, [degrees]);
  const isOdd = degrees % 2 === 1;
  const half = value / 2;
  let term = isOdd ? Math.sqrt((4 * half) / Math.PI) * Math.exp(-half) : Math.exp(-half);
  let sum = isOdd ? 2 * normalTail(Math.sqrt(value)) : 0;
  for (let step = isOdd ? 3 : 2; step <= degrees; step += 2) {
    sum += term;
    term *= value / step;
  }
  return Math.min(1, sum);
}

/**
 * The chi-square that is exceeded with a probability.
 *
 * @param tail above 0 and below 1
 * @throws InputError when it is not, or as chiSquareTail
 */
export function chiSquareQuantile(tail: number, degrees: number): number {
  return exceededWith(tail, (value) => chiSquareTail(value, degrees));
}

/**
 * Probability of Fisher's F above a value, by the incomplete beta function.
 *
 * @param between degrees of freedom of the numerator, whole, at least 1
 * @param within of the denominator
 * @throws InputError when the degrees are not, or the value is below 0
 */
export function fisherTail(value: number, between: number, within: number): number {
  requireTest("F", value, [between, within]);
  if (value === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(within / (within + between * value), within / 2, between / 2);
}

/**
 * Probability that the range of so many independent standard normals is above a value: the
 * studentised range with infinite degrees of freedom.
 *
 * @param count of normals, whole, at least 2
 * @throws InputError when the count is not, or the value is below 0
 */
export function rangeTail(value: number, count: number): number {
  requireTest("range", value, [count, count - 1]);
  // The integral over where the least lies; the trapezoid rule is exact to rounding for so smooth
  // an integrand that dies out at both ends.
  const step = 1 / 16;
  let sum = 0;
  for (let low = -9; low <= 9; low += step) {
    const density = Math.exp((-low * low) / 2) / Math.sqrt(2 * Math.PI);
    sum += density * (normalCdf(low + value) - normalCdf(low)) ** (count - 1);
  }
  return Math.max(0, 1 - count * step * sum);
}

/**
 * The value that the range of so many independent standard normals exceeds with a probability.
 *
 * @param tail above 0 and below 1
 * @throws InputError when it is not, or the count is not a whole number of at least 2
 */
export function rangeQuantile(tail: number, count: number): number {
  return exceededWith(tail, (value) => rangeTail(value, count));
}

/** Where a falling tail has a value, by halving. */
function exceededWith(tail: number, tailAbove: (value: number) => number): number {
  if (!(tail > 0 && tail < 1)) throw refused(`a tail of ${tail}`, "a tail above 0 and below 1");
  let low = 0;
  let high = 1;
  while (tailAbove(high) > tail) high *= 2;
  for (let step = 0; step < 52; step++) {
    const middle = (low + high) / 2;
    if (tailAbove(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularised incomplete beta function by its continued fraction (26.5.8, Lentz's method). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = a * Math.log(x) + b * Math.log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  let top = 1;
  let below = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = below;
  for (let m = 1; m < 1000; m++) {
    const before = fraction;
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      below = 1 / (1 + term * below);
      top = 1 + term / top;
      fraction *= top * below;
    }
    if (Math.abs(fraction - before) <= 1e-16 * fraction) break;
  }
  return (Math.exp(front) * fraction) / a;
}

/** Logarithm of the gamma function of a half or whole number above 0: a finite product. */
function logGamma(value: number): number {
  let sum = value % 1 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let at = value % 1 === 0 ? 1 : 0.5; at < value; at++) sum += Math.log(at);
  return sum;
}

function requireTest(name: string, value: number, degrees: readonly number[]): void {
  if (degrees.every((each) => Number.isInteger(each) && each >= 1) && value >= 0) return;
  throw refused(
    `${name} of ${value} with ${degrees.join(" and ")} degrees of freedom`,
    "a value of at least 0 and whole degrees of freedom, at least 1",
  );
}

function refused(found: string, expected: string): InputError {
  return new InputError({ kind: "parameter", field: "test statistic", found, expected });
}
