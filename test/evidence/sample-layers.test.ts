import { describe, expect, it } from "vitest";
import { deriveEvidence } from "../../lib/src/evidence/derive";
import {
  sampleComponents,
  sampleLayers,
  singularityOf,
} from "../../lib/src/evidence/sample-layers";
import { gridOverRegion } from "../../lib/src/grid/grid";
import type { SampleOrigin } from "../../lib/src/manifest/origins";
import { randomStream } from "../../lib/src/random";
import type { SampleTable } from "../../lib/src/samples/types";
import { loadStudy } from "../../lib/src/study/load";
import { refusalOf } from "../support/refusal";
import { rightStudy, writeStudy } from "../support/study-folder";

const REGION = { west: 0, east: 2000, south: 0, north: 2000 };
const GEOMETRY = gridOverRegion(REGION, 100, { epsg: 32750, name: "test" });

/** One sample in each pixel's centre, three elements. */
function fullTable(never = false): SampleTable {
  const random = randomStream(7, "samples");
  const count = 400;
  const places = Array.from({ length: count }, (_, at) => ({
    easting: 50 + 100 * (at % 20),
    northing: 1950 - 100 * Math.floor(at / 20),
  }));
  const elements = ["Au", "As", "Cu"].map((element) => ({
    element,
    unit: "ppm",
    values: Float64Array.from(places, () => 1 + random.uniform()),
    quality: {
      rows: count,
      missing: 0,
      censoredLow: never && element === "Cu" ? count : 0,
      censoredHigh: 0,
      zeros: 0,
      negatives: 0,
      detectionLimits: [],
      upperLimits: [],
      replacement: 0.65,
    },
  }));
  return {
    eastings: Float64Array.from(places, ({ easting }) => easting),
    northings: Float64Array.from(places, ({ northing }) => northing),
    names: places.map((_, at) => String(at + 1)),
    elements,
    rows: count,
    averagedPlaces: 0,
    outside: 0,
  };
}

