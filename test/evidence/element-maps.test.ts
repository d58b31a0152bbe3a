import { describe, expect, it } from "vitest";
import {
  elementMaps,
  elementSamples,
  leaveOneOut,
  shownElement,
} from "../../lib/src/evidence/element-maps";
import { singularityOf } from "../../lib/src/evidence/sample-layers";
import { gridOverRegion } from "../../lib/src/grid/grid";
import type { SampleElement, SampleTable } from "../../lib/src/samples/types";
import { predictionErrors, standardisedError } from "../../lib/src/tables/interpolation";
import { referenceNumbers, samplesOf } from "./reference-samples";

const reference = referenceNumbers("interpolation.json");
const sixteen = referenceNumbers("leave-one-out.json");
const { eastings, northings, columns } = samplesOf("meuse.csv", ["x", "y"], ["zinc", "lead"]);

function elementOf(element: string, values: readonly number[], censored = 0): SampleElement {
  return {
    element,
    unit: "ppm",
    values: Float64Array.from(values),
    quality: {
      rows: values.length,
      missing: 0,
      censoredLow: censored,
      censoredHigh: 0,
      zeros: 0,
      negatives: 0,
      detectionLimits: [],
      upperLimits: [],
      replacement: 0.65,
    },
  };
}

const zinc = elementOf("Zn", columns[0]);
const table: SampleTable = {
  eastings: Float64Array.from(eastings),
  northings: Float64Array.from(northings),
  names: eastings.map((_, at) => String(at)),
  elements: [elementOf("Pb", columns[1], eastings.length), zinc],
  rows: eastings.length,
  averagedPlaces: 0,
  outside: 0,
};
const crs = { epsg: 28992, name: "RD New" };
const region = { west: 178000, east: 182000, south: 329000, north: 334000 };
const known = elementSamples(table, zinc);

describe("the element that is shown", () => {
  it("is the main commodity, else the first that was detected, else none", () => {
    expect(shownElement(table, "Zn")?.element).toBe("Zn");
    expect(shownElement(table, "Au")?.element).toBe("Zn");
    expect(shownElement(null, "Au")).toBeNull();
    expect(shownElement({ ...table, elements: [table.elements[0]] }, "Pb")).toBeNull();
  });

  it("has variograms from the best fit to the worst", () => {
    const residuals = known.fits.map(({ residual }) => residual);
    expect(residuals).toHaveLength(3);
    expect([...residuals].sort((one, other) => one - other)).toEqual(residuals);
  });
});

describe("leaving one out", () => {
  const model = { kind: "spherical", nugget: 0.05, sill: 0.59, range: 897 } as const;
  const fits = [{ model, residual: 0, isRangeBound: false }];
  const left = leaveOneOut({ ...known, fits });
  const [mean, inverse, kriging] = predictionErrors(left);

  it("errs as gstat does, and is as sure as gstat's kriging from 16 neighbours", () => {
    expect(inverse.rmse.value).toBeCloseTo(reference.idwLogZinc12Rmse[0], 9);
    expect(kriging.rmse.value).toBeCloseTo(sixteen.spherical16Rmse[0], 9);
    expect(standardisedError(left)).toBeCloseTo(sixteen.spherical16StandardisedError[0], 9);
  });

  it("has the mean of the others as its baseline, n / (n - 1) times the deviation from the mean", () => {
    const logs = columns[0].map(Math.log);
    const average = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const squares = logs.reduce((sum, log) => sum + (log - average) ** 2, 0) / logs.length;
    const expected = (Math.sqrt(squares) * logs.length) / (logs.length - 1);
    expect(mean.rmse.value).toBeCloseTo(expected, 12);
    expect(mean.skill).toBe(0);
    expect(mean.bias).toBeCloseTo(0, 12);
    expect(inverse.skill).toBeCloseTo(1 - (inverse.rmse.value / expected) ** 2, 12);
    expect(inverse.rmse.interval[0]).toBeLessThan(inverse.rmse.value);
    expect(inverse.rmse.interval[1]).toBeGreaterThan(inverse.rmse.value);
    expect(inverse.n).toBe(155);
  });
});

describe("the maps of an element", () => {
  const geometry = gridOverRegion(region, 100, crs);
  const spacings = [1, 3, 5];
  const maps = elementMaps(table, known, {
    region,
    area: null,
    geometry,
    interpolationPixel: 500,
    origin: { spacings },
  });

  it("are singular over 1 to 11 spacings of samples where nothing else is said", () => {
    const shared = { region, area: null, geometry, interpolationPixel: 2000 };
    const usual = elementMaps(table, known, shared);
    const told = { ...shared, origin: { spacings: [1, 3, 5, 7, 9, 11] } };
    expect(usual.windowPixels).toEqual(elementMaps(table, known, told).windowPixels);
    expect(usual.windowPixels[0]).toBeGreaterThan(1);
  });

  it("are interpolated on pixels of their own, and singular as the evidence is", () => {
    expect(maps.kriged.geometry).toMatchObject({ width: 8, height: 10 });
    expect(maps.krigingError.values.every((error) => error > 0)).toBe(true);
    const origin = { from: "samples", method: "singularity", element: "Zn", spacings } as const;
    const layer = { id: "zinc", label: "Zn", title: "", unit: "", favourable: null, origin };
    const study = { samples: table, evidence: [layer], region, area: null, geometry };
    const evidence = singularityOf(study, "zinc");
    expect(maps.alpha.values).toEqual(evidence.alpha);
    expect(maps.rSquared.values).toEqual(evidence.rSquared);
    expect(maps.windowPixels).toEqual(evidence.windowPixels);
  });

  it("are nodata outside the study area, on both their grids", () => {
    const { west, south, north } = region;
    const east = west + 1000;
    const ring = Float64Array.of(west, south, east, south, east, north, west, north, west, south);
    const area = { from: "polygons", polygons: [[ring]], extent: 1000 * (north - south) } as const;
    const options = { region, area, geometry, interpolationPixel: 500, origin: { spacings } };
    const within = elementMaps(table, known, options);
    for (const { geometry: on, values } of [within.alpha, within.rSquared, within.kriged]) {
      const columns = 1000 / on.transform[1];
      expect([...values].every((value, at) => at % on.width < columns || Number.isNaN(value))).toBe(
        true,
      );
      expect(values.some((value) => !Number.isNaN(value))).toBe(true);
    }
  });

  it("take windows in pixels where these are wider than samples are apart", () => {
    const coarse = gridOverRegion(region, 1000, crs);
    const options = {
      region,
      area: null,
      geometry: coarse,
      interpolationPixel: 1000,
      origin: { spacings },
    };
    expect(elementMaps(table, known, options).windowPixels).toEqual([1, 3, 5]);
  });
});
