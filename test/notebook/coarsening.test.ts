import { describe, expect, it } from "vitest";
import { fitCoarsening } from "../../lib/src/notebook/coarsening";

/** A district of so many pixels of 50 m. */
const district = (width: number, height: number) => ({
  region: { west: 0, south: 0, east: width * 50, north: height * 50 },
  pixelSize: 50,
  crs: { epsg: 32648, name: "test" },
  area: null,
});
const smoke = { profile: "smoke", coarsening: 4, interpolationCoarsening: 8, epochs: 2 };

describe("coarsening of the smoke profile", () => {
  it("stays where a hundred patches of 12 pixels are left", () => {
    // 174 x 219 coarse pixels: 14 x 18 = 252 patches.
    expect(fitCoarsening(district(696, 876), smoke)).toEqual({ parameters: smoke, change: null });
  });

  it.each([
    // 240 / 2 = 120 pixels, 10 x 10 patches; at 3 there are 6 x 6.
    [240, 240, 2, 4],
    // 10 x 12 patches as it is; at 2 there are 5 x 6.
    [120, 144, 1, 2],
    // 12 x 7, fewer than a hundred even as it is.
    [150, 90, 1, 2],
  ])("of %i x %i pixels is %i, maps of one element %i", (width, height, pixels, maps) => {
    const { parameters, change } = fitCoarsening(district(width, height), smoke);
    expect(parameters).toEqual({ ...smoke, coarsening: pixels, interpolationCoarsening: maps });
    expect(change).toContain(`pixels ${pixels} instead of 4 times as wide`);
  });

  it("leaves a hundred patches in the study area, not in the region", () => {
    // The western half of 240 x 480 pixels, 120 x 480: 10 x 40 patches; at 2 there are 5 x 20.
    const western = Float64Array.of(0, 0, 6_000, 0, 6_000, 24_000, 0, 24_000, 0, 0);
    const area = { from: "polygons", polygons: [[western]], extent: 144e6 } as const;
    const { parameters } = fitCoarsening({ ...district(240, 480), area }, smoke);
    expect(parameters.coarsening).toBe(2);
  });

  it("of the paper profile, and of notebooks without pixels, is left alone", () => {
    const paper = { ...smoke, profile: "paper" };
    expect(fitCoarsening(district(60, 60), paper)).toEqual({ parameters: paper, change: null });
    const none = { profile: "smoke" };
    expect(fitCoarsening(district(60, 60), none)).toEqual({ parameters: none, change: null });
  });
});
