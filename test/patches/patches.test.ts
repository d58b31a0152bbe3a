import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assemblePatches, patchGrid } from "../../lib/src/patches/assemble";
import { leftOutSizesSentence, patchesBySize } from "../../lib/src/patches/by-size";
import { growingGroups, occurrenceGroups } from "../../lib/src/patches/groups";
import { assignOccurrences } from "../../lib/src/patches/occurrences";
import { patchTags } from "../../lib/src/patches/patch-tags";
import { dropBand, patchSubset, selectByError, takePatches } from "../../lib/src/patches/select";
import { tilePatches } from "../../lib/src/patches/tile";
import { counting, stackOf } from "../support/stacks";

const at = (name: string, easting: number, northing: number) => ({
  name,
  commodity: "Au",
  easting,
  northing,
});

describe("tiling", () => {
  it("cuts the paper's 696 x 876 pixels into its 4,234 patches of 12 x 12", () => {
    const stack = stackOf(876, 696, { A: new Array(876 * 696).fill(1) });
    const { places, layout } = tilePatches(stack, { size: 12 });
    expect(places.length).toBe(4234);
    expect([layout.rows, layout.columns]).toEqual([73, 58]);
  });

  it("puts pixels in the order row, column, band from the north-west", () => {
    const stack = stackOf(2, 4, { A: counting(8), B: counting(8, 100) });
    const { values, places } = tilePatches(stack, { size: 2 });
    expect([...values.slice(0, 8)]).toEqual([0, 100, 1, 101, 4, 104, 5, 105]);
    expect([...values.slice(8)]).toEqual([2, 102, 3, 103, 6, 106, 7, 107]);
    expect(places[1]).toEqual({ row: 0, column: 1, pixelRow: 0, pixelColumn: 2 });
  });

  it("drops the margin that holds no whole patch, or reflects the raster into it", () => {
    const stack = stackOf(2, 5, { A: counting(10) });
    expect(tilePatches(stack, { size: 2 }).places.length).toBe(2);
    const padded = tilePatches(stack, { size: 2, partial: "reflect" });
    expect([...padded.values.slice(8)]).toEqual([4, 4, 9, 9]);
  });

  it("leaves out patches with nodata in any band, and says how much", () => {
    const stack = stackOf(2, 4, { A: counting(8), B: [Number.NaN, ...counting(7)] });
    const { leftOut, places } = tilePatches(stack, { size: 2 });
    expect(places.length).toBe(1);
    expect(leftOut[0]).toMatchObject({ row: 0, column: 0, nodataShare: 0.25 });
  });

  it("fills allowed nodata with the band's mean, so that no NaN reaches a network", () => {
    const stack = stackOf(2, 2, { A: [Number.NaN, 1, 2, 6] });
    const { values } = tilePatches(stack, { size: 2, maximumNodataShare: 0.5 });
    expect([...values]).toEqual([3, 1, 2, 6]);
  });

  it("refuses a patch larger than the grid, and a grid of nodata", () => {
    const stack = stackOf(2, 4, { A: counting(8) });
    expect(() => tilePatches(stack, { size: 3 })).toThrow(/3 pixels; expected at most .* 2 rows/);
    expect(() => tilePatches(stack, { size: 1.5 })).toThrow(/positive whole number/);
    const empty = stackOf(2, 2, { A: new Array(4).fill(Number.NaN) });
    expect(() => tilePatches(empty, { size: 2 })).toThrow(/at least one patch with data/);
  });
});

