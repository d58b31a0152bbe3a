import { describe, expect, it } from "vitest";
import { jackknifeError } from "../../lib/src/evaluation/jackknife";
import { rankShares } from "../../lib/src/evaluation/ranks";
import {
  agreementMap,
  replicaVariance,
  summariseReplicas,
} from "../../lib/src/evaluation/replica-maps";
import {
  varianceBetween,
  varianceByValue,
  varianceOfShared,
  varianceOfUnshared,
} from "../../lib/src/evaluation/variance-parts";
import { randomStream } from "../../lib/src/random";

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("replicas of a map", () => {
  it("have mean, spread and agreement by cell, by hand", () => {
    const maps = [
      [0, 0.5],
      [0.5, 0.6],
      [1, 0.7],
    ];
    const { mean, spread } = summariseReplicas(maps);
    expect([...mean]).toEqual([0.5, expect.closeTo(0.6, 12)]);
    // (0.25 + 0 + 0.25) / 2, and (0.01 + 0 + 0.01) / 2.
    expect([...spread]).toEqual([0.5, expect.closeTo(0.1, 12)]);
    expect([...agreementMap(maps, 0.6)]).toEqual([1 / 3, 2 / 3]);
    expect(() => replicaVariance([[1, 2]])).toThrow(/replicas of a map: found 2 cells/);
    expect(() => replicaVariance([[1, 2], [1]])).toThrow(/found 2, 1 cells; expected at least two/);
  });

  it("are put on one yardstick, the share of the ground ranked below, ties half", () => {
    expect([...rankShares([7, -1, 3, 3])]).toEqual([0.875, 0.125, 0.5, 0.5]);
  });
});

describe("variance by the value of a source", () => {
  it("is the one counted by hand, of as many replicas a value as there are", () => {
    // Values A: 1, 3 and B: 6. Means 2 and 6 about 4: 4. Within: 2, of one degree of freedom; times
    // (2 - 1) / 4 (1/2 + 1) = 3/8.
    expect([...varianceByValue([[1], [6], [3]], [0, 1, 0])]).toEqual([4 - (2 * 3) / 8]);
  });

  it("is below 0 where replicas part more than values do", () => {
    // Means 1 and 1; within 2 + 2 of two degrees of freedom, times 1/4 (1/2 + 1/2).
    expect(varianceByValue([[0], [2], [0], [2]], [0, 0, 1, 1])[0]).toBe(-0.5);
  });

  it("is unknown of one value, or of values without a repeat", () => {
    expect(varianceByValue([[1], [2]], [0, 0])[0]).toBeNaN();
    expect(varianceByValue([[1], [2]], [0, 1])[0]).toBeNaN();
    expect(() => varianceByValue([[1], [2]], [0])).toThrow(/found 2 with 1 values/);
  });
});

describe("variance of what pairs share, and of what they do not", () => {
  it("are covariance and half the mean squared difference, by hand", () => {
    const [first, second] = [
      [[1], [2], [6]],
      [[2], [1], [9]],
    ];
    // Means 3 and 4: (-2)(-2) + (-1)(-3) + 3 x 5 = 22, by 2; differences 1, 1 and 3.
    expect([...varianceOfShared(first, second)]).toEqual([11]);
    expect(varianceOfUnshared(first, second)[0]).toBeCloseTo(11 / 6, 12);
    expect(() => varianceOfShared(first, [[1]])).toThrow(/found 3 and 1; expected as many of each/);
  });

  it("of two lots is half the mean squared difference over all pairs, by hand", () => {
    // 0 and 2 against 1, 5 and 3: squares 1, 25, 9 and 1, 9, 1 are 46, by six pairs and by two.
    expect(varianceBetween([[0], [2]], [[1], [5], [3]])[0]).toBeCloseTo(46 / 12, 12);
    expect(() => varianceBetween([], [[1]])).toThrow(
      /found 0 and 1; expected at least one of each/,
    );
  });
});

it("the jackknife's error of a mean is that of the mean", () => {
  // Of 1, 2, 3 and 6: means without each 11/3, 10/3, 9/3 and 6/3; variance 14 / 3, by four 7 / 6.
  const leftOut = [11 / 3, 10 / 3, 9 / 3, 6 / 3];
  expect(jackknifeError(leftOut)).toBeCloseTo(Math.sqrt(14 / 3 / 4), 12);
  expect(jackknifeError([1])).toBeNaN();
});

describe("the parts of an additive function of known variances", () => {
  // y = ground + value + chance: variances 1, 14/9 (of 0, 1 and 3, equally likely) and 0.49. Each cell is
  // a repetition of its own, so that means over cells show a bias if there is one.
  const cells = 20_000;
  const random = randomStream(3, "additive");
  const effect = (deviation: number) =>
    Float64Array.from({ length: cells }, () => deviation * random.normal());
  const disturbed = (ground: Float64Array, value = 0) =>
    effect(0.7).map((chance, cell) => chance + ground[cell] + value);
  const grounds = Array.from({ length: 6 }, () => effect(1));

  it("of few values are those of the values, however often each was drawn", () => {
    const found = Array.from({ length: 20 }, () => {
      const drawn = [0, 1, 2, ...Array.from({ length: 9 }, () => random.below(3))];
      const maps = drawn.map((value) => disturbed(effect(1), [0, 1, 3][value]));
      return meanOf(varianceByValue(maps, drawn));
    });
    for (const each of found) expect(Math.abs(each - 14 / 9)).toBeLessThan(0.06);
  });

  it("of ground are what pairs share, and with chance make up the whole", () => {
    const one = grounds.map((ground) => disturbed(ground));
    const other = grounds.map((ground) => disturbed(ground));
    const shared = meanOf(varianceOfShared(one, other));
    const chance = meanOf(varianceOfUnshared(one, other));
    expect(Math.abs(shared - 1)).toBeLessThan(0.03);
    expect(Math.abs(chance - 0.49)).toBeLessThan(0.01);
    const apart = grounds.map(() => disturbed(effect(1)));
    const whole = meanOf(varianceBetween(one, apart));
    expect(Math.abs(whole - shared - chance)).toBeLessThan(0.03);
  });

  it("are nothing for a source that does nothing", () => {
    const one = grounds.map((ground) => disturbed(ground));
    const apart = grounds.map(() => disturbed(effect(1)));
    expect(Math.abs(meanOf(varianceByValue(one, [0, 0, 0, 1, 1, 1])))).toBeLessThan(0.03);
    expect(Math.abs(meanOf(varianceOfShared(one, apart)))).toBeLessThan(0.03);
  });
});
