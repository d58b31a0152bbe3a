import { expect, it } from "vitest";
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
