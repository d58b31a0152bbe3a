import { describe, expect, it } from "vitest";
import { assignOccurrences } from "../../lib/src/patches/occurrences";
import { type TileOptions, tilePatches } from "../../lib/src/patches/tile";
import { counting, stackOf } from "../support/stacks";

const MARGIN = "in the margin that no patch covers";

/** Where each point of a raster of 100 m pixels goes: the number of its patch, or why to none. */
function placesIn(
  [height, width]: readonly [number, number],
  options: TileOptions,
  points: readonly (readonly [easting: number, northing: number])[],
) {
  const patches = tilePatches(stackOf(height, width, { A: counting(height * width) }), options);
  return points.map(([easting, northing]) => {
    const occurrence = { name: "x", commodity: "Au", easting, northing };
    const { assigned, unassigned } = assignOccurrences(patches, [occurrence]);
    return assigned[0]?.patch ?? unassigned[0].reason;
  });
}

describe("the strip beyond the last whole window", () => {
  // Windows of 2 in 5 rows and 7 columns: 2 rows of 3. Row 4 (0 to 100 m north) and column 6 (600
  // to 700 m east) have none.
  it("south and east of it holds no patch, which is not nodata and no neighbour's", () => {
    const points = [
      [350, 50],
      [650, 350],
      [650, 150],
      [650, 50],
    ] as const;
    expect(placesIn([5, 7], { size: 2 }, points)).toEqual([MARGIN, MARGIN, MARGIN, MARGIN]);
  });

  it("begins at the edge of the last window", () => {
    const points = [
      [599, 101],
      [600, 101],
      [599, 99],
    ] as const;
    expect(placesIn([5, 7], { size: 2 }, points)).toEqual([5, MARGIN, MARGIN]);
  });

  // Windows of 4, 2 apart, in 9 rows and 11 columns begin at rows 0, 2, 4 and columns 0, 2, 4, 6.
  // Their centre cells of 2 cover rows 1 to 6 and columns 1 to 8: from 200 to 800 m north and from
  // 100 to 900 m east.
  it("of overlapping windows is what no centre cell covers, on all four sides", () => {
    const inside = [
      [101, 799],
      [899, 799],
      [101, 201],
      [899, 201],
    ] as const;
    expect(placesIn([9, 11], { size: 4, stride: 2 }, inside)).toEqual([0, 3, 8, 11]);
    const outside = [
      [500, 199],
      [500, 801],
      [99, 500],
      [901, 500],
      [901, 199],
      [99, 801],
    ] as const;
    expect(new Set(placesIn([9, 11], { size: 4, stride: 2 }, outside))).toEqual(new Set([MARGIN]));
  });
});
