import { describe, expect, it } from "vitest";
import { sampleComponents, sampleLayers } from "../../lib/src/evidence/sample-layers";
import { gridOverRegion } from "../../lib/src/grid/grid";
import type { SampleOrigin } from "../../lib/src/manifest/origins";
import { randomStream } from "../../lib/src/random";
import type { SampleTable } from "../../lib/src/samples/types";

const REGION = { west: 0, east: 600, south: 0, north: 500 };
const GEOMETRY = gridOverRegion(REGION, 100, { epsg: 32750, name: "test" });

/** A sample in the centre of each of 5 rows of 6 pixels, elements in given units. */
function table(units: readonly string[], perPpm: readonly number[]): SampleTable {
  const random = randomStream(3, "samples");
  const pixels = Array.from({ length: 30 }, (_, at) => at);
  const quality = {
    ...{ rows: 30, missing: 0, censoredLow: 0, censoredHigh: 0, zeros: 0, negatives: 0 },
    ...{ detectionLimits: [], upperLimits: [], replacement: 0.65 },
  };
  return {
    eastings: Float64Array.from(pixels, (at) => 50 + 100 * (at % 6)),
    northings: Float64Array.from(pixels, (at) => 450 - 100 * Math.floor(at / 6)),
    names: pixels.map(String),
    elements: ["Au", "As", "Cu", "Zn"].slice(0, units.length).map((element, at) => ({
      ...{ element, unit: units[at], quality },
      values: Float64Array.from(pixels, () => perPpm[at] * (1 + random.uniform())),
    })),
    ...{ rows: 30, averagedPlaces: 0, outside: 0 },
  };
}

const ppm = table(["ppm", "ppm", "ppm"], [1, 1, 1]);

describe("components of samples", () => {
  it.each([
    ["%", 1e-4],
    ["ppb", 1000],
    ["g/t", 1],
    ["mg/kg", 1],
    ["ug/kg", 1000],
  ])("are the same where an element is told in %s", (unit, perPpm) => {
    const { scores } = sampleComponents(table(["ppm", unit, "ppm"], [1, perPpm, 1]));
    const plain = sampleComponents(ppm).scores;
    plain.forEach((component, number) => {
      component.forEach((score, at) => {
        expect(scores[number][at]).toBeCloseTo(score, 10);
      });
    });
  });

  it("are of the elements that a layer names, beside those of all", () => {
    const four = table(["ppm", "ppm", "ppm", "ppm"], [1, 1, 1, 1]);
    const all: SampleOrigin = { from: "samples", method: "principalComponent", component: 1 };
    const named: SampleOrigin = { ...all, elements: ["Au", "As", "Cu"] };
    const layers = sampleLayers(four, [all, named], GEOMETRY, { region: REGION, area: null });
    // A sample in each pixel's centre, so the map has its score there. The first three elements
    // are drawn before the fourth: a table without it holds the same.
    const expected = [sampleComponents(four), sampleComponents(ppm)].map(({ scores }) => scores[0]);
    expect(Math.abs(expected[0][0] - expected[1][0])).toBeGreaterThan(1e-3);
    [all, named].forEach((origin, which) => {
      layers(origin).forEach((score, pixel) => {
        expect(score).toBeCloseTo(expected[which][pixel], 6);
      });
    });
  });
});
