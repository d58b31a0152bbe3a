import { describe, expect, it } from "vitest";
import { pearson } from "../../lib/src/evaluation/correlation";
import { mannWhitney } from "../../lib/src/evaluation/mann-whitney";
import { successRateBand } from "../../lib/src/evaluation/occurrence-bootstrap";
import { randomOccurrences } from "../../lib/src/evaluation/random-occurrences";
import { rankOverRepeats } from "../../lib/src/evaluation/repeats";
import { targetDrivers } from "../../lib/src/evaluation/target-drivers";
import { delineateTargets } from "../../lib/src/evaluation/targets";
import { stackOf } from "../support/stacks";

describe("the least that can be compared", () => {
  it("two pairs correlate wholly, one not at all", () => {
    expect(pearson([1, 2], [3, 7])).toBeCloseTo(1, 12);
    expect(pearson([1, 2], [7, 3])).toBeCloseTo(-1, 12);
    expect(() => pearson([1, Number.NaN], [3, 7])).toThrow(/1 positions with data in both/);
    expect(() => pearson([1, 2], [3, 7, 8])).toThrow(/2 and 3 values/);
  });

  it("one number beside two has Mann and Whitney's p of scipy", () => {
    // scipy.stats.mannwhitneyu([1], [2, 3], method="asymptotic"): u 0, p as below.
    const { u, pValue } = mannWhitney([1], [2, 3]);
    expect(u).toBe(0);
    expect(pValue).toBeCloseTo(0.5402913746074199, 12);
  });

  it("repeats with a number too few are refused, and single ones", () => {
    const labels = ["a", "b", "c"];
    const three = [1, 2, 3];
    expect(() => rankOverRepeats(labels, [three, [1, 2]])).toThrow(/repeats of 3, 2 numbers for 3/);
    expect(() => rankOverRepeats(labels, [three])).toThrow(/repeats of 3 numbers for 3/);
    expect(() => rankOverRepeats(["a"], [[1], [2]])).toThrow(/repeats of 1, 1 numbers for 1/);
    expect(rankOverRepeats(labels, [three, three]).concordance).toBeCloseTo(1, 12);
  });
});

it("a band that does not vary drives no target, one of spread 1 does", () => {
  // Deviations of 1.5 and three of -0.5: squares 2.25 + 0.75 = 3, by n - 1 = 3 a spread of 1.
  const { bands } = stackOf(2, 2, { p: [0, 0, 0, 1], flat: [3, 3, 3, 3], one: [0, 0, 0, 2] });
  const targets = delineateTargets(bands[0], { threshold: 1, known: [], distance: 0 });
  const [drivers] = targetDrivers(targets, [bands[1], bands[2]]);
  expect(drivers.map(({ band, standardised }) => [band, standardised])).toEqual([
    ["one", 1.5],
    ["flat", 0],
  ]);
});

it("a band of a success-rate curve is of 2,000 resamples unless told", () => {
  // Ten steps of seven patches: within a step an occurrence counts by share, so resamples differ.
  const scores = Array.from({ length: 70 }, (_, at) => Math.floor(at / 7));
  const holding = {
    assigned: [0, 9, 17, 30, 38, 44, 52, 60, 61, 66, 69].map((patch) => ({ patch })),
  };
  const told = { seed: 3, resamples: 2000, confidence: 0.95 };
  expect(successRateBand(scores, holding, { seed: 3 })).toEqual(
    successRateBand(scores, holding, told),
  );
  const another = successRateBand(scores, holding, { ...told, resamples: 2001 });
  expect(another).not.toEqual(successRateBand(scores, holding, told));
});

it("random occurrences lie evenly over the region, from edge to edge both ways", () => {
  const region = { west: 100, east: 400, south: 1000, north: 3000 };
  const one = { name: "a", commodity: "Au", easting: 0, northing: 0 };
  const drawn = randomOccurrences({ occurrences: new Array(1000).fill(one), region }, 2);
  // In each twentieth of a side there are 50 of 1,000, give or take five times their spread of 6.9.
  for (let part = 0; part < 20; part++) {
    const isIn = (value: number, from: number, to: number) =>
      value >= from + (part / 20) * (to - from) && value < from + ((part + 1) / 20) * (to - from);
    const across = drawn.filter(({ easting }) => isIn(easting, 100, 400)).length;
    const up = drawn.filter(({ northing }) => isIn(northing, 1000, 3000)).length;
    for (const count of [across, up]) expect(Math.abs(count - 50)).toBeLessThan(35);
  }
});
