import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Notebook, openNotebook } from "../../lib/src/notebook/open";
import type { CommonParameters } from "../../lib/src/notebook/parameters";
import { parseGeojson } from "../../lib/src/study/geojson";
import { readGeopackage } from "../../lib/src/study/geopackage";
import { type ManifestJson, rightStudy, writeStudy } from "../support/study-folder";

const folder = mkdtempSync(join(tmpdir(), "open-"));
const variables = ["PROSPECTIVITY_DATA", "PROSPECTIVITY_RESULTS"] as const;
const before = variables.map((name) => process.env[name]);

/** A notebook open on a small study with another CRS, if one is given. */
async function opened(name: string, crs?: object): Promise<Notebook<CommonParameters>> {
  const study = rightStudy();
  if (crs !== undefined) (study.manifest as ManifestJson).crs = crs;
  cpSync(writeStudy(study), join(folder, "data", name), { recursive: true });
  return openNotebook("07-trial", { study: name, profile: "smoke", seed: 7 });
}

beforeAll(() => {
  process.env.PROSPECTIVITY_DATA = join(folder, "data");
  process.env.PROSPECTIVITY_RESULTS = join(folder, "results");
});

afterAll(() => {
  for (const [at, name] of variables.entries()) {
    if (before[at] === undefined) delete process.env[name];
    else process.env[name] = before[at];
  }
  rmSync(folder, { recursive: true });
});

describe("areas that a notebook keeps", () => {
  const ring = [
    [100, 100],
    [300, 100],
    [300, 200],
    [100, 200],
    [100, 100],
  ];
  const areas = [
    { polygons: [[Float64Array.from(ring.flat())]], properties: { rank: 1, name: "north" } },
  ];

  it("come back from both files as they were, and are on record", async () => {
    const notebook = await opened("local");
    expect(await notebook.saveAreas(areas, "targets")).toEqual([
      "maps/targets.gpkg",
      "maps/targets.geojson",
    ]);
    const results = join(folder, "results", "local");
    const bytes = (kind: string) => readFileSync(join(results, "maps", `targets.${kind}`));
    const files = [
      await readGeopackage(bytes("gpkg"), "targets.gpkg", undefined),
      parseGeojson(bytes("geojson").toString(), "targets.geojson"),
    ];
    for (const { features, epsg } of files) {
      expect(epsg).toBe(32750);
      expect(features).toHaveLength(1);
      expect(features[0].properties).toMatchObject({ rank: 1, name: "north" });
      // One polygon of one ring, of whatever start; 200 by 100 m.
      const [[found]] = features[0].coordinates as number[][][][];
      expect(found.map((corner) => corner.join()).sort()).toEqual(
        ring.map((corner) => corner.join()).sort(),
      );
    }
    const record = JSON.parse(readFileSync(join(results, "run.json"), "utf8"));
    expect(record.notebooks["07-trial"].files).toEqual([
      "maps/targets.gpkg",
      "maps/targets.geojson",
    ]);
  });

  it("of a CRS without an EPSG code are no GeoJSON, and none are no file", async () => {
    const notebook = await opened("mine", { epsg: null, name: "mine grid, metres" });
    expect(await notebook.saveAreas(areas, "targets")).toEqual(["maps/targets.gpkg"]);
    expect(await notebook.saveAreas([], "others")).toEqual([]);
  });
});

describe("metrics", () => {
  it("keep value, interval and count, and not the resamples that an estimate carries", async () => {
    const notebook = await opened("metrics");
    const estimate = {
      value: 0.5,
      interval: [0.4, 0.6],
      resampled: new Float64Array(2000),
    } as const;
    notebook.metric("a.number", { ...estimate, n: 12 });
    const text = readFileSync(join(folder, "results", "metrics", "metrics.json"), "utf8");
    expect(JSON.parse(text)["a.number"]).toEqual({
      ...{ value: 0.5, interval: [0.4, 0.6], n: 12 },
      ...{ notebook: "07-trial", profile: "smoke", seed: 7 },
    });
  });
});
