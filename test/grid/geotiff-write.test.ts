import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromFile } from "geotiff";
import { describe, expect, it } from "vitest";
import { InputError } from "../../lib/src/errors";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { createGeoTiff, writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import { pixelCentre } from "../../lib/src/grid/grid";
import { LEVELS_STACK, WRITTEN_PROVENANCE, WRITTEN_STACK } from "./written-stack";

const reference = join(__dirname, "../reference/grid");
const hasGdal = spawnSync("gdalinfo", ["--version"]).status === 0;
const gdalTitle = hasGdal ? "" : " (skipped: GDAL is not installed)";

interface GdalInfo {
  readonly size: number[];
  readonly geoTransform: number[];
  readonly coordinateSystem: { readonly wkt: string };
  readonly metadata: { readonly "": Record<string, string> };
  readonly bands: readonly { description: string; type: string; noDataValue: unknown }[];
}

function expectFaithful(info: GdalInfo): void {
  expect(info.size).toEqual([3, 2]);
  expect(info.geoTransform).toEqual([...WRITTEN_STACK.geometry.transform]);
  expect(info.coordinateSystem.wkt).toMatch(/ID\["EPSG",32750\]\]$/);
  expect(info.metadata[""]).toMatchObject({ ...WRITTEN_PROVENANCE, AREA_OR_POINT: "Area" });
  expect(info.bands.map(({ description, type }) => [description, type])).toEqual([
    ["DTF", "Float32"],
    ["κ <As & Sb>", "Float32"],
  ]);
  expect(info.bands.map(({ noDataValue }) => noDataValue)).toEqual(["NaN", "NaN"]);
}

function expectValues(band: number, xyz: string): void {
  const rows = xyz.trim().split("\n");
  expect(rows.length).toBe(6);
  rows.forEach((row, pixel) => {
    const [easting, northing, value] = row.split(" ").map(Number);
    const centre = pixelCentre(WRITTEN_STACK.geometry, Math.floor(pixel / 3), pixel % 3);
    expect({ easting, northing }).toEqual(centre);
    expect(Math.fround(value)).toBe(WRITTEN_STACK.bands[band - 1].values[pixel]);
  });
}

/** Sizes of the levels, and what stands in the metadata. */
async function structureOf(path: string) {
  const tiff = await fromFile(path);
  const levels = [];
  for (let index = 0; index < (await tiff.getImageCount()); index++) {
    const image = await tiff.getImage(index);
    levels.push([image.getWidth(), image.getHeight(), image.getTileWidth()]);
  }
  const metadata = await (await tiff.getImage()).fileDirectory.loadValue("GDAL_METADATA");
  await tiff.close();
  return { levels, metadata };
}

