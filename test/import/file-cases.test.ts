import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { angle, bringTable } from "../../lib/src/import/bring-table";
import { buildStudy } from "../../lib/src/import/build";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import { sourceFile } from "../../lib/src/import/source-file";
import { loadStudy } from "../../lib/src/study/load";

const cases = join(__dirname, "../cases");
const data = mkdtempSync(join(tmpdir(), "file-cases-"));

afterAll(() => rmSync(data, { recursive: true }));

let number = 0;

/** A study of the plain raster and a file of occurrences, as new-study makes it. */
async function made(occurrences: string, ...options: string[]) {
  const name = `case${number++}`;
  const line = [name, "--raster", "plain.tif", "--occurrences", occurrences, ...options, "--yes"];
  const { wishes } = readCommand(line)!;
  const draft = await draftStudy(name, wishes, cases);
  const { check } = await buildStudy(data, name, draft, { replace: false, draft: false });
  expect(check.faults).toEqual([]);
  const folder = join(data, name);
  return { study: await loadStudy(folder), notes: draft.notes.join("\n"), folder };
}

/** Places of dep.csv, in the file's order. */
const PLACES = readFileSync(join(cases, "dep.csv"), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((row) => row.split(",").slice(1, 3).map(Number));

describe("occurrences in another system", () => {
  it("come into the study's with the operation and its accuracy on record, and keep their columns", async () => {
    const file = join(data, "old.csv");
    const rows = ["Näme;Lon;Lat;commodity;Grade", "one;101,9;35,2;Au;1,5", "two;101,91;35,21;Au;2"];
    writeFileSync(file, Buffer.from(rows.join("\n"), "latin1"));
    const line = ["old", "--raster", join(cases, "plain.tif"), "--occurrences", file, "--yes"];
    const { wishes } = readCommand([...line, "--crs-of", "old.csv=4322"])!;
    const { manifest, from, brought, notes } = await draftStudy("old", wishes, cases);
    const { epsg } = manifest.crs;
    expect(manifest.occurrences).toEqual({
      ...{ format: "csv", file: "old.csv", easting: "easting", northing: "northing" },
      commodity: "commodity",
    });
    const transformation = {
      ...{
        from: 4322,
        to: epsg,
        operations: ["WGS 72 to WGS 84 (2)"],
        areas: ["World"],
        accuracy: 2,
      },
    };
    expect(brought).toMatchObject([{ file: "old.csv", source: "old.csv", transformation }]);
    const said = `EPSG:4322 to EPSG:${epsg} by WGS 72 to WGS 84 (2), for World, good to 2 m`;
    expect(brought[0].steps).toEqual([said]);
    expect(notes).toContain(`old.csv: ${said}`);
    const [header, first] = readFileSync(from.get("old.csv")!, "utf8").split(/\r?\n/);
    expect(header).toBe("Näme;Lon;Lat;commodity;Grade;easting;northing");
    expect(first).toMatch(/^one;101,9;35,2;Au;1,5;-?\d+,\d{1,9};\d+,\d{1,9}$/);
  });

  it("are refused where the file says one system and the researcher another", async () => {
    const file = join(data, "said.geojson");
    const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::32649" } };
    const geometry = { type: "Point", coordinates: [500000, 3800000] };
    const features = [{ type: "Feature", properties: { commodity: "Au" }, geometry }];
    writeFileSync(file, JSON.stringify({ type: "FeatureCollection", crs, features }));
    await expect(made(file, "--crs-of", "said.geojson=32648")).rejects.toThrow(
      /said.geojson, CRS: found EPSG:32649 in the file, 32648 as given/,
    );
  });
});

describe("files of occurrences that people have", () => {
  it.each(["cpg1252.shp", "cpglies.shp"])("%s has its names as they are written", async (file) => {
    const { study, folder } = await made(file);
    expect(study.occurrences.map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, at) => `Mina Ñ${at}`),
    );
    study.occurrences.forEach(({ easting, northing }, at) => {
      expect(easting).toBeCloseTo(PLACES[at][0], 3);
      expect(northing).toBeCloseTo(PLACES[at][1], 3);
    });
    const [brought] = JSON.parse(readFileSync(join(folder, "brought.json"), "utf8"));
    expect(brought).toMatchObject({ source: file, driver: "ESRI Shapefile" });
  });

  it("a feature without a geometry is left out and named, the nine others are there", async () => {
    const { study, notes } = await made("nullgeom.shp");
    expect(study.occurrences).toHaveLength(9);
    expect(notes).toMatch(/nullgeom.shp: left out, without a geometry: feature 4 \(.+\)/);
  });

  it("a MultiPoint is as many places as it has, and it is said", async () => {
    const { study, notes } = await made("multi.shp");
    expect(study.occurrences).toHaveLength(20);
    expect(notes).toContain("10 features of several points each are taken as 20 points");
    const [first, second] = study.occurrences;
    const apart = Math.hypot(first.easting - second.easting, first.northing - second.northing);
    expect(apart).toBeCloseTo(300, 3);
  });

  it.each(["dep_utf16.csv", "dep_thousand.csv"])("%s has the places of dep.csv", async (file) => {
    const { study, notes } = await made(file);
    expect(study.occurrences.map(({ easting, northing }) => [easting, northing])).toEqual(PLACES);
    expect(notes).toMatch(/UTF-16 written as UTF-8|separators between thousands/);
  });

  it("degrees, minutes and seconds are read as degrees", () => {
    const file = sourceFile("dep_dms.csv", cases, new Map());
    const { bytes, notes } = bringTable(file, { skipRows: 0 });
    const [, first, ...rest] = bytes.get("dep_dms.csv")!.toString().trim().split("\n");
    const [, longitude, latitude] = first.split(",");
    // 103°54'3.5"E, 35°12'1.2"N.
    expect(Number(longitude)).toBeCloseTo(103 + 54 / 60 + 3.5 / 3600, 12);
    expect(Number(latitude)).toBeCloseTo(35 + 12 / 60 + 1.2 / 3600, 12);
    expect(rest).toHaveLength(9);
    expect(notes.join()).toContain("longitude: degrees, minutes and seconds made degrees");
  });

  it("a list of commodities counts as the one that the study is about", async () => {
    const { study } = await made("dep_multi.csv");
    expect(study.mainCommodity).toBe("Au");
    expect(study.occurrences.every(({ commodity }) => commodity === "Au")).toBe(true);
  });

  it("a row without a coordinate is refused by its line, or left out where it may be", async () => {
    await expect(made("dep_nan.csv")).rejects.toThrow(
      /dep_nan.csv, rows without coordinates: found line 5, easting: nothing.*--skip-rows 1/,
    );
    const { study, notes } = await made("dep_nan.csv", "--skip-rows", "1");
    expect(study.occurrences).toHaveLength(9);
    expect(notes).toContain("left out, without coordinates: line 5");
  });
});

describe("angles", () => {
  it.each([
    ["103 54 3.5 E", 103 + 54 / 60 + 3.5 / 3600],
    ["35°12'1.2\"N", 35 + 12 / 60 + 1.2 / 3600],
    ["S 26 30 0", -26.5],
    ["70:15:30,5W", -(70 + 15 / 60 + 30.5 / 3600)],
    ["-0 30 0", -0.5],
    ["12 60 0", Number.NaN],
    ["103.9", Number.NaN],
  ])("%s", (text, degrees) => {
    if (Number.isNaN(degrees)) expect(angle(text)).toBeNaN();
    else expect(angle(text)).toBeCloseTo(degrees, 12);
  });
});
