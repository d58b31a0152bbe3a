import { expect, it } from "vitest";
import { averageOver } from "../../lib/src/evidence/align-average";
import { gridOverRegion } from "../../lib/src/grid/grid";

const crs = { epsg: 32750, name: "test" };
const pixel = gridOverRegion({ west: 0, south: 0, east: 1, north: 1 }, 1, crs);

/** Pixels of 1 by 1 with a value each, their south-west corner at the origin. */
function source(rows: readonly (readonly number[])[]) {
  const region = { west: 0, south: 0, east: rows[0].length, north: rows.length };
  const geometry = gridOverRegion(region, 1, crs);
  return { name: "a", geometry, values: Float32Array.from(rows.flat()) };
}

it("a pixel whose sides alone are slanted covers a parallelogram", () => {
  // At northing n it reaches from n / 2 to 1 + n / 2: three quarters lie in the first pixel.
  const found = averageOver(source([[4, 8]]), pixel, (east, north) => [east + north / 2, north]);
  expect(found[0]).toBeCloseTo(0.75 * 4 + 0.25 * 8, 6);
});

it("and so does one whose upper and lower edges alone are", () => {
  // The south pixel has three quarters, the north one a quarter.
  const found = averageOver(source([[8], [4]]), pixel, (east, north) => [east, north + east / 2]);
  expect(found[0]).toBeCloseTo(0.75 * 4 + 0.25 * 8, 6);
});

it("an upright pixel counts what it covers of each, nodata and what lies beyond left out", () => {
  // From 0.25 to 1.25 east and 0.5 to 1.5 north: shares 0.75 and 0.25 across, half and half down.
  const shifted = (east: number, north: number) => [east + 0.25, north + 0.5] as [number, number];
  const rows = [
    [1, 5],
    [9, Number.NaN],
  ];
  const weights = [0.375, 0.125, 0.375];
  const sum = weights[0] * 1 + weights[1] * 5 + weights[2] * 9;
  expect(averageOver(source(rows), pixel, shifted)[0]).toBeCloseTo(sum / 0.875, 6);
  const beyond = (east: number, north: number) => [east - 0.5, north + 1.5] as [number, number];
  expect(averageOver(source(rows), pixel, beyond)[0]).toBe(1);
  expect(averageOver(source(rows), pixel, (east, north) => [east + 2, north])[0]).toBeNaN();
});
