import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { deriveEvidence } from "../../lib/src/evidence/derive";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { buildStudy } from "../../lib/src/import/build";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import { loadStudy } from "../../lib/src/study/load";
import { refusalOf } from "../support/refusal";
import { stackOf } from "../support/stacks";
import { type ManifestJson, rasterBytes, rightStudy, writeStudy } from "../support/study-folder";

const reference = JSON.parse(
  readFileSync(join(__dirname, "../reference/evidence/element-grids.json"), "utf8"),
) as {
  readonly grids: Readonly<Record<string, number[]>>;
  readonly alpha: readonly number[];
  readonly scores: readonly number[][];
};

type Values = Readonly<Record<string, readonly number[]>>;

/** A study of 9 x 9 pixels of 100 m whose evidence comes from element grids on the same pixels. */
function gridStudy(
  origins: readonly Record<string, unknown>[],
  {
    values = reference.grids,
    grids = {},
    change = {},
  }: {
    readonly values?: Values;
    readonly grids?: object;
    readonly change?: Partial<ManifestJson>;
  } = {},
) {
  const { manifest, files } = rightStudy();
  const { "points.geojson": points } = files;
  const tifs = Object.entries(values).map(([element, band]) => [
    `Idw_${element}.tif`,
    rasterBytes(stackOf(9, 9, { band })),
  ]);
  const elements = Object.keys(values).map((element) => ({
    ...{ element, file: `Idw_${element}.tif`, band: 1 },
  }));
  return writeStudy({
    manifest: {
      ...manifest,
      region: { west: 0, east: 900, south: 0, north: 900 },
      ...{ vectors: [], drawn: [], grids: { elements, ...grids } },
      evidence: origins.map((origin, at) => ({
        ...{ id: `layer${at}`, label: `L${at}`, title: "made", unit: "", favourable: null },
        origin: { from: "grids", ...origin },
      })),
      ...change,
    },
    files: { "points.geojson": points, ...Object.fromEntries(tifs) },
  });
}

const derived = async (folder: string, pixelSize?: number) =>
  deriveEvidence(await loadStudy(folder), pixelSize === undefined ? {} : { pixelSize });

const singularity = { method: "singularity", element: "Au", pixels: [1, 3, 5] };
const closeTo = (found: Float32Array, expected: readonly number[]) => {
  expect(found.length).toBe(expected.length);
  found.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at], 5);
  });
};

describe("evidence from element grids, against numpy", () => {
  it("singularity, edge windows by what lies inside", async () => {
    const folder = gridStudy([{ ...singularity, statistic: "index" }, singularity]);
    const { bands } = await derived(folder);
    closeTo(bands[0].values, reference.alpha);
    closeTo(
      bands[1].values,
      reference.alpha.map((alpha) => 2 - alpha),
    );
  });

  it("principal components of log-ratios over pixels, whatever the units", async () => {
    const values = { ...reference.grids, As: reference.grids.As.map((ppm) => 1000 * ppm) };
    const components = [1, 2].map((component) => ({ method: "principalComponent", component }));
    const { bands } = await derived(gridStudy(components, { values }));
    closeTo(bands[0].values, reference.scores[0]);
    closeTo(bands[1].values, reference.scores[1]);
  });

  it("values and their logarithms", async () => {
    const value = { method: "value", element: "Cu" };
    const { bands } = await derived(gridStudy([value, { ...value, transform: "log" }]));
    closeTo(bands[0].values, reference.grids.Cu);
    closeTo(bands[1].values, reference.grids.Cu.map(Math.log));
  });

  it("on the grid's own pixels first: a wider pixel has the mean of what it covers", async () => {
    const { bands } = await derived(gridStudy([singularity]), 300);
    const [at, block] = [
      4,
      [3, 4, 5].flatMap((row) => [3, 4, 5].map((column) => 9 * row + column)),
    ];
    const mean = block.reduce((sum, pixel) => sum + 2 - reference.alpha[pixel], 0) / 9;
    expect(bands[0].values[at]).toBeCloseTo(mean, 5);
  });
});

