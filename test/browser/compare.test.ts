import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNotebook, sourceOf } from "../../scripts/jupyter/notebook-file";
import { describeInBrowser, overflowing } from "../support/browser";
import { stackOf } from "../support/stacks";
import { rasterBytes, rightStudy, writeStudy } from "../support/study-folder";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "variants-"));
const results = join(folder, "results");
const [usual, other] = ["epochs-2", "epochs-3"].map((name) => join(results, "variants", name));
const compared = join(results, "compare", "epochs-2+epochs-3");

/** A generated district of two layers, 12 by 12 patches and eight occurrences. */
function smallDistrict(): string {
  const size = 144;
  const study = rightStudy();
  const values = Array.from({ length: size * size }, (_, at) => {
    const [across, down] = [at % size, Math.floor(at / size)];
    return Math.sin(across / 7) * Math.cos(down / 5) + Math.sin(at) / 9;
  });
  const places = [5, 19, 33, 47, 66, 80, 97, 131].map((patch) => [
    1200 * (patch % 12) + 630,
    1200 * Math.floor(patch / 12) + 630,
  ]);
  study.files["points.geojson"] = JSON.stringify({
    type: "FeatureCollection",
    features: places.map((coordinates, at) => ({
      ...{ type: "Feature", properties: { id: `shaft ${at}` } },
      geometry: { type: "Point", coordinates },
    })),
  });
  study.files["arsenic.tif"] = rasterBytes(stackOf(size, size, { arsenic: values }));
  study.manifest.region = { west: 0, east: 100 * size, south: 0, north: 100 * size };
  return writeStudy(study);
}

function study(...options: string[]): string {
  const script = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "scripts/study.ts")];
  const common = ["--study", "made", "--profile", "smoke", "--out", results];
  const env = { ...process.env, PROSPECTIVITY_DATA: join(folder, "data") };
  const run = spawnSync(process.execPath, [...script, ...common, ...options], {
    ...{ cwd: tmpdir(), env, encoding: "utf8" },
  });
  expect(run.status, `${run.stdout}\n${run.stderr}`).toBe(0);
  return run.stdout;
}

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));

let said: string;

beforeAll(() => {
  cpSync(smallDistrict(), join(folder, "data", "made"), { recursive: true });
  study("--only", "07");
  said = study("--set", "epochs=2,3", "--sweep");
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a sweep over a small district", () => {
  it("takes over from the default what sets the same, and runs what sets otherwise", () => {
    expect(said).toContain("07-prospectivity-map: taken over from");
    expect(said).toContain("made, variant epochs-2: ran 0 of 1 notebooks");
    expect(said).toContain("made, variant epochs-3: ran 1 of 1 notebooks");
    const metrics = json(join(results, "made", "metrics.json"));
    expect(json(join(usual, "made", "metrics.json"))).toEqual(metrics);
    expect(json(join(other, "made", "metrics.json"))).not.toEqual(metrics);
  });

  it("names the variant in record, report and figures of what it changed", () => {
    const run = json(join(other, "made", "run.json"));
    expect(run.variant).toEqual({ name: "epochs-3", profile: "smoke", settings: { epochs: 3 } });
    expect(run.notebooks["07-prospectivity-map"].changes).toEqual([
      { name: "epochs", from: 2, to: 3, by: "variant epochs-3" },
    ]);
    expect(json(join(usual, "made", "run.json")).variant.name).toBe("epochs-2");
    expect(readFileSync(join(other, "made", "report.html"), "utf8")).toContain(
      "<title>A small study, variant epochs-3</title>",
    );
    const svg = readFileSync(join(other, "made", "figures", "prospectivity-map.svg"), "utf8");
    expect(svg).toContain("set by variant epochs-3");
  });

  it("shares one run store, and is no study of its own to the default's notebooks", () => {
    expect(existsSync(join(other, ".runs"))).toBe(false);
    // One of the default's epochs and one of the variant's.
    const trained = readdirSync(join(results, ".runs", "autoencoder"));
    expect(trained.filter((name) => name.endsWith(".run"))).toHaveLength(2);
    expect(existsSync(join(results, "variants", "metrics.json"))).toBe(false);
  });

  it("ends with a comparison, whose notebook can be run again by hand", () => {
    const { cells, metadata } = readNotebook(join(compared, "made", "compare.ipynb"));
    expect(metadata.prospectivity).toEqual({ status: "ok" });
    expect(sourceOf(cells[1])).toContain('openComparison("made", ["epochs-2","epochs-3"])');
    const metrics = json(join(compared, "made", "metrics.json"));
    const [first, second] = ["epochs-2", "epochs-3"].map(
      (name) => metrics[`${name}.error.auc`].value,
    );
    expect(metrics["epochs-3.error.auc.difference"].value).toBeCloseTo(second - first, 12);
    const names = readdirSync(join(compared, "made", "figures"));
    expect(names).toContain("error-differences.svg");
  });
});

describeInBrowser("a comparison's page", (visit) => {
  const url = () => pathToFileURL(join(compared, "compare.html")).href;

  it.each([1300, 360])(
    "says it all at %i px, and nothing is wider than its frame",
    async (width) => {
      const { page, errors, requests } = await visit(url(), { viewport: { width, height: 900 } });
      const head = await page.locator("header").textContent();
      expect(head).toContain("synthetic, generated; not the district of the paper");
      expect(head).toContain("held against epochs-2. They differ in epochs");
      expect(head).toContain("no difference from epochs-2 is larger than chance");
      expect(head).toContain("Choosing a variant by these numbers looks at the occurrences");
      expect(await page.locator("header table").count()).toBe(2);
      // Chapters and code fold, and what is folded has no width.
      await page.evaluate(() => {
        for (const folded of document.querySelectorAll("details")) folded.open = true;
      });
      const figures = await page.locator("figure").all();
      expect(figures.length).toBeGreaterThanOrEqual(9);
      for (const figure of figures) await figure.scrollIntoViewIfNeeded();
      expect(await overflowing(page, "figure")).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
      expect(errors).toEqual([]);
      expect(requests.filter((each) => !/^(file|data|blob):/.test(each))).toEqual([]);
    },
  );
});
