import { describe, expect, it } from "vitest";
import { blockMean } from "../../lib/src/evaluation/block-mean";
import { likestKnown, typicalDistance } from "../../lib/src/evaluation/signature-match";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { croppedGrid } from "../../lib/src/grid/window";
import { bandMeans, bandMedians, flatPatch } from "../../lib/src/patches/flat-patch";

describe("the mean over blocks", () => {
  const places = [0, 1, 2, 3].map((column) => ({ row: 0, column }));

  it("draws two blocks of two cells: means 1.5, 4 and 6.5 with chances 1/4, 1/2, 1/4", () => {
    const found = blockMean([1, 2, 3, 10], places, {
      seed: 1,
      blockSize: 2,
      interval: "percentile",
    });
    expect(found.value).toBe(4);
    expect([...new Set(found.resampled)]).toEqual([1.5, 4, 6.5]);
    // Half the draws are off by 2.5, so the standard deviation is the root of 3.125.
    expect(found.standardError).toBeCloseTo(Math.sqrt(3.125), 1);
    expect(found.interval).toEqual([1.5, 6.5]);
  });

  it("leaves out what is not known, and knows no interval of one block", () => {
    expect(blockMean([1, Number.NaN, 3, 8], places, { seed: 1, blockSize: 2 }).value).toBe(4);
    const one = blockMean([1, 2, 3, 10], places, { seed: 1, blockSize: 9 });
    expect(one.value).toBe(4);
    expect(one.interval).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe("likeness of signatures", () => {
  // Five places on a line, in one band each: 0, 1, 4, 10, and 20 that is no known one.
  const rows = [0, 1, 4, 10, 20];
  const known = [0, 1, 2, 3];

  it("nearest others are 1, 1, 3 and 6 away: median 2, and 5.55 for 95 of 100", () => {
    const found = typicalDistance(rows, 1, known);
    expect(found).toMatchObject({ median: 2, places: 4 });
    expect(found?.high).toBeCloseTo(5.55, 12);
  });

  it("neighbours may be left out, and fewer than three make nothing typical", () => {
    const areApart = (one: number, other: number) => Math.abs(one - other) > 1;
    // 0 to 4, 1 to 10, 4 to 0, 10 to 1: 4, 9, 4, 9.
    expect(typicalDistance(rows, 1, known, areApart)?.median).toBe(6.5);
    expect(typicalDistance(rows, 1, [0, 1])).toBeNull();
    expect(typicalDistance(rows, 1, known, () => false)).toBeNull();
  });

  it("an area is likest the known place with the least median distance", () => {
    // From 4 (9, 4, 3) the third is 3 away in the median, from 10 it is 6.
    const all = [...rows, 9, 4, 3];
    const area = [7];
    expect(likestKnown(all, 1, area, known)).toEqual({ known: 2, distance: 1 });
    expect(likestKnown([0, 10, 2, 3, 9], 1, [2, 3, 4], [0, 1])).toEqual({ known: 0, distance: 3 });
    expect(likestKnown(rows, 1, [4], [])).toBeNull();
  });

  it("is measured over all bands: 3 and 4 make 5", () => {
    expect(likestKnown([0, 0, 3, 4], 2, [1], [0])?.distance).toBe(5);
  });
});

it("baselines are medians and means by band, and a flat patch repeats them", () => {
  const values = Float32Array.of(1, 10, 2, 20, 9, 30, 4, 40);
  const places = [0, 1].map((column) => ({ row: 0, column, pixelRow: 0, pixelColumn: column }));
  const patches = { values, bands: ["a", "b"], places };
  expect([...bandMedians(patches)]).toEqual([3, 25]);
  expect([...bandMeans(patches, Uint32Array.of(1))]).toEqual([6.5, 35]);
  expect([...flatPatch([1, 2], 2)]).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
});

it("a cropped grid keeps values and place", () => {
  const geometry = gridOverRegion({ west: 100, east: 140, south: 0, north: 30 }, 10, {
    epsg: null,
    name: "local",
  });
  const grid = { name: "n", geometry, values: Float32Array.from({ length: 12 }, (_, at) => at) };
  const cut = croppedGrid(grid, { row: 1, column: 2, width: 2, height: 2 });
  expect([...cut.values]).toEqual([6, 7, 10, 11]);
  expect(cut.geometry.transform).toEqual([120, 10, 0, 20, 0, -10]);
});
