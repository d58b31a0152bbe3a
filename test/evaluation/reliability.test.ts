import { describe, expect, it } from "vitest";
import { pearson } from "../../lib/src/evaluation/correlation";
import { spearmanBrown } from "../../lib/src/evaluation/reliability";
import { randomStream } from "../../lib/src/random";
import { refusalOf } from "../support/refusal";

describe("the reliability of a mean (Spearman 1910; Brown 1910)", () => {
  // By hand: 2 x 0.6 / 1.6; 5 x 0.5 / 3; and the textbook case that a test of reliability 0.8, twice as
  // long, has one of 1.6 / 1.8.
  it.each([
    [0.6, 2, 0.75],
    [0.5, 5, 2.5 / 3],
    [0.8, 2, 1.6 / 1.8],
    [0.3, 1, 0.3],
    [1, 7, 1],
    [0, 4, 0],
  ])("of single correlation %f over %i is %f", (single, repeats, expected) => {
    expect(spearmanBrown(single, repeats)).toBeCloseTo(expected, 12);
  });

  // A truth of variance 1 and errors of variance 1.5: reliability 1 / 2.5 = 0.4, of means of four
  // 1 / (1 + 1.5 / 4). With 20,000 units a correlation has a standard error below 0.007.
  it("agrees with means of simulated measurements of known reliability", () => {
    const random = randomStream(1, "reliability");
    const units = Array.from({ length: 20_000 }, () => {
      const truth = random.normal();
      const measure = () => truth + Math.sqrt(1.5) * random.normal();
      const mean = () => (measure() + measure() + measure() + measure()) / 4;
      return { single: [measure(), measure()], means: [mean(), mean()] };
    });
    const column = (key: "single" | "means", at: number) => units.map((unit) => unit[key][at]);
    const single = pearson(column("single", 0), column("single", 1));
    const means = pearson(column("means", 0), column("means", 1));
    expect(Math.abs(single - 0.4)).toBeLessThan(0.03);
    expect(Math.abs(means - 1 / 1.375)).toBeLessThan(0.03);
    expect(Math.abs(spearmanBrown(single, 4) - means)).toBeLessThan(0.03);
  });

  it("is refused for half a repeat, and for a correlation that so many means cannot have", async () => {
    for (const [single, repeats] of [
      [0.5, 1.5],
      [-0.5, 4],
      [1.2, 2],
    ]) {
      expect((await refusalOf(() => spearmanBrown(single, repeats))).kind).toBe("parameter");
    }
  });
});
