import { describe, expect, it } from "vitest";
import { delineateTargets } from "../../lib/src/evaluation/targets";
import { commonStep, meanCells, packedCells } from "../../lib/src/figures/hover-cells";
import { mapPanels } from "../../lib/src/figures/map-panels";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { targetOverlay } from "../../lib/src/figures/target-overlay";
import { type Grid, gridOverRegion } from "../../lib/src/grid/grid";
import { patchGrid } from "../../lib/src/patches/assemble";
import { fakeGrid, fakeOccurrences } from "./fixtures";
import { laidOut, marksOf, told } from "./laid-out";
import { patches, scores } from "./live-figures";

const crs = { epsg: 32750, name: "test" };

describe("a map under the pointer", () => {
  const region = { west: 0, south: 0, east: 3000, north: 2000 };
  const small: Grid = {
    name: "error",
    geometry: gridOverRegion(region, 1000, crs),
    values: Float32Array.of(0.0101, 0.0202, Number.NaN, 0.0404, 0.0505, 0.0606),
  };

  it("has one clear cell a pixel with data, which tells value, place and row", () => {
    const view = laidOut(rasterMap({ title: "t", grid: small, legend: "Error" }));
    const cells = told(view, "rect");
    expect(cells).toHaveLength(5);
    expect(cells[1]).toEqual({
      ...{ Error: "0.0202", "Easting (km)": "1.5", "Northing (km)": "1.5" },
      Cell: "pixel in row 1, column 2",
    });
    expect(cells[4]).toMatchObject({ Error: "0.0606", Cell: "pixel in row 2, column 3" });
    const [first, second, below] = marksOf(view, "rect");
    expect(second.x - first.x).toBeCloseTo(first.width ?? Number.NaN, 2);
    expect([below.x, below.y > first.y]).toEqual([first.x, true]);
    expect(first.fill).toBe("transparent");
  });

  it("of patches says so, and of several maps which", () => {
    const grid = patchGrid(patches, "Probability", scores);
    const panels = ["first", "second"].map((heading) => ({ heading, grid, legend: "of 1" }));
    const cells = told(laidOut(mapPanels({ title: "t", panels })), "rect");
    expect(cells).toHaveLength(22);
    expect(cells[11]).toMatchObject({
      ...{ Map: "second (of 1)", Value: "0.900", Cell: "patch in row 1, column 1" },
    });
  });

  it("with too many cells tells the mean of squares, and how large they are", () => {
    // 330 x 400 pixels of 1 km: squares of 5 x 5 are 66 x 80 = 5,280, of 4 x 4 8,300.
    const view = laidOut(rasterMap({ title: "t", grid: fakeGrid("m", 1000), legend: "Error" }));
    const cells = told(view, "rect");
    expect(cells[0]["Mean over"]).toBe("5 × 5 pixels, 5 × 5 km");
    expect(cells[0]["Easting (km)"]).toBe("352.5");
    expect(cells.length).toBeLessThanOrEqual(5280);
  });

  it("tells the name and commodity of an occurrence, on each of several maps", () => {
    const points = [{ name: "Au occurrence", occurrences: fakeOccurrences(3) }];
    const grid = fakeGrid("m", 8000);
    const one = told(laidOut(rasterMap({ title: "t", grid, legend: "Error", points })), "symbol");
    expect(one.map((each) => `${each.Occurrence} ${each.Commodity}`)).toEqual([
      ...["Au 1 Au", "Au 2 Au", "Au 3 Au"],
    ]);
    const panels = [{ grid }, { grid, heading: "b" }];
    const view = laidOut(mapPanels({ title: "t", panels, overlay: { points } }));
    const discs = marksOf(view, "symbol").filter(({ tooltip }) => tooltip !== undefined);
    expect(discs).toHaveLength(6);
    // The same place on both maps: as far from each other as the maps' first cells are.
    const [first] = marksOf(view, "rect");
    const second = marksOf(view, "rect")[marksOf(view, "rect").length / 2];
    expect(discs[1].x - discs[0].x).toBeCloseTo(second.x - first.x, 1);
  });

  it("tells the number of a target in each of its cells", () => {
    const values = Float32Array.of(9, 9, 0, 0, 0, 8);
    const targets = delineateTargets(
      { ...small, values },
      { threshold: 5, known: [], distance: 0, neighbours: 4 },
    );
    const map = { title: "t", grid: { ...small, values }, legend: "Score" };
    const { notes } = targetOverlay(small.geometry, targets);
    const cells = told(laidOut(rasterMap({ ...map, notes })), "rect");
    expect(cells.map(({ Target }) => Target)).toEqual(["1", "1", "–", "–", "–", "2"]);
  });

  it("takes few characters: 4,234 patches less than 25 kB", () => {
    const grid = fakeGrid("m", 5000);
    const geometry = { ...grid.geometry, width: 58, height: 73 };
    const patchMap = { ...grid, geometry, values: grid.values.slice(0, 58 * 73) };
    const { spec, live } = rasterMap({ title: "t", grid: patchMap, legend: "Error" });
    expect(JSON.stringify(live).length - JSON.stringify(spec).length).toBeLessThan(25_000);
  });
});

describe("cells of a map", () => {
  const geometry = gridOverRegion({ west: 0, south: 0, east: 3, north: 3 }, 1, crs);
  const grid = { name: "g", geometry, values: Float32Array.of(1, 2, 5, 3, Number.NaN, 7, 4, 8, 9) };

  it("taken together have the mean of those with data; the last are cut", () => {
    expect([...meanCells(grid, 2)]).toEqual([2, 6, 6, 9]);
    expect([...meanCells(grid, 1)]).toEqual([...grid.values]);
  });

  it("are taken together no more than need be", () => {
    expect([9, 8, 4, 3].map((most) => commonStep([grid], most))).toEqual([1, 2, 2, 3]);
    expect(commonStep([grid, grid], 17)).toBe(2);
  });

  it("keep three digits of the middle value", () => {
    const packed = packedCells(Float64Array.of(0.0123456, Number.NaN, 0.5, 0, 0.01), { digits: 3 });
    expect(packed).toMatchObject({ counts: [123, null, 5000, 0, 100], decimals: 4 });
    const large = packedCells(Float64Array.of(12345, -98765), { digits: 3 });
    expect(large).toMatchObject({ unit: 100, decimals: 0 });
    expect(large.counts).toEqual([123, -988]);
    // Four digits of the largest, though the middle one is 0.00123.
    const skewed = packedCells(Float64Array.of(0.00012, 0.00123, 0.94025), { digits: 3 });
    expect(skewed).toMatchObject({ counts: [1, 12, 9403], decimals: 4 });
  });

  it("cut to decimals stay on their side of a threshold", () => {
    const { counts } = packedCells(Float64Array.of(0.49999, 0.5, 0.57, 0.99999), { decimals: 4 });
    expect(counts).toEqual([4999, 5000, 5700, 9999]);
  });
});
