import { expect, it } from "vitest";
import { clippedShares, scaleByRanges } from "../../lib/src/evidence/scale";
import { stackOf } from "../support/stacks";

const ranges = [
  { band: "a", low: 2, high: 4 },
  { band: "none", low: 0, high: 1 },
];
const none = new Array(5).fill(Number.NaN);

it("shares clipped are of pixels with data: on the range's ends none, of a band without data 0", () => {
  // Of four with data one lies below 2 and one above 4.
  const stack = stackOf(1, 5, { a: [1, 2, 4, 9, Number.NaN], none });
  expect(clippedShares(stack, ranges)).toEqual([
    { band: "a", below: 0.25, above: 0.25 },
    { band: "none", below: 0, above: 0 },
  ]);
});

it("by ranges values run from 0 to 1, beyond them to the ends, nodata kept", () => {
  const stack = stackOf(1, 5, { a: [1, 2, 3.5, 9, Number.NaN], none });
  const { bands } = scaleByRanges(stack, ranges);
  expect([...bands[0].values]).toEqual([0, 0, 0.75, 1, Number.NaN]);
  expect([...bands[1].values]).toEqual(none);
});
