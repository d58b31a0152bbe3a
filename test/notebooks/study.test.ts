import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNotebook } from "../../scripts/jupyter/notebook-file";
import { describeInBrowser, overflowing } from "../support/browser";

const root = join(__dirname, "../..");
const results = mkdtempSync(join(tmpdir(), "results-"));
const district = join(results, "murchison");
const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

function study(...options: string[]) {
  const script = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "scripts/study.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...script, ...options], {
    cwd: tmpdir(),
  });
  return { status, out: stdout.toString(), err: stderr.toString() };
}

interface Metric {
  readonly value: number;
  readonly interval?: readonly [number, number];
  readonly n?: number;
  readonly notebook: string;
}

function metrics(): Record<string, Metric> {
  return JSON.parse(readFileSync(join(district, "metrics.json"), "utf8"));
}

beforeAll(() => {
  const run = study("--study", "murchison", "--profile", "smoke", "--out", results);
  if (run.status !== 0) throw new Error(`${run.out}\n${run.err}`);
}, 900_000);

afterAll(() => rmSync(results, { recursive: true, force: true }));

describe("npm run study, smoke profile", () => {
  it("executes every notebook to its end", () => {
    expect(readdirSync(join(district, "notebooks")).sort()).toEqual(notebooks);
    for (const name of notebooks) {
      const { metadata } = readNotebook(join(district, "notebooks", name));
      expect(metadata.prospectivity).toEqual({ status: "ok" });
    }
  });

  it("prints nothing but what its cells show: no value that a cell ends with", () => {
    for (const name of notebooks) {
      const { cells } = readNotebook(join(district, "notebooks", name));
      const kinds = cells.flatMap(({ outputs = [] }) =>
        outputs.map((output) => output.output_type),
      );
      expect([...new Set(kinds)], name).toEqual(["display_data"]);
    }
  });

  it("writes report, figures in three formats, tables and maps, and nothing half", () => {
    const files = readdirSync(results, { recursive: true, encoding: "utf8" });
    expect(files.filter((name) => name.endsWith(".part"))).toEqual([]);
    expect(readFileSync(join(district, "report.html"), "utf8")).toContain(
      "7 The prospectivity map",
    );
    const figures = readdirSync(join(district, "figures"));
    const ids = [...new Set(figures.map((name) => name.replace(/\.\w+$/, "")))];
    expect(ids.length).toBeGreaterThanOrEqual(18);
    expect(figures.length).toBe(3 * ids.length);
    expect(readdirSync(join(district, "tables")).every((name) => name.endsWith(".csv"))).toBe(true);
    expect(readdirSync(join(district, "maps"))).toEqual(
      expect.arrayContaining(["prospectivity.tif", "targets.gpkg", "targets.geojson"]),
    );
  });

  it("has the headline numbers under their stable keys", () => {
    const found = metrics();
    for (const key of [
      "evidence.distanceToFault.auc",
      "cae.patchSize.24.correlation",
      "cae.stability.baseAndLong",
      "cae.stability.seed",
      "ablation.distanceToFault.correlationWithAll",
      "ablation.concordance",
      "cae.error.auc.main",
      "roc.without.distanceToFault.main.auc",
      "baseline.bestLayer.auc",
      "baseline.pcaError.auc",
      "cnn.15-15.areaShareAtHalf",
      "summary.classifier.areaShare",
      "successRate.cnn.main.area",
      "successRate.cnn.main.area.outOfSample",
      "successRate.rf.all.area",
      "successRate.maxEnt.main.area.outOfSample",
      "targets.areaShare",
      "map.newAreaShare",
      "methods.rf.outOfFold.auc",
      "weights.ratio",
    ]) {
      expect(found[key]?.value, key).toBeGreaterThan(0);
      expect(found[key].value, key).toBeLessThan(1);
      expect(notebooks).toContain(`${found[key].notebook}.ipynb`);
    }
    // Notebooks 04 and 12 judge the same errors by the same occurrences.
    expect(found["methods.cae.inSample.auc"]).toMatchObject({
      value: found["cae.error.auc.main"].value,
      interval: found["cae.error.auc.main"].interval,
    });
    // spatstat at 500 m; pixels of 2 km move a deposit by up to 1.4 km.
    expect(Math.abs(found["evidence.distanceToFault.auc"].value - 0.8873)).toBeLessThan(0.02);
    expect(found["evidence.distanceToFault.auc"].n).toBe(255);
    const [low, high] = found["baseline.bestLayer.auc"].interval ?? [];
    expect(low).toBeLessThan(found["baseline.bestLayer.auc"].value);
    expect(high).toBeGreaterThan(found["baseline.bestLayer.auc"].value);
  });

  it("records versions, seeds, hashes of inputs, backend and durations", () => {
    const run = JSON.parse(readFileSync(join(district, "run.json"), "utf8"));
    expect(Object.keys(run.durations)).toEqual(notebooks.map((name) => name.replace(".ipynb", "")));
    expect(run.inputs).toHaveLength(3);
    const manifest = JSON.parse(readFileSync(join(root, "data/murchison/study.json"), "utf8"));
    for (const { path, sha256 } of run.inputs) expect(sha256).toBe(manifest.files[path]);
    expect(run.notebooks["04-roc"].parameters).toMatchObject({ seed: 20201204, epochs: 2 });
    expect(run.notebooks["04-roc"].backend.name).toMatch(/wasm|native/);
  });

  it("run again, has no notebook to run: each tells of those before it alone", () => {
    const before = readFileSync(join(district, "metrics.json"));
    const again = study("--study", "murchison", "--profile", "smoke", "--out", results);
    expect(again.status, again.err).toBe(0);
    const kept = notebooks.map((name) => name.replace(".ipynb", ": kept, nothing has changed"));
    expect(kept.filter((words) => !again.out.includes(words))).toEqual([]);
    expect(readFileSync(join(district, "metrics.json")).equals(before)).toBe(true);
  });

  it("run again with one notebook, takes everything from the run store and says the same", () => {
    const before = metrics();
    const again = study(
      "--study",
      "murchison",
      "--profile",
      "smoke",
      "--only",
      "04",
      "--out",
      results,
    );
    expect(again.status).toBe(0);
    expect(metrics()).toEqual(before);
    const text = JSON.stringify(readNotebook(join(district, "notebooks/04-roc.ipynb")));
    expect(text).toContain("from the run store");
    expect(text).not.toContain("epoch 1/2");
  });

  it("a parameter that is set for a run stands in notebook, report, record and figures", () => {
    const other = mkdtempSync(join(tmpdir(), "set-"));
    const options = ["--study", "murchison", "--profile", "smoke", "--only", "01"];
    const run = study(...options, "--set", "framePixels=60", "--out", other);
    expect(run.status, run.err).toBe(0);
    const folder = join(other, "murchison");
    const words = "framePixels 60 instead of 5000, set by the command line";
    expect(readFileSync(join(folder, "notebooks/01-correlation.ipynb"), "utf8")).toContain(words);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain(
      `<strong>Changed parameters:</strong> ${words}.`,
    );
    const record = JSON.parse(readFileSync(join(folder, "run.json"), "utf8"));
    expect(record.notebooks["01-correlation"].parameters.framePixels).toBe(60);
    const [figure] = readdirSync(join(folder, "figures")).filter((name) => name.endsWith(".svg"));
    expect(readFileSync(join(folder, "figures", figure), "utf8")).toContain('"framePixels":60');
    rmSync(other, { recursive: true });
  });

  it("another seed trains anew and gives another error, the evidence stays", () => {
    const before = metrics();
    const other = mkdtempSync(join(tmpdir(), "seed-"));
    const options = ["--study", "murchison", "--profile", "smoke", "--only", "00,06"];
    expect(study(...options, "--seed", "7", "--out", other).status).toBe(0);
    const found = JSON.parse(readFileSync(join(other, "murchison/metrics.json"), "utf8"));
    const layer = "evidence.distanceToFault.auc";
    expect(found[layer].value).toBe(before[layer].value);
    expect(found["cae.error.successRateAuc"].value).not.toBe(
      before["cae.error.successRateAuc"].value,
    );
    expect(found["cae.error.successRateAuc"].seed).toBe(7);
    rmSync(other, { recursive: true });
  }, 300_000);
});

