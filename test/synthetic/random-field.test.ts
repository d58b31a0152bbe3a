import { describe, expect, it } from "vitest";
import { randomStream } from "../../lib/src/random";
import { randomField } from "../../lib/src/synthetic/random-field";

const FIELDS = 3000;
const RANGE = 700;

/** Mean over many fields of the product of values some distance apart, in some direction. */
function covarianceAt(distance: number, covariance: "exponential" | "gaussian"): number {
  let sum = 0;
  for (let seed = 0; seed < FIELDS; seed++) {
    const field = randomField(randomStream(seed, covariance), RANGE, covariance);
    sum += field(4000, 9000) * field(4000 + 0.6 * distance, 9000 + 0.8 * distance);
  }
  return sum / FIELDS;
}

// The covariances that the field claims, in closed form. A product of two standard normal values
// has a standard deviation of at most sqrt(2): four standard errors of the mean are 0.1.
describe("random fields", () => {
  it.each([0, 350, 700, 1400, 5000])("have the exponential covariance at %i m", (distance) => {
    const expected = Math.exp(-distance / RANGE);
    expect(Math.abs(covarianceAt(distance, "exponential") - expected)).toBeLessThan(0.1);
  });

  it.each([0, 350, 700, 1400, 5000])("have the Gaussian covariance at %i m", (distance) => {
    const expected = Math.exp(-((distance / RANGE) ** 2) / 2);
    expect(Math.abs(covarianceAt(distance, "gaussian") - expected)).toBeLessThan(0.1);
  });
});
