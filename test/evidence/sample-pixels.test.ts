import { expect, it } from "vitest";
import { samplePixels } from "../../lib/src/evidence/sample-pixels";
import { counting, stackOf } from "../support/stacks";

const missing = Number.NaN;

it("takes every so many of the pixels with data in all bands, as rows of one number a band", () => {
  const a = [0, missing, 2, 3, 4, 5, 6, 7];
  const b = [10, 11, 12, missing, 14, 15, 16, 17];
  const stack = stackOf(2, 4, { a, b });
  // Complete are pixels 0, 2, 4, 5, 6 and 7: of six, two are every third.
  expect(samplePixels(stack, 2)).toEqual([
    [0, 10],
    [5, 15],
  ]);
  expect(samplePixels(stack, 4)).toHaveLength(6);
  expect(samplePixels(stack, 100)).toHaveLength(6);
});

it("of one band too, its first and last pixel among them", () => {
  expect(samplePixels(stackOf(1, 3, { a: counting(3) }), 3)).toEqual([[0], [1], [2]]);
});
