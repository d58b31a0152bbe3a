import { InputError } from "../errors";

/**
 * Reliability of a mean over k repeats of a measurement from that of one: r(k) = k r / (1 + (k - 1) r)
 * (Spearman 1910; Brown 1910). Reliability is the correlation of two such measurements whose errors
 * are independent.
 *
 * @param single correlation of two single measurements, above -1 / (k - 1)
 * @param repeats k, a whole number from 1 up
 * @throws InputError when repeats are none, or the correlation is too low for that many
 */
export function spearmanBrown(single: number, repeats: number): number {
  const whole = 1 + (repeats - 1) * single;
  if (Number.isInteger(repeats) && repeats >= 1 && single <= 1 && whole > 0) {
    return (repeats * single) / whole;
  }
  throw new InputError({
    kind: "parameter",
    field: "correlation and repeats",
    found: `${single} and ${repeats}`,
    expected: "a whole number of repeats, and a correlation from -1 / (repeats - 1) to 1",
  });
}
