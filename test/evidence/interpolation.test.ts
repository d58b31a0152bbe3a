import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  inverseDistanceAt,
  inverseDistanceGrids,
  inverseDistanceLeaveOneOut,
} from "../../lib/src/evidence/inverse-distance";
import { neighbourSearch } from "../../lib/src/evidence/neighbours";
import { distinctSamples } from "../../lib/src/evidence/sample-values";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { refusalOf } from "../support/refusal";
import { referenceNumbers, rmse, samplesOf } from "./reference-samples";

const gstat = referenceNumbers("interpolation.json");
const meuse = samplesOf("meuse.csv", ["x", "y"], ["zinc"]);
const crs = { epsg: null, name: "test" };

describe("neighbourSearch", () => {
  it("finds what sorting all distances finds, wherever the point lies", () => {
    const coordinate = fc.integer({ min: 0, max: 30 });
    const place = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 120 }),
        fc.tuple(fc.integer({ min: -40, max: 70 }), fc.double({ min: -40, max: 70, noNaN: true })),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: -1, max: 119 }),
        fc.constantFrom(1, 1e-3, 1e6),
        (list, [x, y], wanted, leftOut, stretch) => {
          const eastings = list.map(([easting]) => easting * stretch);
          const northings = list.map(([, northing]) => northing);
          const found = neighbourSearch({ eastings, northings }, wanted)(x * stretch, y, leftOut);
          const expected = list
            .map((_, index) => ({
              index,
              square: (eastings[index] - x * stretch) ** 2 + (northings[index] - y) ** 2,
            }))
            .filter(({ index }) => index !== leftOut)
            .sort((a, b) => a.square - b.square || a.index - b.index)
            .slice(0, wanted);
          expect(found.count).toBe(expected.length);
          expected.forEach(({ index, square }, at) => {
            expect([found.indices[at], found.squares[at]]).toEqual([index, square]);
          });
        },
      ),
      { numRuns: 400, seed: 1 },
    );
  });
});

describe("distinctSamples", () => {
  it("takes duplicates as one with the mean of the values known", () => {
    const { eastings, columns, placeOf } = distinctSamples({
      eastings: [1, 2, 1, 1],
      northings: [5, 5, 5, 5],
      columns: [
        [10, 7, 20, Number.NaN],
        [Number.NaN, 1, Number.NaN, Number.NaN],
      ],
    });
    expect([...eastings]).toEqual([1, 2]);
    expect([...placeOf]).toEqual([0, 1, 0, 0]);
    expect([...columns[0]]).toEqual([15, 7]);
    expect([...columns[1]]).toEqual([Number.NaN, 1]);
  });

  it("refuses what is no sample, by name", async () => {
    const samples = { eastings: [1, Number.NaN], northings: [1, 2], columns: [[1, 2]] };
    const refusal = (change: object) => refusalOf(() => distinctSamples({ ...samples, ...change }));
    expect(await refusal({})).toMatchObject({ field: "coordinates of sample 2", found: "NaN, 2" });
    expect(await refusal({ eastings: [], northings: [], columns: [[]] })).toMatchObject({
      field: "samples",
      found: "none",
    });
    expect(await refusal({ eastings: [1, 2, 3] })).toMatchObject({ field: "samples" });
    expect(
      await refusal({ eastings: [1, 2], columns: [[1, Number.POSITIVE_INFINITY]] }),
    ).toMatchObject({ field: "column 1 of sample 2", found: "Infinity" });
  });
});

