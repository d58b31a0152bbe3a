import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { elementGrid, requireOneGeometry } from "../../lib/src/evidence/element-grid";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import { type Grid, gridOverRegion } from "../../lib/src/grid/grid";
import { refusalOf } from "../support/refusal";
import { stackOf } from "../support/stacks";

describe("element grids lie on one another", () => {
  const grid = (
    west: number,
    north: number,
    { rows = 1, epsg = 32750, pixel = 100 } = {},
  ): Grid => {
    const edges = { west, east: west + 2 * pixel, south: north - rows * pixel, north };
    const geometry = gridOverRegion(edges, pixel, { epsg, name: "test" });
    return { name: "Au", geometry, values: new Float32Array(2 * rows) };
  };
  const files = ["Au.tif", "Cu.tif"];

  it("within a thousandth of a pixel, which is 0.1 m of 100 m", () => {
    for (const [west, north] of [
      [0.09, 100],
      [-0.09, 100],
      [0, 99.91],
    ]) {
      expect(() => requireOneGeometry([grid(0, 100), grid(west, north)], files)).not.toThrow();
    }
    for (const [west, north] of [
      [0.11, 100],
      [-0.11, 100],
      [0, 99.89],
    ]) {
      expect(() => requireOneGeometry([grid(0, 100), grid(west, north)], files)).toThrow(/Cu.tif/);
    }
  });

  it("in pixels of kilometres by 1 m", () => {
    const wide = { pixel: 1000 };
    const at = (west: number) => [grid(0, 1000, wide), grid(west, 1000, wide)];
    expect(() => requireOneGeometry(at(0.9), files)).not.toThrow();
    expect(() => requireOneGeometry(at(1.1), files)).toThrow(/Cu.tif/);
  });

  it("with as many pixels, in one CRS", () => {
    const more = grid(0, 100, { rows: 2 });
    expect(() => requireOneGeometry([grid(0, 100), more], files)).toThrow(/2 x 2 pixels/);
    const other = grid(0, 100, { epsg: 32751 });
    expect(() => requireOneGeometry([grid(0, 100), other], files)).toThrow(/EPSG:32751/);
  });
});

describe("an element grid", () => {
  const folder = mkdtempSync(join(tmpdir(), "one-geometry-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (band: readonly number[]) => {
    writeGeoTiff(join(folder, "Au.tif"), stackOf(2, 2, { band }));
    return elementGrid(folder, { element: "Au", file: "Au.tif", band: 1 }, {});
  };

  it("of which a single pixel is zero is refused: one of three known, a third", async () => {
    expect(await refusalOf(() => read([0, 2, Number.NaN, 4]))).toMatchObject({
      found: "1 pixels (33 %) of zero or less, such as 0",
    });
  });

  it("with two values that differ will do", async () => {
    const { values } = await read([3, 3, Number.NaN, 4]);
    expect([...values]).toEqual([3, 3, Number.NaN, 4]);
  });
});
