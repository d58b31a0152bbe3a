import { describe, expect, it } from "vitest";
import type { InputErrorDetails } from "../../lib/src/errors";
import { parseManifest } from "../../lib/src/manifest/manifest-schema";
import { refusalOf } from "../support/refusal";
import { rightStudy } from "../support/study-folder";

const ORIGIN = { from: "samples", method: "singularity", element: "Au", spacings: [1, 3, 5] };

/** A manifest with samples of two elements and a layer made from them, changed. */
function manifestWith(samples: object, origin: object): string {
  const { manifest } = rightStudy();
  const sum = "0".repeat(64);
  manifest.files = Object.fromEntries(
    ["points.geojson", "faults.geojson", "samples.csv", "arsenic.tif"].map((file) => [file, sum]),
  );
  manifest.samples = {
    format: "csv",
    file: "samples.csv",
    easting: "X",
    northing: "Y",
    elements: [
      { element: "Au", column: "Au_ppb", unit: "ppb", detectionLimit: 0.2, upperLimit: 1000 },
      { element: "As", column: "As_ppm", unit: "ppm" },
    ],
    ...samples,
  };
  manifest.evidence[1].origin = { ...ORIGIN, ...origin };
  return JSON.stringify(manifest);
}

it("a manifest with samples is read as written; without, it has none", () => {
  const { samples, evidence } = parseManifest(manifestWith({ missing: [-9999, "NS"] }, {}), "m");
  expect(samples?.elements.map(({ element }) => element)).toEqual(["Au", "As"]);
  expect(samples?.missing).toEqual([-9999, "NS"]);
  expect(evidence[1].origin).toEqual(ORIGIN);
  const { manifest } = rightStudy();
  const sum = "0".repeat(64);
  manifest.files = { "points.geojson": sum, "faults.geojson": sum, "arsenic.tif": sum };
  expect(parseManifest(JSON.stringify(manifest), "m").samples).toBeNull();
});

describe("samples of a manifest are refused", () => {
  const wrong: [string, object, object, Partial<InputErrorDetails>][] = [
    [
      "with a unit that is none",
      { elements: [{ element: "Au", column: "Au", unit: "pbb" }] },
      {},
      { field: "samples.elements[0].unit", found: '"pbb"' },
    ],
    [
      "with an element twice",
      {
        elements: [
          { element: "Au", column: "Au", unit: "ppb" },
          { element: "Au", column: "Au2", unit: "ppb" },
        ],
      },
      {},
      { field: "samples.elements.element", found: '"Au" twice' },
    ],
    [
      "with limits the wrong way round",
      {
        elements: [{ element: "Au", column: "Au", unit: "ppb", detectionLimit: 2, upperLimit: 1 }],
      },
      {},
      { field: "samples.elements[0].upperLimit", found: "1" },
    ],
    [
      "with a field of another format",
      { format: "geojson" },
      {},
      { field: "samples.easting", found: "an unknown field" },
    ],
    [
      "when a layer asks for an element that was not measured",
      {},
      { element: "Hg" },
      { field: "evidence[1].origin.element", found: '"Hg"' },
    ],
    [
      "when windows do not grow",
      {},
      { spacings: [1, 5, 3] },
      { field: "evidence[1].origin.spacings", found: "[1,5,3]" },
    ],
    [
      "when a regression is asked for that there is not",
      {},
      { regression: "median" },
      { field: "evidence[1].origin.regression", found: '"median"' },
    ],
  ];
  it.each(wrong)("%s", async (_, samples, origin, expected) => {
    const details = await refusalOf(() =>
      parseManifest(manifestWith(samples, origin), "study.json"),
    );
    expect(details).toMatchObject({ kind: "manifest", file: "study.json", ...expected });
  });

  it("when a component is asked for that two elements have not", async () => {
    const text = manifestWith({}, { method: "principalComponent", component: 2 });
    const json = JSON.parse(text);
    json.evidence[1].origin = { from: "samples", method: "principalComponent", component: 2 };
    const details = await refusalOf(() => parseManifest(JSON.stringify(json), "study.json"));
    expect(details).toMatchObject({ field: "evidence[1].origin.component", found: "2" });
  });
});

describe("weights of categories in a manifest", () => {
  const origin = { from: "vectors", method: "categoryWeights", layer: "faults", property: "rock" };
  const parsed = (given: object) => {
    const json = JSON.parse(manifestWith({}, {}));
    json.evidence[1].origin = { ...origin, ...given };
    return parseManifest(JSON.stringify(json), "study.json");
  };

  it("are read as written", () => {
    const weights = { weights: { Greywacke: 0.7, "7": -1 }, others: 0 };
    expect(parsed(weights).evidence[1].origin).toEqual({ ...origin, ...weights });
  });

  it("are refused when there is none, or one is no number", async () => {
    const field = "evidence[1].origin.weights";
    expect(await refusalOf(() => parsed({ weights: {} }))).toMatchObject({ field });
    expect(await refusalOf(() => parsed({ weights: { Slate: "high" } }))).toMatchObject({
      field: `${field}.Slate`,
      found: '"high"',
    });
  });
});