describe("inverse distance weighting", () => {
  it("is the hand-computed mean", () => {
    // Distances 1 and 2: weights 1 and 1/4, so (1 x 10 + 20 / 4) / (5 / 4) = 12.
    const samples = { eastings: [0, 3], northings: [0, 0], columns: [[10, 20]] };
    const [[value]] = inverseDistanceAt(samples, { eastings: [1], northings: [0] });
    expect(value).toBeCloseTo(12, 12);
    // Power 1: weights 1 and 1/2, so 20 / 1.5.
    const [[first]] = inverseDistanceAt(samples, { eastings: [1], northings: [0] }, { power: 1 });
    expect(first).toBeCloseTo(40 / 3, 12);
  });

  it.each([
    ["idwZincAllRmse", Number.POSITIVE_INFINITY, false],
    ["idwZinc12Rmse", 12, false],
    ["idwLogZincAllRmse", Number.POSITIVE_INFINITY, true],
    ["idwLogZinc12Rmse", 12, true],
  ] as const)("leaves one out of meuse as gstat does: %s", (key, neighbours, isLog) => {
    const zinc = isLog ? meuse.columns[0].map(Math.log) : meuse.columns[0];
    const [predicted] = inverseDistanceLeaveOneOut({ ...meuse, columns: [zinc] }, { neighbours });
    expect(rmse(predicted, zinc)).toBeCloseTo(gstat[key][0], 9);
  });

  it.each(["Cd", "Cu", "Ni", "Zn"])("predicts jura's %s at 100 places as gstat does", (element) => {
    const known = samplesOf("jura-prediction.csv", ["Xloc", "Yloc"], [element]);
    const held = samplesOf("jura-validation.csv", ["Xloc", "Yloc"], [element]);
    const [predicted] = inverseDistanceAt(known, held, { neighbours: Number.POSITIVE_INFINITY });
    expect(rmse(predicted, held.columns[0])).toBeCloseTo(gstat[`jura${element}AllRmse`][0], 9);
  });

  it("agrees with gstat point by point with another power and seven neighbours", () => {
    const known = samplesOf("jura-prediction.csv", ["Xloc", "Yloc"], ["Zn"]);
    const held = samplesOf("jura-validation.csv", ["Xloc", "Yloc"], ["Zn"]);
    const [predicted] = inverseDistanceAt(known, held, { power: 3, neighbours: 7 });
    // Jura's places lie on a lattice: where the seventh and the eighth are as far, either serves.
    const search = neighbourSearch(known, 8);
    const isPlain = held.eastings.map((easting, at) => {
      const { squares } = search(easting, held.northings[at]);
      return squares[7] > squares[6] * (1 + 1e-9);
    });
    expect(isPlain.filter(Boolean).length).toBeGreaterThan(80);
    gstat.juraZn7Power3.forEach((value, at) => {
      if (isPlain[at]) expect(predicted[at]).toBeCloseTo(value, 9);
    });
  });

  it("honours samples at pixel centres, duplicates by their mean", () => {
    const geometry = gridOverRegion({ west: 0, east: 30, south: 0, north: 20 }, 10, crs);
    const samples = {
      eastings: [5, 15, 5, 27],
      northings: [15, 5, 15, 13],
      columns: [[1, 4, 3, 9]],
    };
    const [values] = inverseDistanceGrids(samples, geometry);
    expect(values[0]).toBe(2);
    expect(values[4]).toBe(4);
    const { columns } = distinctSamples(samples);
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(Math.min(...columns[0]));
      expect(value).toBeLessThanOrEqual(Math.max(...columns[0]));
    }
  });

  it("gives each column its own neighbours where values are missing", () => {
    const geometry = gridOverRegion({ west: 0, east: 6, south: 0, north: 5 }, 1, crs);
    const eastings = [0.3, 2.2, 4.1, 5.5, 1.7];
    const northings = [0.4, 3.3, 1.2, 4.4, 2.6];
    const whole = [3, 1, 4, 1, 5];
    const holed = [3, Number.NaN, 4, Number.NaN, 5];
    const empty = whole.map(() => Number.NaN);
    const found = inverseDistanceGrids(
      { eastings, northings, columns: [whole, holed, empty] },
      geometry,
      { neighbours: 2 },
    );
    const kept = [0, 2, 4];
    const alone = inverseDistanceGrids(
      {
        eastings: kept.map((at) => eastings[at]),
        northings: kept.map((at) => northings[at]),
        columns: [kept.map((at) => whole[at])],
      },
      geometry,
      { neighbours: 2 },
    );
    expect(found[1]).toEqual(alone[0]);
    expect(found[0]).not.toEqual(alone[0]);
    expect(found[2].every(Number.isNaN)).toBe(true);
  });

  it("leaves duplicates out together, and predicts nothing where nothing is known", () => {
    const [predicted] = inverseDistanceLeaveOneOut({
      eastings: [0, 0, 3, 9],
      northings: [0, 0, 0, 0],
      columns: [[10, 30, 6, Number.NaN]],
    });
    expect([...predicted]).toEqual([6, 6, 20, Number.NaN]);
  });

  it("knows nothing of points that are nowhere", () => {
    const [[value]] = inverseDistanceAt(meuse, { eastings: [Number.NaN], northings: [330000] });
    expect(value).toBeNaN();
  });

  it("refuses a power or a number of neighbours that is not positive", async () => {
    const found = (options: object) => refusalOf(() => inverseDistanceAt(meuse, meuse, options));
    expect(await found({ power: 0 })).toMatchObject({ field: "power", found: "0" });
    expect(await found({ neighbours: 0 })).toMatchObject({ field: "neighbours", found: "0" });
  });
});
