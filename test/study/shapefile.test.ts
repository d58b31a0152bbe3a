import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadStudy } from "../../lib/src/study/load";
import { refusalOf } from "../support/refusal";
import { rightStudy, writeStudy } from "../support/study-folder";

const reference = join(__dirname, "../reference/study/small");
const gdal = (name: string) => readFileSync(join(reference, name));

/** The small study with occurrences from GDAL's shapefile, its .dbf changed. */
function shafts(change: (dbf: Buffer) => Buffer = (dbf) => dbf) {
  const study = rightStudy();
  delete study.files["points.geojson"];
  for (const name of readdirSync(reference).filter((file) => file.startsWith("shafts."))) {
    study.files[name] = name.endsWith(".dbf") ? change(gdal(name)) : gdal(name);
  }
  const source = { format: "shapefile", file: "shafts.shp" };
  study.manifest.occurrences = { ...source, name: "id", commodity: "metal" };
  const samples = (rules: object) => {
    const elements = [{ element: "Au", column: "Au", unit: "ppm" }];
    study.manifest.samples = { ...source, elements, ...rules };
  };
  const load = () => loadStudy(writeStudy(study));
  return { study, samples, load };
}

/** A change of the first row, where its cells start. */
const firstRow = (change: (dbf: Buffer, start: number) => void) => (dbf: Buffer) => {
  change(dbf, dbf.readUInt16LE(8));
  return dbf;
};

describe("a study from files that GDAL wrote", () => {
  it("has occurrences of a shapefile and zones of a GeoPackage's polygons", async () => {
    const { study, load } = shafts();
    study.files["sides.gpkg"] = gdal("sides.gpkg");
    study.manifest.zones = {
      from: "polygons",
      format: "geopackage",
      file: "sides.gpkg",
      property: "side",
    };
    const { occurrences, zones } = await load();
    expect(occurrences).toEqual([
      { name: "north shaft", commodity: "Au", easting: 150, northing: 250 },
      { name: "south pit", commodity: "Sb", easting: 450, northing: 50 },
      { name: "adit", commodity: "Au", easting: 250, northing: 150 },
    ]);
    expect(zones.map(({ name }) => name)).toEqual(["West", "East"]);
    const eastings = zones.map(({ polygons: [[ring]] }) => ring.filter((_, at) => at % 2 === 0));
    expect(eastings.map((all) => [Math.min(...all), Math.max(...all)])).toEqual([
      [0, 200],
      [200, 500],
    ]);
  });

  it("leaves out a row that is marked as deleted, as ogrinfo does", async () => {
    const { load } = shafts(firstRow((dbf, start) => dbf.write("*", start)));
    const { occurrences } = await load();
    expect(occurrences.map(({ name }) => name)).toEqual(["south pit", "adit"]);
  });
});

describe("asterisks in a number column of a .dbf", () => {
  it("are refused by row and column where an assay is read, or listed as missing", async () => {
    const { samples, load } = shafts();
    samples({});
    const details = await refusalOf(load);
    expect(details).toMatchObject({ file: "shafts.shp", field: "feature 2, Au", found: '"***"' });
    expect(details.remedy).toContain('"missing": ["***"]');
    samples({ missing: ["***"] });
    const [gold] = (await load()).samples!.elements;
    expect([...gold.values]).toEqual([0.5, Number.NaN, 12.25]);
    expect(gold.quality.missing).toBe(1);
  });

  it("are no name of an occurrence; any other text is no number either", async () => {
    const { study, load } = shafts();
    study.manifest.occurrences = { format: "shapefile", file: "shafts.shp", name: "grade" };
    expect(await refusalOf(load)).toMatchObject({ field: "feature 2, grade", found: '"***"' });
    // The third column, Au, is 24 wide and ends in the first row with 0.500000000000000.
    const spoilt = shafts(
      firstRow((dbf, start) => dbf.write("x", dbf.indexOf("0.5", start), "latin1")),
    );
    spoilt.samples({ missing: ["***"] });
    expect(await refusalOf(spoilt.load)).toMatchObject({
      field: "feature 1, Au",
      found: '"x.500000000000000"',
    });
  });
});

it("a .dbf with fewer rows than features is refused", async () => {
  const { load } = shafts((dbf) => dbf.subarray(0, dbf.length - 100));
  expect(await refusalOf(load)).toMatchObject({ file: "shafts.dbf", field: "feature 3" });
});
