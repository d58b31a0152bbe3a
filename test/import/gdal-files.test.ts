import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bringFeatures } from "../../lib/src/import/bring-features";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import { pointsFile } from "../../lib/src/import/points-file";
import { vectorFile } from "../../lib/src/import/vector-file";
import { readSamples } from "../../lib/src/samples/read-samples";
import { refusalOf } from "../support/refusal";

const reference = join(__dirname, "../reference/study");
const folder = join(reference, "files");

/** A study of samples alone, which are occurrences too. */
async function drafted(file: string, ...options: string[]) {
  const line = [
    "x",
    "--samples",
    file,
    "--occurrences",
    file,
    "--commodity",
    "Au",
    "--unit",
    "ppm",
  ];
  const grid = ["--epsg", "32648", "--region", "408000,410000,3873000,3875000", "--pixel", "100"];
  const { wishes } = readCommand([...line, ...grid, ...options])!;
  return draftStudy("x", wishes, folder);
}

/** The samples of a draft, as the study reads them. */
async function samplesOf(file: string, ...options: string[]) {
  const { manifest, from } = await drafted(file, ...options);
  const inputs = new Map([...from].map(([name, path]) => [name, readFileSync(path)]));
  return readSamples(manifest.samples!, inputs, manifest.crs, manifest.region);
}

describe("files that GDAL wrote", () => {
  const sources: [string, string, ...string[]][] = [
    ["a shapefile in the study's CRS", "utm.shp"],
    ["a shapefile in degrees", "degrees.shp"],
    ["a GeoPackage of one layer", "utm.gpkg"],
    ["a GeoPackage in degrees, one layer of two", "degrees.gpkg#assays"],
    ["a GeoJSON that names its CRS", "utm.geojson"],
    ["a GeoJSON in degrees", "points.geojson"],
  ];
  it.each(sources)("%s give the same samples", async (_, file) => {
    const table = await samplesOf(file);
    // ogrinfo utm.gpkg assays: POINT (408848.4 3874092.9) and so on, in utm.geojson.
    const utm = JSON.parse(readFileSync(join(folder, "utm.geojson"), "utf8")).features;
    for (const [at, { geometry }] of utm.entries()) {
      expect(table.eastings[at]).toBeCloseTo(geometry.coordinates[0], 3);
      expect(table.northings[at]).toBeCloseTo(geometry.coordinates[1], 3);
    }
    expect([...table.elements[0].values]).toEqual([0.5, 12.25, 3]);
    expect([...table.elements[1].values]).toEqual([0.065, 17, 100]);
    expect(table.names).toEqual(["Näs 1", "B2", "C3"]);
  });

  it("keep rings, holes and properties of polygons", async () => {
    const { shapes } = vectorFile(await bringFeatures("degrees.gpkg#rocks", folder, new Map()));
    const { polygons, polygonProperties } = shapes;
    expect(polygons.map((rings) => rings.map((ring) => ring.length / 2))).toEqual([[5, 5], [4]]);
    expect(polygonProperties.map(({ rock }) => rock)).toEqual(["granite", "slate"]);
  });

  it("are refused without a layer's name, or cut short", async () => {
    expect(await refusalOf(() => drafted("degrees.gpkg"))).toMatchObject({
      field: "layer",
      expected: "one of assays, rocks",
    });
    const cut = join(mkdtempSync(join(tmpdir(), "cut-")), "utm.gpkg");
    writeFileSync(cut, readFileSync(join(folder, "utm.gpkg")).subarray(0, 5000));
    expect(await refusalOf(() => drafted(cut))).toMatchObject({ kind: "format", file: cut });
  });
});

/** GDAL's shapefile of three points, of which one has asterisks for numbers; its .dbf changed. */
function shafts(change: (dbf: Buffer, start: number) => void = () => undefined): string {
  const small = join(reference, "small");
  const copy = mkdtempSync(join(tmpdir(), "shafts-"));
  for (const name of readdirSync(small).filter((file) => file.startsWith("shafts."))) {
    copyFileSync(join(small, name), join(copy, name));
  }
  const dbf = readFileSync(join(copy, "shafts.dbf"));
  change(dbf, dbf.readUInt16LE(8));
  writeFileSync(join(copy, "shafts.dbf"), dbf);
  return copy;
}

describe("the .dbf of a shapefile", () => {
  it("a row that is marked as deleted is left out, as ogrinfo does", async () => {
    const place = shafts((dbf, start) => dbf.write("*", start));
    const { rows } = pointsFile(await bringFeatures("shafts.shp", place, new Map()), undefined);
    expect(rows.map(({ id }) => id)).toEqual(["south pit", "adit"]);
  });

  it("asterisks in a number column are no value, and it is said", async () => {
    const file = await bringFeatures("shafts.shp", shafts(), new Map());
    const { rows } = pointsFile(file, undefined);
    expect(rows.map(({ Au }) => Au)).toEqual([0.5, null, 12.25]);
    expect(file.notes.join()).toContain("shafts.shp: asterisks in columns of numbers");
    expect(file.brought?.steps.join()).toContain("taken as no value");
  });
});
