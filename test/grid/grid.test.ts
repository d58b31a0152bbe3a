import { describe, expect, it } from "vitest";
import { gridOverRegion, pixelArea, pixelAt, pixelCentre, regionOf } from "../../lib/src/grid/grid";
import { refusalOf } from "../support/refusal";

/** Three columns of 10 m from 100 to 130 east, two rows from 220 down to 200 north. */
const grid = gridOverRegion({ west: 100, south: 200, east: 130, north: 220 }, 10, {
  ...{ epsg: 32648, name: "test" },
});

describe("the pixel that holds a point", () => {
  it.each([
    ["in the north-west pixel", 101, 219, { row: 0, column: 0 }],
    ["in the south-east pixel", 129, 201, { row: 1, column: 2 }],
    ["on the edge between two columns is the eastern", 110, 215, { row: 0, column: 1 }],
    ["on the edge between two rows is the southern", 105, 210, { row: 1, column: 0 }],
    ["on the grid's north-west corner is the first", 100, 220, { row: 0, column: 0 }],
    ["on the grid's south-east corner is the last", 130, 200, { row: 1, column: 2 }],
  ])("%s", (_, easting, northing, pixel) => {
    expect(pixelAt(grid, easting, northing)).toEqual(pixel);
  });

  it.each([
    ["west", 99.9, 210],
    ["east", 130.1, 210],
    ["north", 115, 220.1],
    ["south", 115, 199.9],
    ["nowhere", Number.NaN, 210],
  ])("beyond the %s edge is none", (_, easting, northing) => {
    expect(pixelAt(grid, easting, northing)).toBeNull();
  });

  it("has its centre half a pixel in from its edges, and its area", () => {
    expect(pixelCentre(grid, 1, 2)).toEqual({ easting: 125, northing: 205 });
    expect(pixelArea(grid)).toBe(100);
  });
});

describe("a grid over a region", () => {
  const crs = { epsg: 32648, name: "test" };

  it("reaches over the east and south edges where the extent is no whole number of pixels", () => {
    const region = { west: 100, south: 200, east: 131, north: 229 };
    expect(gridOverRegion(region, 10, crs)).toEqual({
      ...{ width: 4, height: 3, crs },
      transform: [100, 10, 0, 229, 0, -10],
    });
    expect(regionOf(gridOverRegion(region, 10, crs))).toEqual({
      ...{ west: 100, east: 140, south: 199, north: 229 },
    });
  });

  it.each([
    ["no width", { east: 100 }, 10],
    ["no height", { north: 200 }, 10],
    ["east west of west", { east: 90 }, 10],
    ["pixels of nothing", {}, 0],
    ["pixels of less", {}, -10],
  ])("of %s is refused", async (_, edges, pixelSize) => {
    const region = { west: 100, south: 200, east: 130, north: 220, ...edges };
    expect(await refusalOf(() => gridOverRegion(region, pixelSize, crs))).toMatchObject({
      field: "region and pixelSize",
    });
  });
});
