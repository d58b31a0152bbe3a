import { expect, it } from "vitest";
import { averageOver } from "../../lib/src/evidence/align-average";
import { gridOverRegion } from "../../lib/src/grid/grid";

const crs = { epsg: 32750, name: "test" };

/** One pixel of 1 by 1 with its south-west corner at a place. */
function pixelAt(west: number, south: number) {
  return gridOverRegion({ west, south, east: west + 1, north: south + 1 }, 1, crs);
}

/** Pixels of 1 by 1 with a value each, their south-west corner at the origin. */
function source(rows: readonly (readonly number[])[]) {
  const region = { west: 0, south: 0, east: rows[0].length, north: rows.length };
  const geometry = gridOverRegion(region, 1, crs);
  return { name: "a", geometry, values: Float32Array.from(rows.flat()) };
}

it("a pixel counts what it covers of each, nodata and what lies beyond left out", () => {
  // From 0.25 to 1.25 east and 0.5 to 1.5 north: shares 0.75 and 0.25 across, half and half down.
  const rows = [
    [1, 5],
    [9, Number.NaN],
  ];
  const weights = [0.375, 0.125, 0.375];
  const sum = weights[0] * 1 + weights[1] * 5 + weights[2] * 9;
  expect(averageOver(source(rows), pixelAt(0.25, 0.5))[0]).toBeCloseTo(sum / 0.875, 6);
  expect(averageOver(source(rows), pixelAt(-0.5, 1.5))[0]).toBe(1);
  expect(averageOver(source(rows), pixelAt(2, 0))[0]).toBeNaN();
});
