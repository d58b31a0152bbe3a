import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alignedTo, type Resampling } from "../../lib/src/evidence/align";
import { categoryIndicator, categoryWeights } from "../../lib/src/evidence/category-weights";
import type { AffineTransform, Grid, GridGeometry } from "../../lib/src/grid/grid";
import { projector } from "../../lib/src/grid/projection";
import { refusalOf } from "../support/refusal";

interface Recorded {
  readonly width: number;
  readonly height: number;
  readonly epsg: number;
  readonly transform: AffineTransform;
}

interface Warped {
  readonly source: Recorded;
  readonly values: readonly (number | null)[];
  readonly results: Record<
    string,
    {
      readonly target: Recorded;
      /** A finer target for bilinear. */
      readonly finer?: Recorded;
      readonly near: readonly (number | null)[];
      readonly bilinear?: readonly (number | null)[];
      readonly average: readonly (number | null)[];
    }
  >;
}

const warped: Warped = JSON.parse(
  readFileSync(join(__dirname, "../reference/evidence/warped.json"), "utf8"),
);

function geometryOf({ width, height, epsg, transform }: Recorded): GridGeometry {
  return { width, height, transform, crs: { epsg, name: `EPSG:${epsg}` } };
}

const source: Grid = {
  name: "band 1",
  geometry: geometryOf(warped.source),
  values: Float32Array.from(warped.values, (value) => value ?? Number.NaN),
};

/** Greatest difference from GDAL, after checking that nodata is where GDAL has it. */
function difference(target: Recorded, method: Resampling, expected: readonly (number | null)[]) {
  const found = alignedTo(source, geometryOf(target), method);
  expect([...found].map((value) => Number.isNaN(value))).toEqual(
    expected.map((value) => value === null),
  );
  return Math.max(
    ...expected.map((value, at) => (value === null ? 0 : Math.abs(found[at] - value))),
  );
}

describe("alignedTo", () => {
  it.each(["shifted", "finer", "coarser"])(
    "is gdalwarp's on a grid of the same CRS, %s",
    (name) => {
      const { target, near, bilinear, average } = warped.results[name];
      expect(difference(target, "nearest", near)).toBe(0);
      if (bilinear !== undefined)
        expect(difference(target, "bilinear", bilinear)).toBeLessThan(1e-4);
      expect(difference(target, "average", average)).toBeLessThan(1e-4);
    },
  );

  it.each(["zone47", "gaussKruger"])("is gdalwarp's on a grid of another CRS, %s", (name) => {
    const { target, finer, near, bilinear, average } = warped.results[name];
    expect(difference(target, "nearest", near)).toBe(0);
    expect(difference(finer as Recorded, "bilinear", bilinear ?? [])).toBeLessThan(1e-3);
    // GDAL's mean of 40 x 40 nearest values: off by the fringes of what it covers.
    expect(difference(target, "average", average)).toBeLessThan(0.2);
  });

  it("leaves values as they are on their own grid", () => {
    for (const method of ["nearest", "bilinear", "average"] as const) {
      expect(alignedTo(source, source.geometry, method)).toEqual(source.values);
    }
  });

  it("refuses a raster without EPSG code on a grid with one, and codes that nobody knows", async () => {
    const local = {
      ...source,
      geometry: { ...source.geometry, crs: { epsg: null, name: "mine" } },
    };
    expect(
      await refusalOf(() => alignedTo(local, source.geometry, "nearest", "a.tif")),
    ).toMatchObject({ file: "a.tif", field: "CRS", found: "no EPSG code (mine)" });
    const strange = { ...source.geometry, crs: { epsg: 999999, name: "none" } };
    expect(await refusalOf(() => alignedTo(source, strange, "nearest"))).toMatchObject({
      field: "EPSG:999999",
    });
  });
});

describe("projector", () => {
  it("is where the EPSG guidance note 7-2 puts its examples", () => {
    // OSGB 1936 / British National Grid: 50.5 N, 0.5 E is 577274.99 E, 69740.50 N on its own datum.
    const [east, north] = projector(4277, 27700)(0.5, 50.5);
    expect(Math.hypot(east - 577274.99, north - 69740.5)).toBeLessThan(0.02);
    // Amersfoort / RD New: 6 E, 53 N is 196105.283 E, 557057.739 N.
    const [rdEast, rdNorth] = projector(4289, 28992)(6, 53);
    expect(Math.hypot(rdEast - 196105.283, rdNorth - 557057.739)).toBeLessThan(0.02);
  });

  it("refuses a datum shift that needs a grid file", async () => {
    expect(await refusalOf(() => projector(4326, 27700))).toMatchObject({
      field: "EPSG:4326 to EPSG:27700",
      found: "a datum shift by the grid file OSTN15_NTv2_OSGBtoETRS.gsb",
    });
  });

  it("gives NaN for what a projection cannot hold", () => {
    expect(projector(4326, 32648)(Number.NaN, 0)).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("categoryWeights", () => {
  it("gives pixels the weight of their category, nodata kept", () => {
    const table = [
      { category: 1, weight: 0.2 },
      { category: 3, weight: 0.9 },
    ];
    expect([...categoryWeights([1, 3, Number.NaN, 7], table, 0)]).toEqual(
      [0.2, 0.9, Number.NaN, 0].map(Math.fround),
    );
    expect([...categoryIndicator([1, 3, Number.NaN, 7], 3, 7)]).toEqual([0, 1, Number.NaN, 1]);
  });

  it("refuses categories without weight, or with two", async () => {
    const table = [{ category: 1, weight: 0.2 }];
    expect(await refusalOf(() => categoryWeights([1, 2], table))).toMatchObject({
      field: "category 2",
      found: "no weight",
    });
    expect(await refusalOf(() => categoryWeights([1], [...table, ...table]))).toMatchObject({
      found: "twice",
    });
  });
});