describe("layers from samples", () => {
  it("pass through the samples: values, logarithms, scores; kriged too", () => {
    const table = fullTable();
    const gold = table.elements[0].values;
    const origins: SampleOrigin[] = [
      { from: "samples", method: "inverseDistance", element: "Au" },
      { from: "samples", method: "inverseDistance", element: "Au", transform: "log" },
      { from: "samples", method: "principalComponent", component: 2 },
      { from: "samples", method: "kriging", element: "Au", neighbours: 8 },
    ];
    const layers = sampleLayers(table, origins, GEOMETRY, { region: REGION, area: null });
    const [plain, logs, scores, kriged] = origins.map(layers);
    const components = sampleComponents(table);
    gold.forEach((value, at) => {
      expect(plain[at]).toBeCloseTo(value, 6);
      expect(logs[at]).toBeCloseTo(Math.log(value), 6);
      expect(scores[at]).toBeCloseTo(components.scores[1][at], 6);
      expect(kriged[at]).toBeCloseTo(value, 5);
    });
  });

  it("enrichment and index add up to 2; windows are sample spacings", () => {
    const table = fullTable();
    const shared = { from: "samples", method: "singularity", element: "As", spacings: [1, 3, 5] };
    const enrichment = shared as SampleOrigin;
    const index = { ...shared, statistic: "index" } as SampleOrigin;
    const layers = sampleLayers(table, [enrichment, index], GEOMETRY, {
      region: REGION,
      area: null,
    });
    const alpha = layers(index);
    layers(enrichment).forEach((value, at) => {
      expect(value + alpha[at]).toBeCloseTo(2, 6);
    });
  });

  it("within an area take no value from outside it, and windows its own spacing of samples", () => {
    const table = fullTable();
    const origin = {
      ...{ from: "samples", method: "singularity", element: "As", spacings: [1, 3, 5] },
    } as SampleOrigin;
    const plain = { from: "samples", method: "inverseDistance", element: "As" } as SampleOrigin;
    const [west, , , north] = GEOMETRY.transform;
    const [middle, south] = [west + 10 * GEOMETRY.transform[1], north - 20 * GEOMETRY.transform[1]];
    const ring = Float64Array.of(
      west,
      south,
      middle,
      south,
      middle,
      north,
      west,
      north,
      west,
      south,
    );
    const extent = (middle - west) * (north - south);
    const area = { from: "polygons", polygons: [[ring]], extent } as const;
    const layers = sampleLayers(table, [origin, plain], GEOMETRY, { region: REGION, area });
    const [enrichment, values] = [layers(origin), layers(plain)];
    const inside = [...values].map((value) => !Number.isNaN(value));
    expect(inside).toEqual(Array.from({ length: 400 }, (_, pixel) => pixel % 20 < 10));
    expect([...enrichment].map((value) => !Number.isNaN(value))).toEqual(inside);
    // Row 7, column 9, at the area's edge, by hand: a sample a pixel, so windows of 1, 3, 5 pixels.
    const points = [0, 1, 2].map((half) => {
      const known: number[] = [];
      for (let row = 7 - half; row <= 7 + half; row++) {
        for (let column = 9 - half; column <= 9; column++) known.push(values[20 * row + column]);
      }
      const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
      return [Math.log(2 * half + 1), Math.log(mean)];
    });
    const [x, y] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis] / 3, 0));
    const slope =
      points.reduce((sum, [u, v]) => sum + (u - x) * (v - y), 0) /
      points.reduce((sum, [u]) => sum + (u - x) ** 2, 0);
    expect(enrichment[149]).toBeCloseTo(-slope, 5);
  });

  it("whole singularity of a layer: its statistic is the layer's; by Theil and Sen if so said", async () => {
    const samples = fullTable();
    const shared = { from: "samples", method: "singularity", element: "As" } as const;
    const spacings = [1, 3, 5, 9];
    const origins: SampleOrigin[] = [
      { ...shared, spacings },
      { ...shared, spacings, statistic: "index", regression: "theilSen" },
      { from: "samples", method: "inverseDistance", element: "As" },
    ];
    const evidence = origins.map((origin, at) => ({
      ...{ id: `layer${at}`, label: `L${at}`, title: "", unit: "", favourable: null },
      origin,
    }));
    const study = { samples, evidence, region: REGION, area: null, geometry: GEOMETRY };
    const layers = sampleLayers(samples, origins, GEOMETRY, { region: REGION, area: null });
    const [squares, medians] = ["layer0", "layer1"].map((id) => singularityOf(study, id));
    expect(squares.windowPixels).toEqual([1, 3, 5, 9]);
    expect(squares.enrichment).toEqual(layers(origins[0]));
    expect(medians.alpha).toEqual(layers(origins[1]));
    // The pixel at row 7, column 7, by hand: means of windows of 1, 3, 5 and 9 pixels.
    const values = layers(origins[2]);
    const points = [0, 1, 2, 4].map((half) => {
      let sum = 0;
      for (let row = 7 - half; row <= 7 + half; row++) {
        for (let column = 7 - half; column <= 7 + half; column++) sum += values[20 * row + column];
      }
      return [Math.log(2 * half + 1), Math.log(sum / (2 * half + 1) ** 2)];
    });
    const slopes = points
      .flatMap(([x, y], at) => points.slice(at + 1).map(([u, v]) => (v - y) / (u - x)))
      .sort((a, b) => a - b);
    expect(medians.alpha[147]).toBeCloseTo(2 + (slopes[2] + slopes[3]) / 2, 5);
    expect(Math.abs(medians.alpha[147] - squares.alpha[147])).toBeGreaterThan(1e-3);
    expect(medians.standardError[147]).toBeGreaterThanOrEqual(squares.standardError[147]);
    expect(await refusalOf(() => singularityOf(study, "layer2"))).toMatchObject({
      field: "layer",
      expected: "a singularity of samples: layer0, layer1",
    });
  });

  it("log-ratios of an element that was never detected are refused; units do not matter", async () => {
    const details = await refusalOf(() => sampleComponents(fullTable(true)));
    expect(details).toMatchObject({ kind: "values", field: "log-ratios of Cu" });
    const plain = fullTable();
    const percent = {
      ...plain,
      elements: plain.elements.map((element) => ({ ...element, unit: "%" })),
    };
    const [one, other] = [sampleComponents(plain), sampleComponents(percent)];
    one.scores[0].forEach((score, at) => {
      expect(other.scores[0][at]).toBeCloseTo(score, 10);
    });
  });

  it("are made from a study's manifest, beside categories", async () => {
    const study = rightStudy();
    const lines = ["X,Y,Au,As,Cu"];
    for (const x of [50, 150, 250, 350, 450]) {
      for (const y of [50, 150, 250, 350]) lines.push(`${x},${y},${x + y},${1 + x * y},${x}`);
    }
    delete study.files["arsenic.tif"];
    study.files["samples.csv"] = lines.join("\n");
    const ring = [
      [0, 0],
      [200, 0],
      [200, 400],
      [0, 400],
      [0, 0],
    ];
    study.files["rocks.geojson"] = JSON.stringify({
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          properties: { rock: "slate" },
          geometry: { type: "Polygon", coordinates: [ring] },
        },
      ],
    });
    study.manifest.vectors = [
      { name: "faults", file: "faults.geojson" },
      { name: "rocks", file: "rocks.geojson" },
    ];
    study.manifest.samples = {
      format: "csv",
      file: "samples.csv",
      easting: "X",
      northing: "Y",
      elements: ["Au", "As", "Cu"].map((element) => ({ element, column: element, unit: "ppm" })),
    };
    study.manifest.evidence[0].origin = {
      from: "samples",
      method: "inverseDistance",
      element: "Au",
    };
    study.manifest.evidence[1].origin = {
      from: "vectors",
      method: "category",
      layer: "rocks",
      property: "rock",
      value: "slate",
    };
    const { bands } = await deriveEvidence(await loadStudy(writeStudy(study)));
    expect([...bands[0].values.slice(0, 3)]).toEqual([400, 500, 600]);
    expect([...bands[1].values.slice(0, 5)]).toEqual([1, 1, 0, 0, 0]);
    const unknown = structuredClone(study.manifest);
    unknown.evidence[1].origin.value = "granite";
    const folder = writeStudy({ ...study, manifest: unknown });
    expect(await refusalOf(async () => deriveEvidence(await loadStudy(folder)))).toMatchObject({
      found: 'no polygon with "granite"',
      expected: 'one of "slate"',
    });
  });
});
