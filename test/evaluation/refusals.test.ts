import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../lib/src/evaluation/distributions";
import { proportionWithInterval } from "../../lib/src/evaluation/proportion";

describe("what has no answer is refused", () => {
  it.each([
    [0, 3],
    [1, 3],
    [Number.NaN, 3],
    [0.9, 0],
    [0.9, 1.5],
  ])("Student's quantile at %d with %d degrees", (share, degrees) => {
    const found = `found share ${share}, ${degrees} degrees of freedom; expected a share between 0`;
    expect(() => studentQuantile(share, degrees)).toThrow(found);
  });

  it.each([
    [0, 0],
    [3, 2],
    [-1, 2],
    [Number.NaN, 2],
  ])("a share of %d of %d", (successes, trials) => {
    expect(() => proportionWithInterval(successes, trials)).toThrow(/0 to all of at least one/);
  });

  it("and the edges of what has one are not", () => {
    // With one degree t is a Cauchy variable: half lie within 1, three quarters below it.
    expect(studentQuantile(0.75, 1)).toBeCloseTo(1, 10);
    expect(studentQuantile(0.5, 1)).toBeCloseTo(0, 10);
    expect(proportionWithInterval(0, 1).value).toBe(0);
    expect(proportionWithInterval(1, 1).value).toBe(1);
  });
});