describeInBrowser("the report of a whole run", (visit) => {
  const widths = [1300, 360].map((width) => ({ viewport: { width, height: 900 } }));

  it.each(widths)(
    "%j: every chart can be pointed at, nothing is too wide, no error",
    async (size) => {
      const { page, errors } = await visit(pathToFileURL(join(district, "report.html")).href, size);
      expect(await page.locator(".chapter").count()).toBe(notebooks.length + 1);
      expect(await page.locator("header .absent, header .missing").count()).toBe(0);
      expect(await page.locator("header").textContent()).toContain("This is the smoke profile");
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>(".chapter > details"))
          details.open = true;
      });
      const charts = await page.locator("figure[data-spec]").all();
      expect(charts.length).toBeGreaterThanOrEqual(18);
      for (const chart of charts) {
        await chart.hover();
        await chart.locator(".interactive:not([hidden]) svg.marks").waitFor();
      }
      expect(await overflowing(page, "figure")).toEqual([]);
      expect(await overflowing(page, "main")).toEqual([]);
      expect(errors).toEqual([]);
    },
  );
});

describe("a study made from samples, by its first notebooks", () => {
  const generated = mkdtempSync(join(tmpdir(), "generated-"));
  const folder = join(generated, "hezuo-synthetic");

  beforeAll(() => {
    const options = ["--study", "hezuo-synthetic", "--profile", "smoke", "--only", "00,01"];
    const run = study(...options, "--out", generated);
    if (run.status !== 0) throw new Error(`${run.out}\n${run.err}`);
  }, 300_000);

  afterAll(() => rmSync(generated, { recursive: true, force: true }));

  it("counts its samples and says how well they are interpolated and how far Table 1 agrees", () => {
    const found: Record<string, Metric> = JSON.parse(
      readFileSync(join(folder, "metrics.json"), "utf8"),
    );
    expect(found["evidence.samples.n"].value).toBe(9041);
    const [mean, inverse, kriging] = ["mean", "inverseDistance", "kriging"].map(
      (method) => found[`evidence.interpolation.${method}.rmse`],
    );
    for (const { value, interval = [0, 0], n } of [inverse, kriging]) {
      expect(value).toBeLessThan(mean.value);
      expect(interval[0]).toBeLessThan(value);
      expect(interval[1]).toBeGreaterThan(value);
      expect(n).toBe(9041);
    }
    expect(found["evidence.correlation.rankWithPublished"]).toMatchObject({ n: 36 });
    expect(found["evidence.correlation.rankWithPublished"].value).toBeGreaterThan(0.5);
    expect(found["evidence.correlation.signsAgree"]).toMatchObject({ n: 34 });
    expect(found["evidence.correlation.frameDifference"].value).toBeLessThan(1e-3);
  });

  it("keeps tables and maps of the steps that need samples, and says synthetic beside them", () => {
    const tables = readdirSync(join(folder, "tables"));
    for (const name of ["sample-quality", "published-counts", "component-loadings", "variogram"]) {
      expect(tables).toContain(`${name}.csv`);
    }
    expect(readdirSync(join(folder, "maps"))).toContain("singularity.tif");
    const text = readFileSync(join(folder, "notebooks/01-correlation.ipynb"), "utf8");
    expect(text).toContain("This agreement is no finding");
    expect(text).not.toMatch(/reproduc/i);
  });

  it("while a study without samples says which steps it skips", () => {
    const text = readFileSync(join(district, "notebooks/00-evidence.ipynb"), "utf8");
    expect(text).toContain(
      "Singularity: skipped, because study murchison has no geochemical samples",
    );
    expect(text).not.toContain("synthetic data)");
    expect(metrics()["evidence.samples.n"]).toBeUndefined();
  });
});

