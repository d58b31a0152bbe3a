import { describe, expect, it } from "vitest";
import { captureCurve, newlyMarkedShare, unscored } from "../../lib/src/evaluation/capture";
import {
  successRateAreaBootstrap,
  successRateBand,
} from "../../lib/src/evaluation/occurrence-bootstrap";
import { predictionArea, predictionAreaAt } from "../../lib/src/evaluation/prediction-area";
import { possibleSpatialFolds, spatialFolds } from "../../lib/src/evaluation/spatial-folds";
import { successRateCurve } from "../../lib/src/evaluation/success-rate";
import { targetDrivers } from "../../lib/src/evaluation/target-drivers";
import { delineateTargets } from "../../lib/src/evaluation/targets";
import { type Grid, gridOverRegion, pixelCentre } from "../../lib/src/grid/grid";
import { patchCentres, patchMeans } from "../../lib/src/patches/means";
import { tilePatches } from "../../lib/src/patches/tile";

const CRS = { epsg: 32750, name: "test" };

/** A grid of square kilometres with its south-west corner at 0, 0. */
function grid(name: string, rows: readonly (readonly number[])[]): Grid {
  const [width, height] = [rows[0].length, rows.length];
  const region = { west: 0, south: 0, east: width * 1000, north: height * 1000 };
  return {
    name,
    geometry: gridOverRegion(region, 1000, CRS),
    values: Float32Array.from(rows.flat()),
  };
}

describe("prediction-area plot", () => {
  // Ten units that score 10 to 1; occurrences in those that score 10, 9, 6 and 2.
  const units = Array.from({ length: 10 }, (_, at) => 10 - at);
  const curve = successRateCurve(units, [10, 9, 6, 2]);

  it("crosses where counted by hand: 4/7 of occurrences in 3/7 of the area", () => {
    // At 7: 1/2 and 4/10, together 0.9; at 6: 3/4 and 5/10, together 1.25; 2/7 of the way is 1.
    const { crossing } = predictionArea(curve);
    expect(crossing.occurrenceShare).toBeCloseTo(4 / 7, 12);
    expect(crossing.areaShare).toBeCloseTo(3 / 7, 12);
    expect(crossing.threshold).toBeCloseTo(7 - 2 / 7, 12);
    expect(crossing.normalisedDensity).toBeCloseTo(4 / 3, 12);
    expect(crossing.weight).toBeCloseTo(Math.log(4 / 3), 12);
  });

  it("gives the density at bounds of classes, and none where no area is left", () => {
    const [none, at] = predictionAreaAt(curve, [11, 8]);
    expect(none).toMatchObject({ areaShare: 0, normalisedDensity: null, weight: null });
    expect(at).toMatchObject({ areaShare: 0.3, occurrenceShare: 0.5 });
    expect(at.normalisedDensity).toBeCloseTo(5 / 3, 12);
  });

  it("has its crossing on the first step where the score is saturated", () => {
    // Six of ten units share the highest score and hold everything.
    const { crossing } = predictionArea(successRateCurve([1, 1, 1, 1, 1, 1, 0, 0, 0, 0], [1, 1]));
    expect(crossing.threshold).toBe(1);
    expect(crossing.areaShare).toBeCloseTo(0.375, 12);
    expect(crossing.occurrenceShare).toBeCloseTo(0.625, 12);
  });
});

describe("spatial folds", () => {
  const geometry = gridOverRegion({ west: 0, south: 0, east: 4, north: 4 }, 1, CRS);
  const places = Array.from({ length: 16 }, (_, at) =>
    pixelCentre(geometry, Math.floor(at / 4), at % 4),
  );
  // Quarters of 2 by 2: two occurrences north-west, one north-east, one south-west.
  const occurrences = [1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0];

  it("deals whole blocks as counted by hand, whatever the seed", () => {
    for (const seed of [1, 2, 3]) {
      const { fold, folds } = spatialFolds(places, occurrences, { blockSize: 2, folds: 2, seed });
      expect([...fold]).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0]);
      expect(folds).toEqual([
        { units: 8, occurrences: 2, blocks: 2 },
        { units: 8, occurrences: 2, blocks: 2 },
      ]);
    }
  });

  it("the same seed gives the same folds, another one others", () => {
    const scattered = places.map((_, at) => (at % 3 === 0 ? 1 : 0));
    const deal = (seed: number) =>
      [...spatialFolds(places, scattered, { blockSize: 1, folds: 3, seed }).fold].join("");
    expect(deal(7)).toBe(deal(7));
    expect(deal(7)).not.toBe(deal(8));
  });

  it("are as many as blocks with an occurrence allow, or none where there is nothing to test by", () => {
    const options = { blockSize: 2, folds: 5, seed: 1 };
    const possible = possibleSpatialFolds(places, occurrences, options);
    expect(possible).toEqual(spatialFolds(places, occurrences, { ...options, folds: 3 }));
    const two = possibleSpatialFolds(places, occurrences, { ...options, folds: 2 });
    expect(two).toEqual(spatialFolds(places, occurrences, { ...options, folds: 2 }));
    // Two units in two blocks; three in one.
    const at = (...units: number[]) => places.map((_, unit) => (units.includes(unit) ? 1 : 0));
    expect(possibleSpatialFolds(places, at(0, 15), options)).toBeNull();
    expect(possibleSpatialFolds(places, at(0, 1, 4), options)).toBeNull();
    expect(possibleSpatialFolds(places, at(0, 1, 15), options)?.folds).toHaveLength(2);
  });

  it("refuses more folds than blocks with an occurrence", () => {
    expect(() => spatialFolds(places, occurrences, { blockSize: 2, folds: 4, seed: 1 })).toThrow(
      /3 blocks of 2 that hold an occurrence.*fewer folds or smaller blocks/,
    );
  });
});

