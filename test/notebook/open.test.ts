import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { parseGeojson } from "../../lib/src/formats/geojson";
import { bringFeatures } from "../../lib/src/import/bring-features";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { type Notebook, openNotebook } from "../../lib/src/notebook/open";
import { recordMetrics } from "../../lib/src/notebook/record";
import { usedParameters } from "../../lib/src/notebook/uses";
import { skipped } from "../../lib/src/skipped";
import { studySteps } from "../../lib/src/steps/flow";
import type { StepContext } from "../../lib/src/steps/step";
import { type ManifestJson, rightStudy, writeStudy } from "../support/study-folder";

const folder = mkdtempSync(join(tmpdir(), "open-"));
const variables = ["PROSPECTIVITY_DATA", "PROSPECTIVITY_RESULTS"] as const;
const before = variables.map((name) => process.env[name]);

/** A notebook open on a small study with another CRS, if one is given. */
async function opened(name: string, crs?: object): Promise<Notebook> {
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
    const brought = await bringFeatures("maps/targets.gpkg", results, new Map());
    const texts = [brought.bytes.get("targets.geojson")!, bytes("geojson")];
    for (const text of texts) {
      const { features, epsg } = parseGeojson(text.toString(), "targets.geojson");
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

it("what is on record is told up to the notebook itself, and nothing of those after it", async () => {
  const notebook = await opened("told");
  const metric = (id: string) => ({ value: 1, notebook: id, profile: "smoke", seed: 7 });
  const found = { before: metric("04-roc"), own: metric("07-trial"), after: metric("09-later") };
  recordMetrics(join(folder, "results", "told"), found);
  const told = notebook.recorded().find(({ id }) => id === "told");
  expect(Object.keys(told?.metrics ?? {}).sort()).toEqual(["before", "own"]);
});

describe("parameters", () => {
  it("that are changed stand in run.json and in every file of a figure", async () => {
    cpSync(writeStudy(rightStudy()), join(folder, "data", "changed"), { recursive: true });
    const notebook = await openNotebook("02-cae-variants", {
      ...{ study: "changed", profile: "smoke", epochs: 7, trees: 9 },
    });
    expect(notebook.parameters).toMatchObject({ epochs: 7, trees: 9 });
    const grid = { name: "a", geometry: notebook.study.geometry, values: new Float32Array(20) };
    await notebook.show(rasterMap({ title: "A map", grid, legend: "a" }), "a-map");
    const results = join(folder, "results", "changed");
    const { notebooks } = JSON.parse(readFileSync(join(results, "run.json"), "utf8"));
    const { changes, parameters } = notebooks["02-cae-variants"];
    // The notebook uses no trees, so that they do not concern it.
    expect(changes).toEqual([{ name: "epochs", from: 2, to: 7, by: "the notebook" }]);
    expect(parameters).toMatchObject({ study: "changed", epochs: 7, filters: [8, 4] });
    expect(parameters.trees).toBeUndefined();
    const svg = readFileSync(join(results, "figures", "a-map.svg"), "utf8");
    const [, record] = svg.match(/<metadata>(.*?)<\/metadata>/) ?? [];
    const found = JSON.parse(record);
    expect(found).toMatchObject({ study: "changed", notebook: "02-cae-variants", changes });
    expect(found.parameters).toEqual(parameters);
    expect(svg).toContain("Changed: epochs 7 instead of 2");
    const png = readFileSync(join(results, "figures", "a-map.png"));
    expect(decode(png).text?.Comment).toBe(record);
    expect(readFileSync(join(results, "figures", "a-map.pdf"), "latin1")).toContain("/Keywords");
  });

  it("of steps that are skipped are said in a sentence, and tables without rows too", async () => {
    const notebook = await opened("skips");
    const said: unknown[] = [];
    const jupyter = require("tslab/dist/jupyter");
    jupyter.lastWriteDisplayData = (message: { data: object }) => said.push(message.data);
    await notebook.show(skipped("there are no samples"), "variogram");
    notebook.table(skipped("there are no zones"), "by-zone");
    notebook.table([], "success-rate-areas");
    notebook.say(skipped("there is none"), null, ["One.", "Two."]);
    notebook.say(null);
    jupyter.lastWriteDisplayData = null;
    const synthetic = " *(Synthetic data.)*";
    expect(said.map((data) => (data as { "text/markdown": string })["text/markdown"])).toEqual([
      `*Variogram: skipped, because there are no samples.*${synthetic}`,
      `*By zone: skipped, because there are no zones.*${synthetic}`,
      `*Success rate areas: skipped, because there is nothing to list.*${synthetic}`,
      `*Skipped, because there is none.* One. Two.${synthetic}`,
    ]);
  });

  it("of a file that names neither step nor parameter for a notebook are refused", () => {
    const file = readMethod(join(__dirname, "../../notebooks/method.json"));
    const { method } = applyMethod(file, {});
    const steps = studySteps({ method, file } as StepContext);
    const of = (uses: readonly string[]) =>
      usedParameters({ ...file, notebooks: { "09-mine": uses } }, "09-mine", steps, method);
    expect(of(["trees", "patches"])).toEqual([
      ...["study", "profile", "seed", "coarsening", "percentiles", "patchSize", "trees"],
    ]);
    expect(() => of(["patchs"])).toThrow(/notebooks.09-mine: found "patchs".*Nearest: patches/);
    expect(usedParameters(file, "10-unknown", steps, method)).toHaveLength(49);
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
