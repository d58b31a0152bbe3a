import { expect, it } from "vitest";
import { krigingLeaveOneOut } from "../../lib/src/evidence/kriging";
import { krigingSystem } from "../../lib/src/evidence/kriging-system";

it("of two places each is the other's value, with twice the semivariance between them", () => {
  const samples = { eastings: [0, 3], northings: [0, 4], values: [1, 7] };
  const model = { kind: "spherical", nugget: 0.25, sill: 2, range: 10 } as const;
  const { predictions, variances } = krigingLeaveOneOut(samples, model);
  expect([...predictions]).toEqual([7, 1]);
  // Half the range away: 0.25 + 2 (1.5 / 2 - 0.5 / 8) = 1.625.
  for (const variance of variances) expect(variance).toBeCloseTo(2 * 1.625, 12);
});

it("the equations are those of the neighbours given, whatever was asked before", () => {
  const places = {
    eastings: Float64Array.of(0, 10, 0, 10),
    northings: Float64Array.of(0, 0, 10, 10),
    values: Float64Array.of(1, 4, 2, 8),
  };
  const model = { kind: "exponential", nugget: 0.1, sill: 1, range: 12 } as const;
  const fresh = (neighbours: readonly number[]) => ({
    ...krigingSystem(places, model, 4)(3, 4, Int32Array.from(neighbours)),
  });
  const kept = krigingSystem(places, model, 4);
  for (const neighbours of [[0, 1, 2], [0, 1], [0, 1, 2, 3], [1, 2, 3], [3, 2, 1], [1, 2], [0]]) {
    expect({ ...kept(3, 4, Int32Array.from(neighbours)) }).toEqual(fresh(neighbours));
  }
  // Of one neighbour it is its value, with twice the semivariance: 5 m away, 0.1 + 1 - e^(-5/12).
  const single = fresh([0]);
  expect(single.prediction).toBeCloseTo(1, 12);
  expect(single.variance).toBeCloseTo(2 * (1.1 - Math.exp(-5 / 12)), 12);
});
