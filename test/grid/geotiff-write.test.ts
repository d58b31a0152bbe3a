import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../lib/src/errors";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { encodeGeoTiff, writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import { pixelCentre } from "../../lib/src/grid/grid";
import { WRITTEN_PROVENANCE, WRITTEN_STACK } from "./written-stack";

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

describe("writeGeoTiff", () => {
  it("writes the bytes of which GDAL's reading is recorded, and the record is what we meant", () => {
    const bytes = encodeGeoTiff(WRITTEN_STACK, { provenance: WRITTEN_PROVENANCE });
    expect(bytes.equals(readFileSync(join(reference, "written.tif")))).toBe(true);
    expectFaithful(JSON.parse(readFileSync(join(reference, "written.gdalinfo.json"), "utf8")));
    for (const band of [1, 2]) {
      expectValues(band, readFileSync(join(reference, `written.band${band}.xyz`), "utf8"));
    }
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
