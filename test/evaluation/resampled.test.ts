import { describe, expect, it } from "vitest";
import { bcaShares, bootstrap, percentileShares } from "../../lib/src/evaluation/bootstrap";

describe("BCa shares", () => {
  const resampled = Float64Array.from([1, 2, 2, 3]);

  it("count resamples that equal the value half, so a value in the middle has no bias", () => {
    // Below 2 is one of four, at or below it three: half of (1 + 3) / 4 is 0.5, whose normal
    // quantile is 0. The statistic without each item lies alike on both sides: no acceleration.
    const [low, high] = bcaShares(2, resampled, [1, 2, 3], 0.9);
    expect(low).toBeCloseTo(0.05, 12);
    expect(high).toBeCloseTo(0.95, 12);
  });

  it("are the plain ones where leaving out changes nothing or all resamples lie on one side", () => {
    expect(bcaShares(2, resampled, [2, 2, 2], 0.9)).toEqual(percentileShares(0.9));
    expect(bcaShares(9, resampled, [1, 2, 4], 0.9)).toEqual(percentileShares(0.9));
    expect(bcaShares(0, resampled, [1, 2, 4], 0.9)).toEqual(percentileShares(0.9));
  });
});

it("the standard error is the resamples' standard deviation, that of a sample", () => {
  const mean = (values: readonly number[]) => (values[0] + values[1]) / 2;
  const { resampled, standardError } = bootstrap([0, 4], mean, { seed: 1, resamples: 5 });
  expect(new Set(resampled).size).toBeGreaterThan(1);
  // The mean of half the squared differences of all pairs is the variance by n - 1.
  let sum = 0;
  for (let one = 0; one < 5; one++) {
    for (let other = 0; other < one; other++) sum += (resampled[one] - resampled[other]) ** 2 / 2;
  }
  expect(standardError).toBeCloseTo(Math.sqrt(sum / 10), 12);
});
