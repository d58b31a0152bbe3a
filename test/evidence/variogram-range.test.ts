import { expect, it } from "vitest";
import { empiricalVariogram } from "../../lib/src/evidence/variogram";
import { fitVariogram } from "../../lib/src/evidence/variogram-fit";

it.each(["spherical", "exponential", "gaussian"] as const)(
  "a variogram that is flat from its first lag shows no range: all is nugget, %s",
  (kind) => {
    const distances = [1, 2, 3, 4, 5];
    const flat = { cutoff: 5, distances, semivariances: [1, 1, 1, 1, 1], pairs: [7, 7, 7, 7, 7] };
    const { model, residual, isRangeBound } = fitVariogram(flat, kind);
    expect(model.nugget + model.sill).toBeCloseTo(1, 9);
    expect(residual).toBeCloseTo(0, 12);
    expect(isRangeBound).toBe(true);
  },
);

it("a range between the shortest tried and twice that is found, and not bound", () => {
  // Lags from 10 m on: a tenth of the first, 1 m, is the shortest range tried; this one is 1.5 m.
  const distances = Array.from({ length: 15 }, (_, lag) => 10 + lag);
  const semivariances = distances.map((distance) => 1 - Math.exp(-distance / 1.5));
  const pairs = distances.map(() => 10);
  const fit = fitVariogram({ cutoff: 24, distances, semivariances, pairs }, "exponential");
  expect(fit.model.range).toBeCloseTo(1.5, 3);
  expect(fit.isRangeBound).toBe(false);
});

it("one lag holds all pairs, and no lag or part of one is refused", () => {
  // Distances 3, 4 and 5; squared differences 4, 36 and 16: half their mean is 28 / 3.
  const samples = { eastings: [0, 3, 0], northings: [0, 0, 4], values: [1, 3, 7] };
  const { distances, semivariances, pairs } = empiricalVariogram(samples, { cutoff: 5, lags: 1 });
  expect([distances, pairs]).toEqual([[4], [3]]);
  expect(semivariances[0]).toBeCloseTo(28 / 3, 12);
  for (const change of [{ lags: 0 }, { lags: 1.5 }, { cutoff: 0 }, { cutoff: -1 }]) {
    const options = { cutoff: 5, lags: 2, ...change };
    expect(() => empiricalVariogram(samples, options)).toThrow(/whole number from 1/);
  }
});

it("three lags are enough for nugget, sill and range, two are not", () => {
  // Spherical, nugget 0.5, sill 1 and range 2.5, at 1, 2 and 3 m: x of 0.4, 0.8 and beyond 1.
  const semivariances = [0.5 + 0.6 - 0.032, 0.5 + 1.2 - 0.256, 1.5];
  const lags = { cutoff: 3, distances: [1, 2, 3], semivariances, pairs: [5, 5, 5] };
  const { model } = fitVariogram(lags, "spherical");
  expect(model.nugget).toBeCloseTo(0.5, 4);
  expect(model.sill).toBeCloseTo(1, 4);
  expect(model.range).toBeCloseTo(2.5, 4);
  const two = { ...lags, distances: [1, 2], semivariances: [1, 2], pairs: [5, 5] };
  expect(() => fitVariogram(two, "spherical")).toThrow(/2 lags with pairs/);
});