describe("element grids that cannot serve", () => {
  const zeros = {
    ...reference.grids,
    Au: reference.grids.Au.map((gold, at) => (at < 2 ? -at : gold)),
  };

  it("with zeros and negative numbers are refused with their share, unless these are missing", async () => {
    expect(
      await refusalOf(() => derived(gridStudy([singularity], { values: zeros }))),
    ).toMatchObject({
      ...{ file: "Idw_Au.tif", field: "element grid of Au" },
      found: "2 pixels (2.5 %) of zero or less, such as 0",
    });
    const told = gridStudy([singularity], { values: zeros, grids: { notPositive: "missing" } });
    const { bands } = await derived(told);
    expect([...bands[0].values.subarray(0, 3)].map(Number.isNaN)).toEqual([true, true, false]);
  });

  it("with one value, or none in the region, are refused", async () => {
    const flat = { ...reference.grids, Au: reference.grids.Au.map(() => 3) };
    expect(
      await refusalOf(() => derived(gridStudy([singularity], { values: flat }))),
    ).toMatchObject({
      found: "3 in every pixel",
    });
    const away = { region: { west: 5000, east: 5900, south: 0, north: 900 } };
    expect(
      await refusalOf(() => derived(gridStudy([singularity], { change: away }))),
    ).toMatchObject({ field: "element grid Au", found: expect.stringMatching(/covers 0 to 900/) });
  });

  it("of components must lie on one another", async () => {
    const folder = gridStudy([{ method: "principalComponent", component: 1 }]);
    const geometry = gridOverRegion({ west: 50, east: 950, south: 0, north: 900 }, 100, {
      ...{ epsg: 32750, name: "test" },
    });
    const values = Float32Array.from(reference.grids.Cu);
    writeGeoTiff(join(folder, "Idw_Cu.tif"), {
      geometry,
      bands: [{ name: "b", geometry, values }],
    });
    const { files, ...manifest } = JSON.parse(readFileSync(join(folder, "study.json"), "utf8"));
    const again = { manifest: { ...manifest, files: {} }, files: {} as Record<string, Buffer> };
    for (const file of Object.keys(files)) again.files[file] = readFileSync(join(folder, file));
    expect(await refusalOf(() => derived(writeStudy(again)))).toMatchObject({
      ...{ file: "Idw_Cu.tif", field: "grid" },
      expected: expect.stringMatching(/that of Idw_Au.tif/),
    });
  });

  it("even windows, unknown elements and two grids of one element are refused by the manifest", async () => {
    const even = gridStudy([{ ...singularity, pixels: [1, 2, 5] }]);
    expect((await refusalOf(() => loadStudy(even))).field).toBe("evidence[0].origin.pixels");
    const unknown = gridStudy([{ ...singularity, element: "Hg" }]);
    expect((await refusalOf(() => loadStudy(unknown))).expected).toMatch(/Au, As, Cu/);
  });
});

describe("new-study with element grids", () => {
  const folder = mkdtempSync(join(tmpdir(), "element-grids-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("takes elements from names, makes singularities and components, and needs no samples", async () => {
    for (const [element, band] of Object.entries(reference.grids)) {
      writeGeoTiff(join(folder, `Idw_${element}.tif`), stackOf(9, 9, { "band 1": band }));
    }
    const { "points.geojson": points } = rightStudy().files;
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(folder, "points.geojson"), points);
    const files = ["Au", "As", "Cu"].flatMap((one) => ["--element-grid", `Idw_${one}.tif`]);
    const line = ["own", ...files, "--occurrences", "points.geojson", "--commodity", "Au"];
    const { name, wishes } = readCommand(line)!;
    const draft = await draftStudy(name, wishes, folder);
    expect(draft.notes).toContain("Idw_Au.tif: band 1 taken as Au");
    const { check } = await buildStudy(join(folder, "data"), name, draft, {
      ...{ replace: false, draft: true },
    });
    expect(check.study?.evidence.map(({ label, favourable }) => [label, favourable])).toEqual([
      ["Au", "high"],
      ["As", null],
      ["Cu", null],
      ["PC1", null],
      ["PC2", null],
    ]);
  });

  it("a name without an element is refused, and --element-of says it", async () => {
    writeGeoTiff(join(folder, "gold.tif"), stackOf(9, 9, { "band 1": reference.grids.Au }));
    const line = [
      "own",
      "--element-grid",
      "gold.tif",
      "--occurrences",
      "points.geojson",
      "--commodity",
      "Au",
    ];
    const wishes = (more: readonly string[]) => readCommand([...line, ...more])!.wishes;
    expect(await refusalOf(() => draftStudy("own", wishes([]), folder))).toMatchObject({
      ...{ file: "gold.tif", found: 'none in the name "gold"' },
    });
    const { manifest } = await draftStudy("own", wishes(["--element-of", "gold.tif=Au"]), folder);
    expect(manifest.grids?.elements).toEqual([{ element: "Au", file: "gold.tif", band: 1 }]);
  });
});
