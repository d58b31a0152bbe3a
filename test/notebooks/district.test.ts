import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readNotebook } from "../../scripts/jupyter/notebook-file";
import { stackOf } from "../support/stacks";
import { rasterBytes, rightStudy, writeStudy } from "../support/study-folder";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "district-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An oval of one layer, of which nothing is held favourable, with one occurrence in its middle. */
function poorDistrict(): string {
  const [width, height] = [150, 144];
  const values = Array.from({ length: width * height }, (_, at) => {
    const [across, down] = [at % width, Math.floor(at / width)];
    const isInside =
      (2 * across - width) ** 2 / width ** 2 + (2 * down - height) ** 2 / height ** 2 < 1;
    return isInside ? Math.sin(across / 7) * Math.cos(down / 5) + Math.sin(at) / 9 : Number.NaN;
  });
  const study = rightStudy();
  const point = { type: "Point", coordinates: [7530, 7230] };
  const feature = { type: "Feature", properties: { id: "only shaft" }, geometry: point };
  study.files["points.geojson"] = JSON.stringify({
    type: "FeatureCollection",
    features: [feature],
  });
  study.files["arsenic.tif"] = rasterBytes(stackOf(height, width, { arsenic: values }));
  study.manifest.region = { west: 0, east: 100 * width, south: 0, north: 100 * height };
  study.manifest.evidence = study.manifest.evidence.slice(0, 1);
  return writeStudy(study);
}

it("every notebook runs on a small district of one layer and one occurrence, and says what it skips", () => {
  cpSync(poorDistrict(), join(folder, "data", "poor"), { recursive: true });
  const script = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "scripts/study.ts")];
  const options = ["--study", "poor", "--profile", "smoke", "--out", join(folder, "results")];
  const env = { ...process.env, PROSPECTIVITY_DATA: join(folder, "data") };
  const run = spawnSync(process.execPath, [...script, ...options], { cwd: tmpdir(), env });
  expect(run.status, `${run.stdout}\n${run.stderr}`).toBe(0);
  const results = join(folder, "results", "poor");
  const notebooks = readdirSync(join(results, "notebooks")).sort();
  expect(notebooks).toHaveLength(13);
  const said = notebooks.map((name) => {
    const { cells, metadata } = readNotebook(join(results, "notebooks", name));
    expect(metadata.prospectivity).toEqual({ status: "ok" });
    return JSON.stringify(cells.map(({ outputs }) => outputs));
  });
  for (const name of readdirSync(join(results, "tables"))) {
    expect(readFileSync(join(results, "tables", name), "utf8"), name).not.toMatch(/NaN|Infinity/);
  }
  expect(said[0]).toContain("pixels 1 instead of 4 times as wide");
  expect(said[1]).toContain("and so no pairs");
  expect(said[3]).toContain("the only one cannot be left out");
  expect(said[4]).toContain("intervals are 0 to 1");
  expect(said[6]).toContain("Success rate folds: skipped, because too few patches");
  expect(said[6]).toContain("skipped, because there are no folds to score out of sample");
  expect(said[9]).toContain("skipped, because too few patches of study poor hold an occurrence");
  expect(said[10]).toContain("skipped, because too few patches of study poor hold an occurrence");
  expect(said[11]).toContain("The only layer, AS, has all of the score");
  expect(said[12]).toContain("No ground could be held out");
  expect(said[12]).toContain("skipped, because too few patches of study poor hold an occurrence");
}, 900_000);
