import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deriveEvidence } from "../../lib/src/evidence/derive";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import type { GridStack } from "../../lib/src/grid/grid";
import { pixelAt } from "../../lib/src/grid/grid";
import { buildStudy } from "../../lib/src/import/build";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import { loadStudy } from "../../lib/src/study/load";
import type { Study } from "../../lib/src/study/types";

const cases = join(__dirname, "../cases");
const data = mkdtempSync(join(tmpdir(), "cases-"));

afterAll(() => rmSync(data, { recursive: true }));

let number = 0;

/** A study of one raster and its deposits, as new-study makes it. */
async function made(raster: string, occurrences: string, ...options: string[]) {
  const name = `case${number++}`;
  const line = [name, "--raster", raster, "--occurrences", occurrences, ...options, "--yes"];
  const { wishes } = readCommand(line)!;
  const draft = await draftStudy(name, wishes, cases);
  const { check } = await buildStudy(data, name, draft, { replace: false, draft: false });
  expect(check.faults).toEqual([]);
  const folder = join(data, name);
  const study = await loadStudy(folder);
  const evidence = await deriveEvidence(study, { pixelSize: study.pixelSize });
  return { study, evidence, notes: draft.notes, folder };
}

const missingIn = ({ bands: [{ values }] }: GridStack) =>
  values.filter((value) => Number.isNaN(value)).length;

/** Occurrences of a study that lie on pixels with data. */
function onData({ occurrences }: Study, { geometry, bands: [{ values }] }: GridStack): number {
  return occurrences.filter(({ easting, northing }) => {
    const pixel = pixelAt(geometry, easting, northing);
    return pixel !== null && !Number.isNaN(values[pixel.row * geometry.width + pixel.column]);
  }).length;
}

