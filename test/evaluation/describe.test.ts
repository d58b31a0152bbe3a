import { expect, it } from "vitest";
import { describeValues, quantileOfSorted } from "../../lib/src/evaluation/describe";
import { delineateTargets } from "../../lib/src/evaluation/targets";
import { stackOf } from "../support/stacks";

it("numbers are described as counted by hand, in any order, nodata apart", () => {
  // 2, 4, 4 and 10: mean 5, squares 9 + 1 + 1 + 25 = 36, by 3 is 12.
  const found = describeValues([4, Number.NaN, 10, 2, 4]);
  expect(found).toEqual({
    ...{ count: 4, nodata: 1, minimum: 2, median: 4, mean: 5, maximum: 10 },
    standardDeviation: Math.sqrt(12),
  });
  expect(describeValues([7])).toMatchObject({ minimum: 7, maximum: 7, standardDeviation: 0 });
  expect(() => describeValues([Number.NaN])).toThrow(/only nodata/);
});

it("a quantile lies between its neighbours by share", () => {
  expect([0, 0.25, 0.5, 1].map((share) => quantileOfSorted([1, 3, 9], share))).toEqual([
    1, 2, 3, 9,
  ]);
});

it("of targets with one mean the larger comes first, wherever it lies", () => {
  const rows = [1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1];
  const targets = delineateTargets(stackOf(1, 11, { p: rows }).bands[0], {
    ...{ threshold: 1, known: [], distance: 0 },
  });
  expect(targets.map(({ rank, cells }) => [rank, ...cells])).toEqual([
    [1, 5, 6, 7],
    [2, 2, 3],
    [3, 9, 10],
    [4, 0],
  ]);
});
