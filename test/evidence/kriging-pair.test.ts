import { expect, it } from "vitest";
import { krigingLeaveOneOut } from "../../lib/src/evidence/kriging";

it("of two places each is the other's value, with twice the semivariance between them", () => {
  const samples = { eastings: [0, 3], northings: [0, 4], values: [1, 7] };
  const model = { kind: "spherical", nugget: 0.25, sill: 2, range: 10 } as const;
  const { predictions, variances } = krigingLeaveOneOut(samples, model);
  expect([...predictions]).toEqual([7, 1]);
  // Half the range away: 0.25 + 2 (1.5 / 2 - 0.5 / 8) = 1.625.
  for (const variance of variances) expect(variance).toBeCloseTo(2 * 1.625, 12);
});
