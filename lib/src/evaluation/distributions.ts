import { InputError } from "../errors";

/** Probability of the standard normal above z: to full precision in the tail as well. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  return z < 3 ? 0.5 - normalBelow(z) : tailFraction(z);
}

/** Probability of the standard normal at or below z. */
export function normalCdf(z: number): number {
  return normalTail(-z);
}

/**
 * The z below which a share of the standard normal lies.
 *
 * @param share 0 to 1; the ends give minus and plus infinity
 */
export function normalQuantile(share: number): number {
  if (share === 0.5) return 0;
  if (share > 0.5) return -normalQuantile(1 - share);
  if (share <= 0) return Number.NEGATIVE_INFINITY;
  // Abramowitz and Stegun (1964), 26.2.23, to 4.5e-4; then Newton's steps on the logarithm.
  const t = Math.sqrt(-2 * Math.log(share));
  const top = 2.515517 + t * (0.802853 + t * 0.010328);
  let z = t - top / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 6; step++) {
    const tail = normalTail(z);
    z += (tail * Math.log(tail / share)) / density(z);
  }
  return -z;
}

/**
 * The t below which a share of Student's distribution lies.
 *
 * @param degrees whole number of degrees of freedom, at least 1
 */
export function studentQuantile(share: number, degrees: number): number {
  if (!Number.isInteger(degrees) || degrees < 1 || !(share > 0 && share < 1)) {
    throw new InputError({
      kind: "parameter",
      field: "Student's quantile",
      found: `share ${share}, ${degrees} degrees of freedom`,
      expected: "a share between 0 and 1 and a whole number of degrees, at least 1",
    });
  }
  if (share < 0.5) return -studentQuantile(1 - share, degrees);
  // By the angle, which is bounded: t = tan(angle) sqrt(degrees).
  let low = 0;
  let high = Math.PI / 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if ((1 + centralStudent(middle, degrees)) / 2 < share) low = middle;
    else high = middle;
  }
  return Math.tan((low + high) / 2) * Math.sqrt(degrees);
}

/** Probability within plus and minus t (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4). */
function centralStudent(angle: number, degrees: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power < degrees; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}

/** Probability between 0 and z by the series without cancellation (26.2.11). */
function normalBelow(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum * density(z);
}

/** Tail by the continued fraction (26.2.14), evaluated from far behind. */
function tailFraction(z: number): number {
  let fraction = z;
  for (let depth = 200; depth > 0; depth--) fraction = z + depth / fraction;
  return density(z) / fraction;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