describe("npm run study refuses", () => {
  it.each([
    [["--study", "atlantis"], /--study atlantis: .*murchison/],
    [["--profile", "fast"], /--profile fast: expected paper or smoke/],
    [["--seed", "1.5"], /--seed 1.5: expected a whole number/],
    [["--set", "epoch=3"], /--set: found "epoch".*Nearest: epochs/],
    [["--set", "epochs=none"], /epochs: found "none"/],
    [["--set", "epochs"], /--set epochs: expected a name, = and a value/],
    [["--set", "study=murchison"], /--set study: --study sets it/],
    [["--only", "99"], /--only 99: expected numbers of 00-evidence/],
    [["--time-limit", "-3"], /--time-limit|expects|argument/],
  ])("%s", (options, message) => {
    const { status, err } = study(...options);
    expect(status).not.toBe(0);
    expect(err).toMatch(message);
  });

  it("a results folder that cannot be written, before anything runs", () => {
    const file = join(mkdtempSync(join(tmpdir(), "blocked-")), "file");
    writeFileSync(file, "");
    const { status, err, out } = study("--profile", "smoke", "--out", join(file, "results"));
    expect(status).toBe(1);
    expect(err).toMatch(/expected a folder for results that can be written.*--out/);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).not.toContain("00-evidence");
    expect(existsSync(join(file, "results"))).toBe(false);
  });
});
