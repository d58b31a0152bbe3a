import { describe, expect, it } from "vitest";
import { occurrencesOverlay, zonedOccurrencesOverlay } from "../../lib/src/figures/study-overlay";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { bandName } from "../../lib/src/import/raster-evidence";

const geometry = gridOverRegion({ west: 0, east: 10, south: 0, north: 10 }, 1, {
  ...{ epsg: null, name: "" },
});
const at = (commodity: string, easting: number) => ({
  ...{ name: `${commodity} ${easting}`, commodity, easting, northing: 5 },
});
// 59 commodities: the nth has n occurrences, gold one.
const many = [
  at("Au", 1),
  ...Array.from({ length: 58 }, (_, kind) =>
    Array.from({ length: kind + 2 }, (_, each) => at(`kind ${kind}`, each % 10)),
  ).flat(),
];
const study = { occurrences: many, mainCommodity: "Au", area: null, geometry, groups: [] };

describe("the legend of occurrences", () => {
  it("has as many entries as there are symbols, the rarest commodities under one", () => {
    const { points = [] } = occurrencesOverlay(study);
    expect(points.map(({ name }) => name)).toEqual([
      "Au occurrence",
      ...[57, 56, 55, 54].map((kind) => `kind ${kind} occurrence`),
      "54 other commodities",
    ]);
    expect(points.reduce((sum, { occurrences }) => sum + occurrences.length, 0)).toBe(many.length);
  });

  it("never shows one symbol twice, in zones and beside groups judged apart either", () => {
    const square = (west: number, east: number) => [
      [Float64Array.of(west, 0, east, 0, east, 10, west, 10, west, 0)],
    ];
    const zones = [
      { name: "west", polygons: square(0, 3) },
      { name: "middle", polygons: square(3, 6) },
      { name: "east", polygons: square(6, 9) },
    ];
    const groups = [{ id: "placers", title: "placers", occurrences: [at("Au", 2)] }];
    const { points = [] } = zonedOccurrencesOverlay({ ...study, zones, groups });
    const symbols = points.map(({ symbol }) => `${symbol?.kind} ${symbol?.isOpen ?? false}`);
    expect(new Set(symbols).size).toBe(points.length);
    expect(points.map(({ name }) => name)).toContain("Placers (1)");
    for (const { symbol } of points) expect(symbol?.kind).toBeLessThan(6);
  });
});

describe("a raster's bands without names", () => {
  it("are called by the file, with a number where there are several", () => {
    expect(bandName({ file: "Idw_Au.tif", bands: ["band 1"] }, 0)).toBe("Idw_Au");
    expect(bandName({ file: "stack.tif", bands: ["band 1", "band 2"] }, 1)).toBe("stack 2");
    expect(bandName({ file: "stack.tif", bands: ["copper"] }, 0)).toBe("copper");
  });
});
