import { describe, expect, it } from "vitest";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { lineDensity } from "../../lib/src/grid/line-density";
import { lineNodes } from "../../lib/src/grid/line-nodes";
import { nearestStrike } from "../../lib/src/grid/strike";

const crs = { epsg: 32750, name: "test" };
/** One pixel with its centre at the origin. */
const origin = gridOverRegion({ west: -500, east: 500, south: -500, north: 500 }, 1000, crs);

describe("lineDensity within 1 km of a pixel centre", () => {
  const areaKm2 = Math.PI;
  it.each([
    ["a line through the centre: the diameter", [-5000, 0, 5000, 0], 2],
    ["a line 600 m off: its chord, 2√(1 - 0.36)", [-5000, 600, 5000, 600], 1.6],
    ["the same upright", [-600, -5000, -600, 5000], 1.6],
    ["a line that ends in the centre: the radius", [0, 0, 3000, 4000], 1],
    ["a line that is wholly inside: its length", [0, 100, 300, 500], 0.5],
    ["a line in two pieces counts like the whole", [-5000, 0, 200, 0, 5000, 0], 2],
    ["a line that passes by", [-5000, 1200, 5000, 1200], 0],
    ["a line whose carrying on would pass through", [2000, 0, 5000, 0], 0],
    ["a line without length", [10, 10, 10, 10], 0],
  ])("%s", (_, line, kilometres) => {
    const found = lineDensity(origin, [Float64Array.from(line)], 1000);
    expect(found[0]).toBeCloseTo(kilometres / areaKm2, 6);
  });

  it("spreads the length of a line over the plane: the densities sum to length", () => {
    // Summed over a fine grid, density times pixel area is the length of the line: each point of
    // it counts 1 / circle area in every pixel centre of a circle. The grid of 50 m samples that.
    const geometry = gridOverRegion({ west: 0, east: 6000, south: 0, north: 6000 }, 50, crs);
    const line = Float64Array.of(2100, 2200, 3300, 4000, 3900, 3100);
    const length = Math.hypot(1200, 1800) + Math.hypot(600, 900);
    const sum = lineDensity(geometry, [line], 1000).reduce((total, value) => total + value, 0);
    expect((sum / 1000) * 50 * 50).toBeCloseTo(length, -1);
  });

  it("refuses a radius of nothing", () => {
    expect(() => lineDensity(origin, [], 0)).toThrow(/radius: found 0; expected a positive/);
  });
});

describe("lineNodes", () => {
  const points = (values: Float64Array) => [...values];

  it("finds bends by the turn at a vertex, whichever pieces draw it", () => {
    const right = Float64Array.of(0, 0, 100, 0, 100, 100);
    expect(points(lineNodes([right], 90).bends)).toEqual([100, 0]);
    expect(points(lineNodes([right], 90.1).bends)).toEqual([]);
    const pieces = [Float64Array.of(100, 0, 0, 0), Float64Array.of(100, 0, 100, 100)];
    expect(points(lineNodes(pieces, 90).bends)).toEqual([100, 0]);
    // A turn of atan(1/2) = 26.57 degrees.
    const gentle = Float64Array.of(0, 0, 100, 0, 200, 50);
    expect(points(lineNodes([gentle], 26.5).bends)).toEqual([100, 0]);
    expect(points(lineNodes([gentle], 26.6).bends)).toEqual([]);
  });

  it("takes a straight vertex for nothing, a line turning back for a bend of almost 180", () => {
    expect(points(lineNodes([Float64Array.of(0, 0, 5, 5, 9, 9)], 1).bends)).toEqual([]);
    expect(points(lineNodes([Float64Array.of(0, 0, 100, 1, 0, 2)], 178).bends)).toEqual([100, 1]);
  });

  it("finds crossings, ends upon a line, and vertices of three", () => {
    const level = Float64Array.of(0, 0, 100, 0);
    const across = Float64Array.of(20, -30, 60, 10);
    expect(points(lineNodes([level, across], 20).intersections)).toEqual([50, 0]);
    const upon = Float64Array.of(40, 0, 40, 70);
    expect(points(lineNodes([level, upon], 20).intersections)).toEqual([40, 0]);
    const star = [level, Float64Array.of(100, 0, 150, 50), Float64Array.of(150, -50, 100, 0)];
    expect(lineNodes(star, 20)).toEqual({
      bends: new Float64Array(0),
      intersections: Float64Array.of(100, 0),
    });
  });

  it("passes over segments without length and segments drawn twice", () => {
    const line = Float64Array.of(0, 0, 100, 0, 100, 0, 200, 0);
    const again = Float64Array.of(100, 0, 0, 0);
    expect(lineNodes([line, again], 10)).toEqual({
      bends: new Float64Array(0),
      intersections: new Float64Array(0),
    });
  });

  it.each([0, 181, Number.NaN])("refuses a bend of %s degrees", (angle) => {
    expect(() => lineNodes([], angle)).toThrow(/bendAngle/);
  });
});

describe("nearestStrike", () => {
  it.each([
    ["north", [0, -9, 0, 9], 0, 1],
    ["east", [-9, 0, 9, 0], 0, -1],
    ["north-east", [-9, -9, 9, 9], 1, 0],
    ["north-west", [9, -9, -9, 9], -1, 0],
    // 30 degrees from north: sin 60 and cos 60.
    ["north-north-east", [0, 0, 1, Math.sqrt(3)], Math.sqrt(3) / 2, 0.5],
  ])("of a line to the %s, and of its reverse", (_, line, sine, cosine) => {
    const [east1, north1, east2, north2] = line;
    for (const drawn of [line, [east2, north2, east1, north1]]) {
      const strike = nearestStrike(origin, [Float64Array.from(drawn)]);
      expect(strike.sine[0]).toBeCloseTo(sine, 6);
      expect(strike.cosine[0]).toBeCloseTo(cosine, 6);
    }
  });

  it("is that of the nearest line that has one", () => {
    const point = Float64Array.of(0, 0, 0, 0);
    const far = Float64Array.of(-900, 300, 900, 300);
    const near = Float64Array.of(200, -900, 200, 900);
    expect(nearestStrike(origin, [point, far, near]).cosine[0]).toBe(1);
    expect(() => nearestStrike(origin, [point])).toThrow(/at least one/);
  });
});
