import { describe, expect, it } from "vitest";
import { growingGroups, occurrenceGroups } from "../../lib/src/patches/groups";
import { tilePatches } from "../../lib/src/patches/tile";
import { counting, stackOf } from "../support/stacks";

describe("a group that no patch holds", () => {
  // Two patches of 200 m, and a margin from 400 to 500 m east.
  const patches = tilePatches(stackOf(2, 5, { As: counting(10) }), { size: 2 });
  const at = (commodity: string, easting: number) => ({
    ...{ name: commodity, commodity, easting, northing: 50 },
  });
  const idsOf = (groups: readonly { readonly ids: readonly string[] }[]) =>
    groups.map(({ ids }) => ids);

  it("is left out: the main commodity's, in the margin", () => {
    const district = { occurrences: [at("Au", 450), at("Cu", 50)], mainCommodity: "Au" };
    expect(idsOf(growingGroups(district, patches, []))).toEqual([["all"]]);
    expect(idsOf(occurrenceGroups(district, patches))).toEqual([["all"], ["others"]]);
  });

  it("is left out: the others', in the margin", () => {
    const district = { occurrences: [at("Au", 50), at("Cu", 450)], mainCommodity: "Au" };
    expect(idsOf(occurrenceGroups(district, patches))).toEqual([["all"], ["main"]]);
  });

  it("is left out: one that the manifest names", () => {
    const named = (id: string, easting: number) => ({
      ...{ id, title: id, occurrences: [at("Au", easting)] },
    });
    const district = {
      ...{ occurrences: [at("Au", 50)], mainCommodity: "Au" },
      groups: [named("inside", 250), named("margin", 450)],
    };
    for (const groups of [
      occurrenceGroups(district, patches),
      growingGroups(district, patches, []),
    ]) {
      expect(idsOf(groups).slice(1)).toEqual([["inside"]]);
    }
  });
});
