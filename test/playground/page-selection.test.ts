import { describe, expect, it } from "vitest";
import { nextPatch, patchAt, patchLookup } from "../../scripts/playground/page/patch-grid";
import {
  groundFrom,
  order,
  placeOf,
  rankShares,
  selectGround,
} from "../../scripts/playground/page/selection";
import { district, prepared } from "../support/three-layers";

const scores = Float64Array.of(0.9, 0.5, 0.5, 0.1, 0.5);
const [group] = prepared.groups;
const select = (share: number) => selectGround(scores, order(scores), share, group);

describe("ground selected by the highest scores", () => {
  it("counts patches and occurrences by hand: patches 0 and 4 hold one each", () => {
    expect(select(0.2)).toEqual({
      ...{ threshold: 0.9, patches: 1, ofPatches: 5, occurrences: 1, ofOccurrences: 2 },
    });
    expect(select(1)).toMatchObject({ threshold: 0.1, patches: 5, occurrences: 2 });
  });

  it("takes all that are tied with the last, so that chance orders nothing", () => {
    expect(select(0.4)).toMatchObject({ threshold: 0.5, patches: 4, occurrences: 2 });
  });

  it("is none at a share of 0", () => {
    expect(select(0)).toMatchObject({ threshold: Infinity, patches: 0, occurrences: 0 });
  });

  it("leaves out what has no score", () => {
    const gap = Float64Array.of(0.9, Number.NaN, 0.5, 0.1, Number.NaN);
    const found = selectGround(gap, order(gap), 2 / 3, group);
    expect(found).toMatchObject({ patches: 2, ofPatches: 3, occurrences: 1, ofOccurrences: 1 });
    expect(groundFrom(gap, 0.5)).toBeCloseTo(2 / 3, 12);
  });
});

it("a patch's place is the best of those it is tied with", () => {
  expect([0, 1, 2, 3, 4].map((patch) => placeOf(scores, patch))).toEqual([1, 2, 2, 5, 2]);
});

it("ranks are shares of the other patches that score lower, ties half", () => {
  expect([...rankShares(scores)]).toEqual([1, 0.5, 0.5, 0, 0.5]);
});

describe("patches under a pointer and under arrow keys", () => {
  const lookup = patchLookup(prepared);

  it("are found by row and column, and none where a patch was left out", () => {
    expect([...lookup]).toEqual([0, 1, 2, 3, -1, 4]);
    expect(patchAt(prepared, lookup, district, { across: 0.99, down: 0.01 })).toBe(2);
    expect(patchAt(prepared, lookup, district, { across: 0.5, down: 0.75 })).toBeNull();
  });

  it("are none in the margin that no patch covers", () => {
    const wider = { width: 40, height: 24 };
    expect(patchAt(prepared, lookup, wider, { across: 0.95, down: 0.1 })).toBeNull();
    expect(patchAt(prepared, lookup, wider, { across: 0.89, down: 0.1 })).toBe(2);
  });

  it("lead over gaps and stop at the edge", () => {
    expect(nextPatch(prepared, lookup, 3, [0, 1])).toBe(4);
    expect(nextPatch(prepared, lookup, 1, [1, 0])).toBe(1);
    expect(nextPatch(prepared, lookup, 0, [-1, 0])).toBe(0);
  });
});
