import { describe, expect, it } from "vitest";
import { clippedRing } from "../../lib/src/grid/clip-ring";

const region = { west: 0, east: 10, south: 0, north: 10 };

function areaOf(ring: Float64Array): number {
  let doubled = 0;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    doubled += ring[at] * ring[at + 3] - ring[at + 2] * ring[at + 1];
  }
  return Math.abs(doubled) / 2;
}

// Areas by hand.
describe("a ring cut to a region", () => {
  it.each([
    ["inside, unchanged", [1, 1, 3, 1, 3, 3, 1, 3, 1, 1], 4],
    ["over the west edge", [-2, 1, 2, 1, 2, 3, -2, 3, -2, 1], 4],
    ["over a corner", [8, 8, 12, 8, 12, 12, 8, 12, 8, 8], 4],
    ["about the whole region", [-5, -5, 20, -5, 20, 20, -5, 20, -5, -5], 100],
    ["a triangle whose tip sticks out", [2, 5, 8, 5, 5, 15, 2, 5], 22.5],
  ])("%s", (_, ring, area) => {
    const clipped = clippedRing(Float64Array.from(ring), region);
    expect(areaOf(clipped)).toBeCloseTo(area, 10);
    expect(clipped.slice(0, 2)).toEqual(clipped.slice(-2));
    expect(Math.min(...clipped)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...clipped)).toBeLessThanOrEqual(10);
  });

  it("outside, nothing is left", () => {
    expect(clippedRing(Float64Array.of(20, 20, 30, 20, 30, 30, 20, 20), region).length).toBe(0);
  });
});
