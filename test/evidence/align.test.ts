import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alignedTo, type Resampling } from "../../lib/src/evidence/align";
import { categoryIndicator, categoryWeights } from "../../lib/src/evidence/category-weights";
import type { AffineTransform, Grid, GridGeometry } from "../../lib/src/grid/grid";
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

  it("leaves values as they are on their own grid", () => {
    for (const method of ["nearest", "bilinear", "average"] as const) {
      expect(alignedTo(source, source.geometry, method)).toEqual(source.values);
    }
  });

  it("refuses a raster in another system, or without a code on a grid with one", async () => {
    const local = {
      ...source,
      geometry: { ...source.geometry, crs: { epsg: null, name: "mine" } },
    };
    expect(
      await refusalOf(() => alignedTo(local, source.geometry, "nearest", "a.tif")),
    ).toMatchObject({ file: "a.tif", field: "CRS", found: "no EPSG code (mine)" });
    const other = { ...source.geometry, crs: { epsg: 32647, name: "zone 47" } };
    expect(await refusalOf(() => alignedTo(source, other, "nearest"))).toMatchObject({
      ...{ field: "CRS", found: "EPSG:32648 (EPSG:32648)", expected: "EPSG:32647 (zone 47)" },
      remedy: expect.stringContaining("npm run new-study"),
    });
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