describe("rasters that people have", () => {
  let plain: GridStack;
  beforeAll(async () => {
    plain = await readGeoTiff(join(cases, "plain.tif"));
  });

  it("a tag next to the value of the empty pixels means it: 144 are nodata, and it is said", async () => {
    const { evidence, notes, folder } = await made("nd259.tif", "dep.csv");
    expect(missingIn(evidence)).toBe(144);
    evidence.bands[0].values.forEach((value, at) => {
      if (!Number.isNaN(value)) expect(value).toBe(plain.bands[0].values[at]);
    });
    expect(notes.join("\n")).toMatch(/-3\.4028234663852886e\+38 made nodata, next to the declared/);
    const [brought] = JSON.parse(readFileSync(join(folder, "brought.json"), "utf8"));
    expect(brought).toMatchObject({ file: "nd259.tif", source: "nd259.tif", driver: "GTiff" });
    expect(brought.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("-9999 without a tag is refused with its share, until it is said what it is", async () => {
    await expect(made("nd9999.tif", "dep.csv")).rejects.toThrow(
      /nd9999.tif, nodata: found -9999 in 6.3 % of the pixels of layer1.*--missing -9999/,
    );
    const { evidence } = await made("nd9999.tif", "dep.csv", "--missing", "-9999");
    expect(missingIn(evidence)).toBe(144);
    const kept = await made("nd9999.tif", "dep.csv", "--data", "-9999");
    expect(missingIn(kept.evidence)).toBe(0);
    expect(Math.min(...kept.evidence.bands[0].values)).toBe(-9999);
  });

  it("two such values are both named, and both are nodata once both are said", async () => {
    // 144 pixels in the north-west, of which none is nodata, and as many in the south-east.
    const bands = plain.bands.map((band) => ({
      ...band,
      values: band.values.map((value, at) => {
        const [row, column] = [Math.floor(at / 48), at % 48];
        if (row < 12 && column < 12) return -9999;
        return row >= 36 && column >= 36 ? -32768 : value;
      }),
    }));
    const path = join(data, "two.tif");
    writeGeoTiff(path, { geometry: plain.geometry, bands });
    const files = ["two", "--raster", path, "--occurrences", "dep.csv", "--yes"];
    const drafted = (...options: string[]) =>
      draftStudy("two", readCommand([...files, ...options])!.wishes, cases);
    await expect(drafted()).rejects.toThrow(
      /-32768 in 6.3 % of the pixels and -9999 in 6.3 % of the pixels of layer1.*--missing -32768,-9999 /,
    );
    // What was said before is in the command that is asked for.
    await expect(drafted("--missing", "-32768")).rejects.toThrow(
      /found -9999 in 6.3 %.*--missing -32768,-9999 .*--data -9999 /,
    );
    const { from } = await drafted("--missing", "-9999,-32768");
    expect(missingIn(await readGeoTiff(from.get("two.tif")!))).toBe(288);
  });

  it("a value that stands for none elsewhere changes no raster that has it not", async () => {
    const { folder } = await made("plain.tif", "dep.csv", "--missing", "-9999");
    expect(existsSync(join(folder, "brought.json"))).toBe(false);
  });

  it("of a raster that must be warped, two values for none are refused", async () => {
    const values = ["--missing", "0,1"];
    await expect(made("classes.asc", "dep_deg.csv", ...values)).rejects.toThrow(
      /classes.asc, .*: found 0 and 1, both said to stand for no value/,
    );
  });

  it.each(["comp_ZSTD.tif", "comp_LERC.tif", "southup.tif", "plain.tif"])(
    "%s is taken as it is, and nothing is said to have been done",
    async (raster) => {
      const { evidence, folder } = await made(raster, "dep.csv");
      evidence.bands.forEach(({ values }, band) => {
        expect(values).toEqual(plain.bands[band].values);
      });
      expect(existsSync(join(folder, "brought.json"))).toBe(false);
    },
  );

  it("a mask is nodata", async () => {
    const { evidence } = await made("mask.tif", "dep.csv");
    expect(missingIn(evidence)).toBe(144);
  });

  it("degrees are warped to the zone of UTM, deposits on data, said and on record", async () => {
    const { study, evidence, notes, folder } = await made("deg.tif", "dep_deg.csv");
    expect(study.crs).toEqual({ epsg: 32648, name: "WGS 84 / UTM zone 48N" });
    expect(onData(study, evidence)).toBe(10);
    expect(notes.join("\n")).toMatch(/warped from EPSG:4326 to EPSG:32648 .*, bilinear, pixels of/);
    const [{ steps, transformation }] = JSON.parse(
      readFileSync(join(folder, "brought.json"), "utf8"),
    );
    expect(steps).toEqual([
      expect.stringMatching(/^warped from/),
      "coordinates EPSG:4326 to EPSG:32648 on one datum, exact to the millimetre",
    ]);
    expect(transformation).toEqual({
      from: 4326,
      to: 32648,
      operations: [],
      areas: [],
      accuracy: 0,
    });
  });

  it("a raster in another system than the first's is warped into that", async () => {
    const files = ["--raster", "plain.tif", "--raster", "feet.tif", "--occurrences", "dep.csv"];
    const { wishes } = readCommand(["two", ...files, "--yes"])!;
    const { manifest, brought, from } = await draftStudy("two", wishes, cases);
    expect(manifest.crs.epsg).toBe(32648);
    expect(brought).toMatchObject([
      { file: "feet.tif", transformation: { from: 2229, to: 32648 } },
    ]);
    const { geometry } = await readGeoTiff(from.get("feet.tif")!);
    expect(geometry.crs.epsg).toBe(32648);
  });

  it("feet are warped to metres, and a table of no system that lies in the raster is in its feet", async () => {
    const { study, evidence, notes } = await made("feet.tif", "dep_feet.csv");
    expect(study.crs.epsg).toBe(32611);
    expect(onData(study, evidence)).toBe(10);
    expect(notes.join("\n")).toContain("dep_feet.csv: coordinates are taken as EPSG:2229");
    // 164 US survey feet.
    expect(study.pixelSize).toBeGreaterThan(48);
    expect(study.pixelSize).toBeLessThan(52);
  });

  it("a turned raster is warped to north-up: each deposit on the value of the cell that it lay in", async () => {
    const { study, evidence } = await made("rot.tif", "dep_rot.csv");
    expect(study.crs.epsg).toBe(32648);
    expect(onData(study, evidence)).toBe(10);
    // The corner of 30 degrees has no value.
    expect(missingIn(evidence)).toBeGreaterThan(1000);
    const values = evidence.bands[0].values.filter((value) => !Number.isNaN(value));
    const own = plain.bands[0].values;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.min(...own));
    expect(Math.max(...values)).toBeLessThanOrEqual(Math.max(...own));
  });
});
