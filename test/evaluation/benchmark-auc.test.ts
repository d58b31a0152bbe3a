import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { benchmarkAuc } from "../../lib/src/evaluation/benchmark-auc";

/** numpy and scikit-learn (make-benchmark.py). */
const python = JSON.parse(
  readFileSync(join(__dirname, "../reference/evaluation/benchmark.json"), "utf8"),
);
const placed = (places: readonly (readonly [number, number])[]) =>
  places.map(([easting, northing]) => ({ easting, northing }));

function pointsOf(places: readonly (readonly [number, number])[], scores: readonly number[]) {
  return {
    eastings: places.map(([easting]) => easting),
    northings: places.map(([, northing]) => northing),
    scores,
  };
}

describe("the open benchmark's protocol", () => {
  const points = pointsOf(python.places, python.scores);
  const sites = placed(python.sites);

  it("has the AUC against all negatives, their number and the farthest nearest sample of Python", () => {
    const found = benchmarkAuc(points, sites, { seed: 1 });
    expect(found.againstAll).toBeCloseTo(python.againstAll, 12);
    expect(found.farthest).toBeCloseTo(python.farthest, 6);
    expect([found.sites, found.eligible]).toEqual([9, python.eligible]);
    expect(found.draws).toHaveLength(20);
  });

  it("has Python's mean and deviation over very many draws", () => {
    const found = benchmarkAuc(points, sites, { seed: 1, draws: 4000 });
    // Of 4,000 draws the mean is known to a 63rd of the deviation, the deviation to a 90th of it.
    expect(Math.abs(found.mean - python.mean)).toBeLessThan(python.deviation / 15);
    expect(Math.abs(found.deviation / python.deviation - 1)).toBeLessThan(0.05);
  });

  it("draws by the seed", () => {
    const once = benchmarkAuc(points, sites, { seed: 1 });
    expect(benchmarkAuc(points, sites, { seed: 1 })).toEqual(once);
    expect(benchmarkAuc(points, sites, { seed: 2 }).draws).not.toEqual(once.draws);
  });

  it("by hand: nearest samples, negatives 5 km away or more, deviation over the draws", () => {
    // On a line: sites at 0 and 6 km. Samples at 0.1 (score 3), 2 (9), 5.9 (1), 11 (2), 12 (no
    // score). Positives 3 and 1; 11 km is 5 km from the second site, the only one far enough: every
    // draw is twice its 2, above one positive and below the other.
    const line = pointsOf(
      [100, 2000, 5900, 11_000, 12_000].map((easting) => [easting, 0] as const),
      [3, 9, 1, 2, Number.NaN],
    );
    const two = placed([
      [0, 0],
      [6000, 0],
    ]);
    const found = benchmarkAuc(line, two, { seed: 1 });
    expect(found).toMatchObject({ mean: 0.5, deviation: 0, againstAll: 0.5, eligible: 1 });
    expect(found.farthest).toBe(100);
    // With 3 km apart nothing more is far enough; with 1.9 km the sample at 2 km is, with score 9:
    // against 2 and 9, of four pairs only 3 over 2 is won.
    expect(benchmarkAuc(line, two, { seed: 1, apart: 3000 }).eligible).toBe(1);
    expect(benchmarkAuc(line, two, { seed: 1, apart: 1900 }).againstAll).toBe(0.25);
    // Draws of two of these with replacement win none, a quarter or a half, more often a quarter.
    const drawn = benchmarkAuc(line, two, { seed: 1, apart: 1900, draws: 400 }).draws;
    expect([...new Set(drawn)].sort()).toEqual([0, 0.25, 0.5]);
    expect(drawn.filter((auc) => auc === 0.25).length).toBeGreaterThan(150);
  });

  it("takes a single draw, and every point where none need be apart", () => {
    const found = benchmarkAuc(points, sites, { seed: 1, draws: 1, apart: 0 });
    expect(found).toMatchObject({ mean: found.draws[0], deviation: 0, eligible: 300 });
  });

  it("refuses where nothing is far enough, and settings that make no sense", () => {
    const near = pointsOf([[0, 0]], [1]);
    const site = placed([[10, 0]]);
    expect(() => benchmarkAuc(near, site, { seed: 1 })).toThrow(/at least 5000 from all of 1/);
    expect(() => benchmarkAuc(near, [], { seed: 1 })).toThrow(/0 sites and 1 points/);
    expect(() => benchmarkAuc(near, site, { seed: 1, draws: 0 })).toThrow(/0 draws/);
    expect(() => benchmarkAuc(near, site, { seed: 1, apart: Number.NaN })).toThrow(/NaN apart/);
  });
});
