import { expect, it } from "vitest";
import { delineateTargets } from "../../lib/src/evaluation/targets";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { renderSvg } from "../../lib/src/figures/render";
import { targetOverlay } from "../../lib/src/figures/target-overlay";
import { gridOverRegion } from "../../lib/src/grid/grid";

it("a target has its outline, and its rank on one of its own cells though it is bent", async () => {
  const region = { west: 0, south: 0, east: 4000, north: 3000 };
  const geometry = gridOverRegion(region, 1000, { epsg: 32750, name: "test" });
  // A ring that its centre does not lie in, and one cell far lower.
  const values = Float32Array.from([9, 9, 9, 0, 9, 0, 9, 0, 9, 9, 9, 0]);
  const grid = { name: "score", geometry, values };
  const targets = delineateTargets(grid, { threshold: 5, known: [], distance: 0 });
  const { features = [], labels = [] } = targetOverlay(geometry, targets);
  expect(features[0].polygons.map((rings) => rings.length)).toEqual([2]);
  expect(labels).toHaveLength(1);
  const { easting, northing, text } = labels[0];
  expect(text).toBe("1");
  expect([easting, northing]).not.toEqual([1500, 1500]);
  expect(values[(3 - Math.ceil(northing / 1000)) * 4 + Math.floor(easting / 1000)]).toBe(9);
  const map = { title: "Targets", grid, legend: "Score", features };
  const ones = async (options: Parameters<typeof rasterMap>[0]) =>
    (await renderSvg(rasterMap(options))).split(">1</text>").length;
  // The rank and its rim.
  expect((await ones({ ...map, labels })) - (await ones(map))).toBe(2);
});
