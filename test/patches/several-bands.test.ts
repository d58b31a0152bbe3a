import { describe, expect, it } from "vitest";
import { assemblePatches } from "../../lib/src/patches/assemble";
import { growingGroups } from "../../lib/src/patches/groups";
import { tilePatches } from "../../lib/src/patches/tile";
import { counting, stackOf } from "../support/stacks";

describe("patches of two bands", () => {
  const patches = tilePatches(stackOf(2, 4, { A: counting(8), B: counting(8, 100) }), { size: 2 });

  it("give both back", () => {
    const { bands } = assemblePatches(patches, patches.values);
    expect(bands.map(({ values }) => [...values])).toEqual([counting(8), counting(8, 100)]);
  });

  it("take neither more nor fewer values than 2 patches x 4 pixels x 2 bands", () => {
    for (const length of [4, 8, 15, 17]) {
      expect(() => assemblePatches(patches, new Float32Array(length))).toThrow(/16/);
    }
  });
});

it("patches of no size and no stride are refused", () => {
  const stack = stackOf(2, 4, { A: counting(8) });
  expect(() => tilePatches(stack, { size: 0 })).toThrow(/patch size: found 0; .*positive whole/);
  expect(() => tilePatches(stack, { size: 2, stride: 0 })).toThrow(/stride: found 0; .*positive/);
  expect(() => tilePatches(stack, { size: -1 })).toThrow(/patch size: found -1/);
});

it("the group of all has the study's title for its occurrences, smaller ones their commodities", () => {
  const patches = tilePatches(stackOf(2, 4, { A: counting(8) }), { size: 2 });
  const at = (commodity: string, easting: number) => ({
    ...{ name: commodity, commodity, easting, northing: 50 },
  });
  const occurrences = [at("Au", 50), at("Cu", 250)];
  const district = { occurrences, mainCommodity: "Au", occurrencesTitle: "lode" };
  expect(growingGroups(district, patches, []).map(({ title }) => title)).toEqual([
    "1 Au occurrence",
    "2 lode occurrences",
  ]);
});