describe("assembling", () => {
  it("gives back the raster, for any size, also from overlapping patches", () => {
    const shapes = fc.record({
      size: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 5 }),
      rows: fc.integer({ min: 1, max: 4 }),
      columns: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(shapes, ({ size, stride, rows, columns }) => {
        const step = Math.min(stride, size);
        const height = (rows - 1) * step + size;
        const width = (columns - 1) * step + size;
        const stack = stackOf(height, width, { A: counting(height * width) });
        const patches = tilePatches(stack, { size, stride: step });
        const back = assemblePatches(patches, patches.values);
        expect([...back.bands[0].values]).toEqual(counting(height * width));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("makes a grid with a pixel a patch, centred on it", () => {
    const stack = stackOf(6, 6, { A: counting(36) });
    const byPatch = patchGrid(tilePatches(stack, { size: 3 }), "error", [1, 2, 3, 4]);
    const { geometry, values } = byPatch;
    expect(geometry.transform).toEqual([0, 300, 0, 600, 0, -300]);
    expect([...values]).toEqual([1, 2, 3, 4]);
    const sliding = patchGrid(tilePatches(stack, { size: 4, stride: 2 }), "e", [1, 2, 3, 4]);
    // Windows of 4 centred on 200 and 400 m: cells of 200 m from 100 to 500 m.
    expect(sliding.geometry.transform).toEqual([100, 200, 0, 500, 0, -200]);
    expect([byPatch.cell, sliding.cell]).toEqual(["patch", "window"]);
  });
});

describe("selection by reconstruction error", () => {
  it.each([
    [0.1, 0.1, 423, 423],
    [0.15, 0.15, 635, 635],
    [0.1, 0.3, 423, 1270],
    [0.5, 0.5, 2117, 2117],
  ])("takes the published counts at %d and %d", (high, low, prospective, background) => {
    const selection = selectByError(Float64Array.from(counting(4234)), { high, low });
    expect(selection.prospective.length).toBe(prospective);
    expect(selection.background.length).toBe(background);
  });

  it("takes the worst reconstructed as prospective and the best as background", () => {
    const { prospective, background } = selectByError([5, 1, 9, 3], { high: 0.25, low: 0.5 });
    expect([...prospective]).toEqual([2]);
    expect([...background]).toEqual([3, 1]);
  });

  it("refuses proportions that overlap or hold no patch", () => {
    expect(() => selectByError([1, 2, 3], { high: 0.7, low: 0.4 })).toThrow(/0.7 and 0.4/);
    expect(() => selectByError([1, 2, 3], { high: 0.1, low: 0.4 })).toThrow(
      /of 3 patches, less than one patch; expected at least 10 patches.*smaller patchSize/,
    );
  });

  it("takes patches and leaves out bands", () => {
    expect([...takePatches(Float32Array.from(counting(6)), [2, 0], 2)]).toEqual([4, 5, 0, 1]);
    const left = dropBand({ bands: ["A", "B", "C"], values: Float32Array.from(counting(6)) }, "B");
    expect(left.bands).toEqual(["A", "C"]);
    expect([...left.values]).toEqual([0, 2, 3, 5]);
    expect(() => dropBand({ bands: ["A"], values: new Float32Array(1) }, "A")).toThrow(/one of/);
  });
});

describe("occurrences in patches", () => {
  const stack = stackOf(4, 5, { A: [...counting(18), Number.NaN, 0] });
  const patches = tilePatches(stack, { size: 2 });

  it("names every occurrence that no patch holds, with the reason", () => {
    const { assigned, unassigned, labels } = assignOccurrences(patches, [
      at("north-west", 10, 390),
      at("also north-west", 150, 250),
      at("margin", 450, 390),
      at("outside", 900, 390),
      at("on nodata", 350, 50),
    ]);
    expect(assigned.map(({ patch }) => patch)).toEqual([0, 0]);
    expect([...labels]).toEqual([1, 0, 0]);
    expect(unassigned.map(({ occurrence, reason }) => [occurrence.name, reason])).toEqual([
      ["margin", "in the margin that no patch covers"],
      ["outside", "outside the grid"],
      ["on nodata", "on nodata"],
    ]);
  });
});

describe("metadata of a patch-level map", () => {
  it("says how the raster was cut, so that the patches can be laid out again", () => {
    const stack = stackOf(5, 7, { A: counting(35) });
    const { layout } = tilePatches(stack, { size: 3, stride: 2 });
    const [west, pixel, , north] = stack.geometry.transform;
    expect(patchTags(layout)).toEqual({
      PATCH_SIZE: "3",
      PATCH_STRIDE: "2",
      PATCH_GRID: "2 rows, 3 columns",
      PATCH_RASTER: "5 rows, 7 columns",
      PATCH_RASTER_PIXEL: `${pixel} ${pixel}`,
      PATCH_ORIGIN: `${west} ${north}`,
    });
  });
});

describe("groups that grow from the main commodity", () => {
  const patches = tilePatches(stackOf(2, 8, { As: counting(16) }), { size: 2 });
  const at = (commodity: string, easting: number) => ({
    name: `${commodity} ${easting}`,
    commodity,
    easting,
    northing: 50,
  });
  const known = [at("Cu", 50), at("Au", 250), at("Au", 350), at("Sb", 450), at("Fe", 650)];

  it("hold main, main and companion, and all occurrences, in that order", () => {
    const district = { occurrences: known, mainCommodity: "Au" };
    const groups = growingGroups(district, patches, ["Sb", "W"]);
    expect(groups.map(({ ids, title }) => [ids, title])).toEqual([
      [["main"], "2 Au occurrences"],
      [["companions"], "3 Au + Sb occurrences"],
      [["all"], "5 Au + Sb + Cu + Fe occurrences"],
    ]);
    expect(groups.map(({ assignment }) => [...assignment.labels])).toEqual([
      [0, 1, 0, 0],
      [0, 1, 1, 0],
      [1, 1, 1, 1],
    ]);
  });

  it("are one under every name where there is one commodity", () => {
    const occurrences = known.filter(({ commodity }) => commodity === "Au");
    const groups = growingGroups({ occurrences, mainCommodity: "Au" }, patches, ["Sb"]);
    expect(groups.map(({ ids, title }) => [ids, title])).toEqual([
      [["main", "companions", "all"], "2 Au occurrences"],
    ]);
  });
});

describe("groups of occurrences", () => {
  const patches = tilePatches(stackOf(2, 5, { As: counting(10) }), { size: 2 });
  const at = (commodity: string, easting: number) => ({
    ...{ name: commodity, commodity, easting, northing: 50 },
  });

  it("count in their titles those that patches hold, which are those that are scored", () => {
    // The third is in the margin of one column that no patch covers.
    const occurrences = [at("Au", 50), at("Au", 250), at("Au", 450), at("Cu", 60)];
    const district = { occurrences, mainCommodity: "Au" };
    expect(occurrenceGroups(district, patches).map(({ title }) => title)).toEqual([
      "3 known occurrences",
      "2 Au occurrences",
      "1 other occurrence",
    ]);
    expect(growingGroups(district, patches, []).map(({ title }) => title)).toEqual([
      "2 Au occurrences",
      "3 Au + Cu occurrences",
    ]);
  });

  it("are refused where no patch holds any", () => {
    const district = { occurrences: [at("Au", 450)], mainCommodity: "Au" };
    for (const groups of [occurrenceGroups, growingGroups]) {
      expect(() => groups(district, patches, [])).toThrow(/none of 1 in the 2 patches with data/);
    }
  });
});

describe("patches by size", () => {
  // Data in the first 3 rows and columns of 4 by 5.
  const values = counting(20).map((value) => (value % 5 < 3 && value < 15 ? value : Number.NaN));

  it("leave out sizes that the grid or its data are too narrow for, and say which", () => {
    const cut = patchesBySize(stackOf(4, 5, { As: values }), [5, 4, 3, 2]);
    expect(cut.fitting.map(({ layout, places }) => [layout.size, places.length])).toEqual([
      [3, 1],
      [2, 1],
    ]);
    expect(leftOutSizesSentence(cut)).toBe(
      "Patch sizes left out: 5 px (wider than the district), 4 px (nodata in every patch).",
    );
    expect(leftOutSizesSentence({ leftOut: [] })).toBeNull();
  });

  it("must have the last size", () => {
    const stack = stackOf(4, 5, { As: values });
    expect(() => patchesBySize(stack, [2, 6])).toThrow(/6 pixels.*Take smaller patches/);
  });
});

it("a subset of patches has their values and places in the order asked for", () => {
  const patches = tilePatches(stackOf(2, 6, { As: counting(12) }), { size: 2 });
  const { values, places, layout } = patchSubset(patches, [2, 0]);
  expect([...values]).toEqual([4, 5, 10, 11, 0, 1, 6, 7]);
  expect(places.map(({ column }) => column)).toEqual([2, 0]);
  expect(layout).toEqual(patches.layout);
});
