import { describe, expect, it } from "vitest";
import { polygonWeights } from "../../lib/src/evidence/polygon-categories";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { refusalOf } from "../support/refusal";

const GEOMETRY = gridOverRegion({ west: 0, east: 5, south: 0, north: 1 }, 1, {
  epsg: null,
  name: "test",
});

function box(west: number, east: number) {
  return [Float64Array.of(west, 0, east, 0, east, 1, west, 1, west, 0)];
}

/** Greywacke in columns 0 and 1, limestone in 1 and 2, unit 7 in 3, nothing in 4. */
const ROCKS = {
  name: "rocks",
  lines: [],
  polygons: [box(0, 2), box(1, 3), box(3, 4)],
  polygonProperties: [{ rock: "Greywacke" }, { rock: "Limestone" }, { rock: 7 }],
};
const ORIGIN = { from: "vectors", method: "categoryWeights", layer: "rocks" } as const;

function weights(named: Record<string, number>, others?: number, property = "rock") {
  const origin = { ...ORIGIN, property, weights: named };
  return polygonWeights(GEOMETRY, ROCKS, others === undefined ? origin : { ...origin, others });
}

describe("category weights of polygons", () => {
  it("are each value's; of overlapping ones that named first; nodata where there is none", () => {
    const named = { Greywacke: 0.75, Limestone: -2, 7: 0.25 };
    expect([...weights(named)]).toEqual([0.75, 0.75, -2, 0.25, Number.NaN]);
    const { Greywacke, Limestone } = named;
    expect([...weights({ Limestone, Greywacke }, 0)]).toEqual([0.75, -2, -2, 0, 0]);
  });

  it("lie where the polygons do on several rows", () => {
    const square = gridOverRegion({ west: 0, east: 3, south: 0, north: 3 }, 1, {
      ...{ epsg: null, name: "test" },
    });
    // Both are in the south row, which is the last.
    const origin = { ...ORIGIN, property: "rock", weights: { Greywacke: 1, Limestone: 2 } };
    expect([...polygonWeights(square, ROCKS, { ...origin, others: 0 })]).toEqual([
      ...[0, 0, 0],
      ...[0, 0, 0],
      ...[1, 1, 2],
    ]);
  });

  it("are refused for a value without one, and for one without polygons", async () => {
    expect(await refusalOf(() => weights({ Greywacke: 1, Limestone: 2 }))).toMatchObject({
      field: 'categoryWeights of "rocks", rock',
      found: "a polygon with 7",
    });
    expect(await refusalOf(() => weights({ Granite: 1 }, 0))).toMatchObject({
      found: 'no polygon with "Granite"',
      expected: 'one of "Greywacke", "Limestone", 7',
    });
    expect(await refusalOf(() => weights({ Greywacke: 1 }, undefined, "name"))).toMatchObject({
      found: "a polygon with no value",
    });
  });
});