describe("newly delineated targets", () => {
  const scores = grid("probability", [
    [0.9, 0.8, 0.1, 0.1, 0.7],
    [0.1, 0.1, 0.6, 0.1, Number.NaN],
    [0.1, 0.1, 0.1, 0.1, 0.9],
    [0.5, 0.1, 0.1, 0.1, 0.9],
  ]);
  const options = { threshold: 0.5, known: [], distance: 0 };

  it("are joined over corners, ranked and measured as counted by hand", () => {
    const targets = delineateTargets(scores, options);
    expect(targets.map(({ cells }) => [...cells])).toEqual([[14, 19], [0, 1, 7], [4], [15]]);
    const second = targets[1];
    expect(second).toMatchObject({ rank: 2, squareKilometres: 3, nearestKnown: Infinity });
    expect(second.mean).toBeCloseTo(2.3 / 3, 6);
    expect(second.maximum).toBeCloseTo(0.9, 6);
    expect(second.centroid.easting).toBeCloseTo(1500, 9);
    expect(second.centroid.northing).toBeCloseTo(9500 / 3, 9);
  });

  it("part where only corners touch, when asked, and small ones can be left out", () => {
    const targets = delineateTargets(scores, { ...options, neighbours: 4, minimumCells: 2 });
    expect(targets.map(({ cells }) => [...cells])).toEqual([
      [14, 19],
      [0, 1],
    ]);
  });

  it("keep the given distance from known occurrences, from edge to point", () => {
    // In the middle of cell 14; the edge of cell 19 is 500 m away.
    const known = [{ easting: 4500, northing: 1500 }];
    const near = delineateTargets(scores, { ...options, known, distance: 499 });
    expect([...near[0].cells]).toEqual([19]);
    expect(near[0].nearestKnown).toBe(500);
    const far = delineateTargets(scores, { ...options, known, distance: 500 });
    expect(far.map(({ cells }) => cells[0])).toEqual([0, 4, 15]);
  });

  it("are driven by the band that stands out most", () => {
    const targets = delineateTargets(scores, { ...options, minimumCells: 2 });
    const flat = grid("As", [
      [1, 1, 3, 3, 1],
      [1, 1, 1, 3, 3],
      [1, 3, 3, 1, 1],
      [3, 3, 3, 3, 1],
    ]);
    const high = grid("Au", [
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 8],
      [0, 0, 0, 0, 8],
    ]);
    const [first] = targetDrivers(targets, [flat, high]);
    expect(first.map(({ band }) => band)).toEqual(["Au", "As"]);
    // 16 over 20 cells: mean 0.8; variance (2 x 7.2² + 18 x 0.8²) / 19.
    const spread = Math.sqrt((2 * 7.2 ** 2 + 18 * 0.8 ** 2) / 19);
    expect(first[0].standardised).toBeCloseTo(7.2 / spread, 6);
    expect(first[0].ratio).toBeCloseTo(10, 9);
    expect(first[0].mean).toBe(8);
  });
});

it("means and centres of patches are those of their pixels", () => {
  const band = grid("a", [
    [1, 2, 10, 20],
    [3, 6, 30, 40],
  ]);
  const stack = { geometry: band.geometry, bands: [band] };
  const patches = tilePatches(stack, { size: 2 });
  expect([...patchMeans(patches, 0)]).toEqual([3, 25]);
  expect(patchCentres(patches)).toEqual([
    { easting: 1000, northing: 1000 },
    { easting: 3000, northing: 1000 },
  ]);
});

describe("patches without a score", () => {
  const scores = [0.9, Number.NaN, 0.4, 0.1, Number.NaN];
  const holding = { assigned: [{ patch: 0 }, { patch: 1 }, { patch: 2 }] };

  it("leave area and occurrences of the curve together, and are counted", () => {
    // Left by hand: scores 0.9, 0.4, 0.1 with occurrences in the first two.
    const curve = captureCurve(scores, holding);
    expect(curve.occurrenceShare).toEqual([0, 0.5, 1, 1]);
    expect(curve.occurrences).toBe(2);
    expect(curve.auc).toBeCloseTo((0.25 + 0.75 + 1) / 3, 12);
    expect(unscored(scores, holding)).toEqual({ patches: 2, occurrences: 1 });
  });

  it("leave the bootstrap as if they had never been", () => {
    const left = { assigned: [{ patch: 0 }, { patch: 1 }] };
    const options = { seed: 5, resamples: 200 };
    const known = [0.9, 0.4, 0.1];
    expect(successRateAreaBootstrap(scores, holding, options)).toEqual(
      successRateAreaBootstrap(known, left, options),
    );
    expect(successRateBand(scores, holding, options)).toEqual(
      successRateBand(known, left, options),
    );
  });
});

it("newly marked ground is what one map marks and the best of the other leaves", () => {
  const scores = [0.9, 0.8, 0.7, 0.1, 0.6];
  const other = [5, 1, 4, 3, 2];
  // The best two of five of the other are units 0 and 2; left of 0, 1, 2 and 4 are 1 and 4.
  expect(newlyMarkedShare(scores, 0.5, other, 0.4)).toBe(0.4);
  expect(newlyMarkedShare(scores, 0.5, other, 0)).toBe(0.8);
  expect(newlyMarkedShare(scores, 0.5, other, 1)).toBe(0);
});
