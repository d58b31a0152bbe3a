import { describe, expect, it } from "vitest";
import { requireAligned, requireUsable } from "../../lib/src/evidence/stack";
import type { AffineTransform, GridGeometry } from "../../lib/src/grid/grid";
import { stackOf } from "../support/stacks";

const STUDY: GridGeometry = {
  ...{ width: 10, height: 20, crs: { epsg: 32750, name: "test" } },
  transform: [5000, 100, 0, 9000, 0, -100],
};

function alignment(changed: Readonly<Record<number, number>>) {
  const moved = STUDY.transform.map((value, at) => value + (changed[at] ?? 0));
  const transform = moved as unknown as AffineTransform;
  return () => requireAligned({ ...STUDY, transform }, STUDY, "a.tif");
}

describe("a raster lies on the study's grid", () => {
  // A thousandth of a pixel of 100 m is 0.1 m: of a corner; of 10 widths or 20 heights together.
  it.each([
    ["west edge", 0, 0.1],
    ["pixel width", 1, 0.01],
    ["turn of rows", 2, 0.1],
    ["north edge", 3, 0.1],
    ["turn of columns", 4, 0.1],
    ["pixel height", 5, 0.005],
  ])("to a thousandth of a pixel at the far corner: %s", (_, at, tolerance) => {
    for (const sign of [1, -1]) {
      expect(alignment({ [at]: sign * 0.9 * tolerance })).not.toThrow();
      expect(alignment({ [at]: sign * 1.1 * tolerance })).toThrow(/a.tif, transform/);
    }
  });

  it("with its CRS and size", () => {
    const other = { ...STUDY, crs: { epsg: 32751, name: "other" } };
    expect(() => requireAligned(other, STUDY, "a.tif")).toThrow(/CRS: found EPSG:32751/);
    for (const change of [{ width: 11 }, { height: 19 }]) {
      expect(() => requireAligned({ ...STUDY, ...change }, STUDY, "a.tif")).toThrow(/a.tif, size/);
    }
  });
});

it.each([
  ["nodata in every pixel", [Number.NaN, Number.NaN]],
  ["Infinity", [1, Number.POSITIVE_INFINITY]],
  ["-Infinity", [Number.NEGATIVE_INFINITY, 1]],
  ["3 in every pixel", [3, Number.NaN]],
])("a band with %s cannot serve", (found, values) => {
  const [band] = stackOf(1, 2, { As: values }).bands;
  expect(() => requireUsable(band)).toThrow(`found ${found};`);
});

it("a band with two values can, nodata beside", () => {
  const [band] = stackOf(1, 3, { As: [3, Number.NaN, 2] }).bands;
  expect(() => requireUsable(band)).not.toThrow();
});
