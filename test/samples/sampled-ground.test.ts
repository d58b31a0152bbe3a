import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sampledGround } from "../../lib/src/samples/sampled-ground";
import { surveyOf } from "../../lib/src/samples/survey";
import { loadStudy } from "../../lib/src/study/load";
import { refusalOf } from "../support/refusal";

const root = join(__dirname, "../..");
const reference = JSON.parse(
  readFileSync(join(root, "test/reference/samples/sampled-ground.json"), "utf8"),
) as Record<string, { spacing: number; extent: number }>;

/** Places of a square lattice, the first half a step from the corner. */
function lattice(side: number, step: number, west = 0): number[] {
  return Array.from({ length: side * side }, (_, at) => [
    west + step * ((at % side) + 0.5),
    step * (Math.floor(at / side) + 0.5),
  ]).flat();
}

describe("spacing of samples from the ground around them", () => {
  it("of a square lattice that fills the region is its step", () => {
    const region = { west: 0, east: 100, south: 0, north: 100 };
    for (const spacings of [1, 1.25, 1.5]) {
      const ground = sampledGround(Float64Array.from(lattice(10, 10)), 100, region, spacings);
      expect(ground.spacing).toBeCloseTo(10, 9);
      expect(ground.extent).toBeCloseTo(10_000, 6);
      expect(ground.radius).toBeCloseTo(10 * spacings, 9);
    }
  });

  it("of a sample alone in a region too wide for it grows until it has the region", () => {
    const region = { west: 0, east: 100, south: 0, north: 100 };
    const ground = sampledGround(Float64Array.of(50, 50), 1, region, 1);
    expect(ground.spacing).toBeCloseTo(100, 9);
  });

  it("of two squares far apart leaves out what is between them (scipy)", () => {
    const places = Float64Array.from([...lattice(6, 10), ...lattice(6, 10, 260)]);
    const region = { west: -40, east: 360, south: -40, north: 100 };
    const { spacing, extent } = sampledGround(places, 72, region, 1.25);
    expect(Math.abs(spacing / reference.squares.spacing - 1)).toBeLessThan(2e-3);
    expect(extent).toBeCloseTo(72 * spacing ** 2, 6);
    // By the rectangle it would be sqrt(400 x 140 / 72) = 27.9.
    expect(spacing).toBeLessThan(14);
  });

  it("of Golden Triangle is 3.37 km (scipy), 3,981 places", async () => {
    const study = await loadStudy(join(root, "data/golden-triangle"));
    const { places, spacing, extent } = surveyOf(study.samples!, study.region, study.area);
    expect(places).toBe(3981);
    expect(Math.abs(spacing / reference.golden.spacing - 1)).toBeLessThan(1e-3);
    expect(Math.abs(extent / reference.golden.extent - 1)).toBeLessThan(1e-3);
  });

  it("is refused where samples are crowded in a corner of the region", async () => {
    const region = { west: 0, east: 1e6, south: 0, north: 1e6 };
    const places = Float64Array.from(lattice(10, 10));
    const details = await refusalOf(() => sampledGround(places, 100, region, 1.25));
    expect(details).toMatchObject({ kind: "values", field: "area" });
  });
});

describe("a survey", () => {
  const eastings = Float64Array.of(10, 30, 60, 90, 150, 400);
  const northings = Float64Array.of(10, 20, 50, 90, 50, 50);
  const table = { eastings, northings, outside: 1 };
  const region = { west: 0, east: 200, south: 0, north: 100 };

  it("of a whole region: area by the places in it", () => {
    expect(surveyOf(table, region, null)).toEqual({
      ...{ extent: 20_000, places: 5 },
      spacing: Math.sqrt(4_000),
    });
  });

  it("of polygons: theirs, by the places in them", () => {
    const square = Float64Array.of(0, 0, 100, 0, 100, 100, 0, 100, 0, 0);
    const hole = Float64Array.of(50, 40, 70, 40, 70, 60, 50, 60, 50, 40);
    const area = { from: "polygons", polygons: [[square, hole]], extent: 9_600 } as const;
    // 10, 30 and 90 east; 60 east is in the hole.
    expect(surveyOf(table, region, area)).toEqual({
      ...{ extent: 9_600, places: 3 },
      spacing: Math.sqrt(3_200),
    });
  });
});