describe("writeGeoTiff", () => {
  it("writes the file of which GDAL's reading is recorded, and the record is what we meant", async () => {
    const folder = mkdtempSync(join(tmpdir(), "geotiff-"));
    writeGeoTiff(join(folder, "written.tif"), WRITTEN_STACK, { provenance: WRITTEN_PROVENANCE });
    writeGeoTiff(join(folder, "written-levels.tif"), LEVELS_STACK);
    for (const name of ["written.tif", "written-levels.tif"]) {
      const recorded = join(reference, name);
      expect(await readGeoTiff(join(folder, name))).toEqual(await readGeoTiff(recorded));
      expect(await structureOf(join(folder, name))).toEqual(await structureOf(recorded));
    }
    expectFaithful(JSON.parse(readFileSync(join(reference, "written.gdalinfo.json"), "utf8")));
    for (const band of [1, 2]) {
      expectValues(band, readFileSync(join(reference, `written.band${band}.xyz`), "utf8"));
    }
  });

  it("GDAL's validator takes both files for cloud-optimised GeoTIFFs", () => {
    const verdicts = readFileSync(join(reference, "written.validated.txt"), "utf8");
    expect(verdicts.match(/^.* is a valid cloud optimized GeoTIFF$/gm)).toEqual([
      "written.tif is a valid cloud optimized GeoTIFF",
      "written-levels.tif is a valid cloud optimized GeoTIFF",
    ]);
    expect(verdicts).not.toMatch(/warning|error|invalid/i);
  });

  it("overviews, as GDAL lists the second, are means of the data pixels that they cover", () => {
    const { bands, geometry } = LEVELS_STACK;
    const listed = readFileSync(join(reference, "written-levels.overview.xyz"), "utf8").trim();
    listed.split("\n").forEach((line, at) => {
      const [top, left] = [4 * Math.floor(at / 6), 4 * (124 + (at % 6))];
      const covered: number[] = [];
      for (let row = top; row < Math.min(top + 4, geometry.height); row++) {
        const from = row * geometry.width + left;
        covered.push(...bands[0].values.subarray(from, from + 4));
      }
      const data = covered.filter((value) => !Number.isNaN(value));
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
      const said = Number(line.split(" ")[2]);
      expect(Number.isNaN(said) ? data.length : said).toBeCloseTo(data.length && mean, 4);
    });
  });

  it("keeps the statistics that GDAL computes from the values", () => {
    const info = JSON.parse(readFileSync(join(reference, "written-levels.gdalinfo.json"), "utf8"));
    const path = join(reference, "written-levels.statistics.json");
    const [minimum, maximum, mean, deviation] = JSON.parse(readFileSync(path, "utf8"));
    const kept = info.bands[0].metadata[""];
    expect(Number(kept.STATISTICS_MINIMUM)).toBe(minimum);
    expect(Number(kept.STATISTICS_MAXIMUM)).toBe(maximum);
    expect(Number(kept.STATISTICS_MEAN)).toBeCloseTo(mean, 9);
    expect(Number(kept.STATISTICS_STDDEV)).toBeCloseTo(deviation, 9);
    const data = LEVELS_STACK.bands[0].values.filter((value) => !Number.isNaN(value)).length;
    expect(Number(kept.STATISTICS_VALID_PERCENT)).toBeCloseTo((100 * data) / (520 * 259), 9);
  });

  it("gives the same bytes again, and when rows come a few at a time", () => {
    const folder = mkdtempSync(join(tmpdir(), "geotiff-"));
    const paths = ["one.tif", "two.tif", "rows.tif"].map((name) => join(folder, name));
    writeGeoTiff(paths[0], LEVELS_STACK);
    writeGeoTiff(paths[1], LEVELS_STACK);
    const { geometry, bands } = LEVELS_STACK;
    const writer = createGeoTiff(paths[2], geometry, ["ramp"]);
    for (let row = 0; row < geometry.height; row += 50) {
      writer.writeRows([bands[0].values.subarray(row * 520, (row + 50) * 520)]);
    }
    writer.finish();
    const [one, two, rows] = paths.map((path) => readFileSync(path));
    expect(one.equals(two)).toBe(true);
    expect(one.equals(rows)).toBe(true);
  });

  it("an abandoned or incomplete file leaves nothing behind", () => {
    const folder = mkdtempSync(join(tmpdir(), "geotiff-"));
    const writer = createGeoTiff(join(folder, "out.tif"), LEVELS_STACK.geometry, ["ramp"]);
    writer.writeRows([LEVELS_STACK.bands[0].values.subarray(0, 520)]);
    expect(() => writer.finish()).toThrow(/1 rows/);
    writer.abandon();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!hasGdal)(`GDAL here reads the same values, places and names${gdalTitle}`, () => {
    const path = join(mkdtempSync(join(tmpdir(), "geotiff-")), "out.tif");
    writeGeoTiff(path, WRITTEN_STACK, { provenance: WRITTEN_PROVENANCE });
    expectFaithful(JSON.parse(execFileSync("gdalinfo", ["-json", path], { encoding: "utf8" })));
    for (const band of [1, 2]) {
      const options = ["-q", "-of", "XYZ", "-b", String(band), path, "/vsistdout/"];
      expectValues(band, execFileSync("gdal_translate", options, { encoding: "utf8" }));
    }
  });

  it.skipIf(!hasGdal)(`GDAL shows a local system in metres by its name${gdalTitle}`, () => {
    const path = join(mkdtempSync(join(tmpdir(), "geotiff-")), "local.tif");
    const crs = { epsg: null, name: "mine grid, metres" };
    writeGeoTiff(path, { ...WRITTEN_STACK, geometry: { ...WRITTEN_STACK.geometry, crs } });
    const info = execFileSync("gdalinfo", [path], { encoding: "utf8" });
    expect(info).toContain("mine grid, metres");
    expect(info).toMatch(/LENGTHUNIT\["metre",1/);
  });

  it.each([32750, null])("reads back what it wrote, EPSG code %s", async (epsg) => {
    const crs = { epsg, name: "a grid, in mètres" };
    const geometry = { ...WRITTEN_STACK.geometry, crs };
    const bands = WRITTEN_STACK.bands.map((band) => ({ ...band, geometry }));
    const folder = mkdtempSync(join(tmpdir(), "geotiff-"));
    writeGeoTiff(join(folder, "deep/out.tif"), { geometry, bands });
    expect(await readGeoTiff(join(folder, "deep/out.tif"))).toEqual({ geometry, bands });
    expect(readdirSync(join(folder, "deep"))).toEqual(["out.tif"]);
  });

  it("leaves nothing behind where it cannot write", () => {
    const folder = mkdtempSync(join(tmpdir(), "geotiff-"));
    writeFileSync(join(folder, "file"), "");
    expect(() => writeGeoTiff(join(folder, "file", "out.tif"), WRITTEN_STACK)).toThrow(InputError);
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("refuses a stack without bands", () => {
    const path = join(mkdtempSync(join(tmpdir(), "geotiff-")), "none.tif");
    expect(() => writeGeoTiff(path, { ...WRITTEN_STACK, bands: [] })).toThrow(/0 bands/);
  });
});
