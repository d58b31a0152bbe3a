import { describe, expect, it } from "vitest";
import { mapPanels } from "../../lib/src/figures/map-panels";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { renderSvg } from "../../lib/src/figures/render";
import { roundLength } from "../../lib/src/figures/round-length";
import { fakeGrid } from "./fixtures";

describe("scale bar", () => {
  // A map 330 km wide on 264 px has 0.8 px to the kilometre; 35 km on 250 px has 7.14.
  it.each([
    [330_000, 264, 88, 100_000, 80, "100 km"],
    [330_000, 264, 79, 50_000, 40, "50 km"],
    [35_000, 250, 75, 10_000, 71.428571, "10 km"],
    [1_500, 300, 99, 200, 40, "200 m"],
    [5_000, 250, 50, 1_000, 50, "1 km"],
  ])("on %i m over %i px, within %i px, is %i m", (width, boxPx, atMost, metres, drawn, label) => {
    const length = roundLength({ west: 0, east: width }, { width: boxPx }, atMost);
    expect(length.metres).toBe(metres);
    expect(length.px).toBeCloseTo(drawn, 5);
    expect(length.label).toBe(label);
  });

  it("stands under a single map with an arrow to north, and under several only when asked", async () => {
    const grid = fakeGrid("p", 20_000);
    const panels = [1, 2].map(() => ({ grid }));
    const shared = { legend: "p" };
    const single = await renderSvg(rasterMap({ title: "m", grid, legend: "p" }));
    expect(single).toContain(">100 km<");
    expect(single).toContain(">N<");
    expect(await renderSvg(mapPanels({ title: "m", panels, shared }))).not.toContain(">N<");
    const asked = mapPanels({ title: "m", panels, shared, hasScaleBar: true });
    expect(await renderSvg(asked)).toContain(">N<");
    const without = rasterMap({ title: "m", grid, legend: "p", hasScaleBar: false });
    expect(await renderSvg(without)).not.toContain(">N<");
  });
});
