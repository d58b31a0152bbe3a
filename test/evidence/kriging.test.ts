import { describe, expect, it } from "vitest";
import { krigingAt, krigingGrid, krigingLeaveOneOut } from "../../lib/src/evidence/kriging";
import {
  empiricalVariogram,
  semivariance,
  type VariogramModel,
} from "../../lib/src/evidence/variogram";
import { bestVariogram, fitVariogram } from "../../lib/src/evidence/variogram-fit";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { refusalOf } from "../support/refusal";
import { referenceNumbers, rmse, samplesOf } from "./reference-samples";

const gstat = referenceNumbers("interpolation.json");
const { eastings, northings, columns } = samplesOf("meuse.csv", ["x", "y"], ["zinc"]);
const logZinc = columns[0].map(Math.log);
const meuse = { eastings, northings, values: logZinc };
const points = { eastings: gstat.pointEastings, northings: gstat.pointNorthings };
const models: Record<string, VariogramModel> = {
  spherical: { kind: "spherical", sill: 0.59, range: 897, nugget: 0.05 },
  exponential: { kind: "exponential", sill: 0.72, range: 449, nugget: 0.02 },
  gaussian: { kind: "gaussian", sill: 0.5, range: 500, nugget: 0.1 },
};
const cases = Object.keys(models).flatMap((name) => [
  { name, neighbours: Number.POSITIVE_INFINITY, key: `${name}All` },
  { name, neighbours: 12, key: `${name}12` },
]);

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  for (let at = 0; at < expected.length; at++) {
    expect(Math.abs(found[at] - expected[at])).toBeLessThan(tolerance);
  }
}

describe("ordinary kriging", () => {
  it.each(cases)("is gstat's at points, $key", ({ name, neighbours, key }) => {
    const { predictions, variances } = krigingAt(meuse, points, models[name], { neighbours });
    expectNear(predictions, gstat[`${key}Predictions`], 1e-9);
    expectNear(variances, gstat[`${key}Variances`], 1e-9);
  });

  it.each(cases)("leaves one out as gstat does, $key", ({ name, neighbours, key }) => {
    const { predictions, variances } = krigingLeaveOneOut(meuse, models[name], { neighbours });
    expect(rmse(predictions, logZinc)).toBeCloseTo(gstat[`${key}Rmse`][0], 9);
    expectNear(predictions, gstat[`${key}LeftOutPredictions`], 1e-9);
    expectNear(variances, gstat[`${key}LeftOutVariances`], 1e-9);
  });

  it("has the textbook's leave-one-out error of log zinc, 0.3918", () => {
    const neighbours = Number.POSITIVE_INFINITY;
    const { predictions } = krigingLeaveOneOut(meuse, models.spherical, { neighbours });
    expect(rmse(predictions, logZinc)).toBeCloseTo(0.3918, 3);
  });

  it("passes through the samples, without variance there", () => {
    const { predictions, variances } = krigingAt(meuse, meuse, models.spherical);
    expectNear(predictions, logZinc, 1e-9);
    for (const variance of variances) expect(variance).toBeLessThan(1e-9);
  });

  it("is the mean of the neighbours where all is nugget", () => {
    const samples = { eastings: [0, 1, 0], northings: [0, 0, 1], values: [3, 6, 12] };
    const model = { kind: "spherical", nugget: 2, sill: 0, range: 1 } as const;
    const found = krigingAt(samples, { eastings: [5], northings: [5] }, model);
    expect(found.predictions[0]).toBeCloseTo(7, 12);
    // Variance of a value about a mean of three: 2 + 2 / 3.
    expect(found.variances[0]).toBeCloseTo(8 / 3, 12);
  });

  it("fills a grid as it does points, missing values and duplicates aside", () => {
    const geometry = gridOverRegion(
      { west: 179000, east: 179400, south: 330000, north: 330300 },
      100,
      { epsg: null, name: "test" },
    );
    const doubled = {
      eastings: [...eastings, eastings[0], 179100],
      northings: [...northings, northings[0], 330100],
      values: [...logZinc, logZinc[0], Number.NaN],
    };
    const grid = krigingGrid(doubled, geometry, models.exponential);
    const centres = {
      eastings: Array.from({ length: 12 }, (_, at) => 179050 + 100 * (at % 4)),
      northings: Array.from({ length: 12 }, (_, at) => 330250 - 100 * Math.floor(at / 4)),
    };
    const at = krigingAt(meuse, centres, models.exponential);
    expect(grid.predictions).toEqual(Float32Array.from(at.predictions));
    expect(grid.variances).toEqual(Float32Array.from(at.variances));
    const left = krigingLeaveOneOut(doubled, models.exponential);
    expect(left.predictions[0]).toBe(left.predictions[155]);
    expect(left.predictions[156]).toBeCloseTo(
      krigingAt(meuse, { eastings: [179100], northings: [330100] }, models.exponential)
        .predictions[0],
      9,
    );
  });

  it("knows nothing of points that are nowhere", () => {
    const nowhere = { eastings: [Number.NaN], northings: [330000] };
    const { predictions, variances } = krigingAt(meuse, nowhere, models.spherical);
    expect([predictions[0], variances[0]]).toEqual([Number.NaN, Number.NaN]);
  });

  it("refuses impossible models, equations that rounding spoils, and samples without values", async () => {
    const refusal = (model: object, samples: object = {}) =>
      refusalOf(() =>
        krigingAt({ ...meuse, ...samples }, points, { ...models.spherical, ...model }),
      );
    expect(await refusal({ range: 0 })).toMatchObject({ field: "variogram" });
    expect(await refusal({ nugget: -1 })).toMatchObject({ field: "variogram" });
    expect(await refusal({ sill: 0, nugget: 0 })).toMatchObject({ field: "variogram" });
    expect(await refusal({ kind: "gaussian", nugget: 0, range: 1e6 })).toMatchObject({
      field: "kriging",
    });
    expect(await refusal({}, { values: logZinc.map(() => Number.NaN) })).toMatchObject({
      found: "no value of the variable",
    });
    const alone = { eastings: [1, 1], northings: [1, 1], values: [1, 2] };
    expect(await refusalOf(() => krigingLeaveOneOut(alone, models.spherical))).toMatchObject({
      found: "one place with values",
    });
  });
});

