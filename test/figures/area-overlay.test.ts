import { describe, expect, it } from "vitest";
import { areaOverlay } from "../../lib/src/figures/area-overlay";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { renderSvg } from "../../lib/src/figures/render";
import { occurrencesOverlay, studyOverlay } from "../../lib/src/figures/study-overlay";
import { ringArea } from "../../lib/src/grid/cell-outline";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { areaMask, type StudyArea } from "../../lib/src/grid/study-area";
import { loadStudy } from "../../lib/src/study/load";
import { rightStudy, writeStudy } from "../support/study-folder";

const geometry = gridOverRegion({ west: 0, east: 1000, south: 0, north: 1000 }, 10, {
  ...{ epsg: null, name: "test" },
});
const near: StudyArea = {
  ...{ from: "samples", spacings: 1.5, radius: 200, extent: 2 * Math.PI * 200 ** 2 },
  places: Float64Array.of(250, 500, 750, 500),
};

describe("the outline of the study area", () => {
  it("around samples runs along the pixels that have data", () => {
    const { outline = [] } = areaOverlay({ area: near, geometry });
    expect(outline.length).toBe(2);
    const drawn = outline.flat().reduce((sum, ring) => sum + ringArea(ring) / 2, 0);
    const known = areaMask(near, geometry).reduce((sum, inside) => sum + inside, 0);
    expect(drawn).toBeCloseTo(100 * known, 6);
    // Two circles of radius 200, by pixels of 10.
    expect(Math.abs(drawn / near.extent - 1)).toBeLessThan(0.01);
  });

  it("is nothing of a whole region, and stands in the overlays of all maps otherwise", async () => {
    expect(areaOverlay({ area: null, geometry })).toEqual({});
    const whole = await loadStudy(writeStudy(rightStudy()));
    expect(studyOverlay(whole)).not.toHaveProperty("outline");
    const study = { ...whole, area: near, geometry };
    expect(studyOverlay(study).outline).toBe(occurrencesOverlay(study).outline);
    const values = Float32Array.from({ length: 10_000 }, (_, pixel) => pixel);
    const grid = { name: "values", geometry, values };
    const words = await renderSvg(
      rasterMap({ title: "Map", grid, legend: "values", ...areaOverlay(study) }),
    );
    expect(words).toContain(">study area<");
  });
});