describe("variograms", () => {
  const empirical = empiricalVariogram(meuse);

  it("are gstat's by its own cutoff and lags", () => {
    expect(empirical.pairs).toEqual(gstat.variogramPairs);
    expectNear(empirical.distances, gstat.variogramDistances, 1e-9);
    expectNear(empirical.semivariances, gstat.variogramSemivariances, 1e-12);
  });

  it("are the hand-computed ones of three samples", () => {
    const found = empiricalVariogram(
      { eastings: [0, 3, 0], northings: [0, 0, 4], values: [1, 3, 7] },
      { cutoff: 5, lags: 5 },
    );
    expect(found).toEqual({
      cutoff: 5,
      distances: [3, 4, 5],
      semivariances: [2, 18, 8],
      pairs: [1, 1, 1],
    });
  });

  it.each([
    ["spherical", "Sph"],
    ["exponential", "Exp"],
    ["gaussian", "Gau"],
  ] as const)("are fitted as R's optim fits them, %s, to 1e-3", (kind, key) => {
    const { model, residual, isRangeBound } = fitVariogram(empirical, kind);
    const [nugget, sill, range, error] = gstat[`optim${key}`];
    expect(Math.abs(model.nugget - nugget)).toBeLessThan(1e-3 * sill);
    expect(Math.abs(model.sill / sill - 1)).toBeLessThan(1e-3);
    expect(Math.abs(model.range / range - 1)).toBeLessThan(1e-3);
    expect(residual).toBeLessThan(error * (1 + 1e-6));
    expect(isRangeBound).toBe(false);
    // gstat stops short of the least for the gaussian; its fit is never the better one.
    const ofGstat = gstat[`fit${key}`];
    expect(residual).toBeLessThan(ofGstat[3] * (1 + 1e-6));
    if (kind === "gaussian") return;
    expect(Math.abs(model.nugget - ofGstat[0])).toBeLessThan(1e-3 * ofGstat[1]);
    expect(Math.abs(model.sill / ofGstat[1] - 1)).toBeLessThan(1e-3);
    expect(Math.abs(model.range / ofGstat[2] - 1)).toBeLessThan(1e-3);
  });

  it("give a model's own values back", () => {
    for (const model of Object.values(models)) {
      const distances = Array.from({ length: 15 }, (_, lag) => 100 * (lag + 1));
      const semivariances = distances.map((distance) => semivariance(model, distance));
      const perfect = { cutoff: 1500, distances, semivariances, pairs: distances.map(() => 10) };
      const { model: fitted } = fitVariogram(perfect, model.kind);
      expect(fitted.range / model.range).toBeCloseTo(1, 5);
      expect(fitted.sill / model.sill).toBeCloseTo(1, 5);
      expect(fitted.nugget).toBeCloseTo(model.nugget, 5);
      expect(bestVariogram(perfect).model.kind).toBe(model.kind);
    }
  });

  it("keep nugget and sill from below 0, and say when no range shows", () => {
    const distances = [1, 2, 3, 4, 5];
    const lagsOf = (semivariances: number[]) => ({
      cutoff: 5,
      distances,
      semivariances,
      pairs: distances.map(() => 10),
    });
    const rising = fitVariogram(lagsOf([0.1, 2, 4, 6, 8]), "spherical");
    expect(rising.model.nugget).toBe(0);
    expect(rising.isRangeBound).toBe(true);
    const falling = fitVariogram(lagsOf([5, 4, 3, 2, 1]), "exponential");
    expect(falling.model.sill).toBe(0);
  });

  it("refuse samples without pairs or differences, by name", async () => {
    const two = { eastings: [0, 10], northings: [0, 0], values: [1, 2] };
    expect(await refusalOf(() => empiricalVariogram(two, { cutoff: 5 }))).toMatchObject({
      field: "cutoff",
    });
    expect(await refusalOf(() => empiricalVariogram(two, { lags: 0 }))).toMatchObject({
      field: "cutoff and lags",
    });
    const lags = empiricalVariogram(two, { cutoff: 10 });
    expect(await refusalOf(() => fitVariogram(lags, "spherical"))).toMatchObject({
      found: "1 lags with pairs",
    });
  });
});
