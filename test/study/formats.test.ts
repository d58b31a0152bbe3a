import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFeatures } from "../../lib/src/formats/features";
import { epsgDefinition, requireMetric } from "../../lib/src/grid/epsg";
import { projector } from "../../lib/src/grid/projection";
import type { SamplesInput } from "../../lib/src/manifest/manifest";
import type { FeatureSource } from "../../lib/src/manifest/sources";
import { readSamples } from "../../lib/src/samples/read-samples";
import { vectorLayer } from "../../lib/src/study/vectors";
import { refusalOf } from "../support/refusal";

const reference = join(__dirname, "../reference/study");
const folder = join(reference, "files");
const inputs = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
const UTM = { epsg: 32648, name: "WGS 84 / UTM zone 48N" };
const REGION = { west: 408_000, east: 410_000, south: 3_873_000, north: 3_875_000 };

function samplesOf(source: FeatureSource) {
  const input: SamplesInput = {
    name: "id",
    elements: [
      { element: "Au", column: "Au", unit: "ppb" },
      { element: "As", column: "As", unit: "ppm" },
    ],
    ...source,
  };
  return readSamples(input, inputs, UTM, REGION);
}

describe("files that GDAL wrote", () => {
  const sources: [string, FeatureSource][] = [
    ["a shapefile in the study's CRS", { format: "shapefile", file: "utm.shp" }],
    ["a shapefile in degrees", { format: "shapefile", file: "degrees.shp", crs: 4326 }],
    ["a GeoPackage of one layer", { format: "geopackage", file: "utm.gpkg" }],
    [
      "a GeoPackage in degrees, one layer of two",
      { format: "geopackage", file: "degrees.gpkg", layer: "assays" },
    ],
    ["a GeoJSON that names its CRS", { format: "geojson", file: "utm.geojson" }],
    ["a GeoJSON in degrees", { format: "geojson", file: "points.geojson", crs: 4326 }],
  ];
  it.each(sources)("%s give the same samples", async (_, source) => {
    const table = await samplesOf(source);
    // ogrinfo utm.gpkg assays: POINT (408848.4 3874092.9) and so on, in utm.geojson.
    const utm = JSON.parse(inputs.get("utm.geojson")!.toString()).features;
    for (const [at, { geometry }] of utm.entries()) {
      expect(table.eastings[at]).toBeCloseTo(geometry.coordinates[0], 3);
      expect(table.northings[at]).toBeCloseTo(geometry.coordinates[1], 3);
    }
    expect([...table.elements[0].values]).toEqual([0.5, 12.25, 3]);
    expect([...table.elements[1].values]).toEqual([0.065, 17, 100]);
    expect(table.names.slice(1)).toEqual(["B2", "C3"]);
  });

  it("keep rings, holes and properties of polygons", async () => {
    const source: FeatureSource = { format: "geopackage", file: "degrees.gpkg", layer: "rocks" };
    const features = await readFeatures(source, inputs, UTM);
    const { polygons, polygonProperties } = vectorLayer("rocks", features, "degrees.gpkg");
    expect(polygons.map((rings) => rings.map((ring) => ring.length / 2))).toEqual([[5, 5], [4]]);
    expect(polygonProperties.map(({ rock }) => rock)).toEqual(["granite", "slate"]);
  });

  it("are refused without a layer's name, with another CRS than said, or cut short", async () => {
    expect(
      await refusalOf(() => samplesOf({ format: "geopackage", file: "degrees.gpkg" })),
    ).toMatchObject({ field: "layer", expected: "one of assays, rocks" });
    expect(
      await refusalOf(() => samplesOf({ format: "geopackage", file: "utm.gpkg", crs: 4326 })),
    ).toMatchObject({ field: "crs", found: "EPSG:32648 in the file, 4326 in study.json" });
    expect(
      await refusalOf(() => samplesOf({ format: "shapefile", file: "degrees.shp" })),
    ).toMatchObject({ file: "degrees.prj", field: "CRS", found: "GCS_WGS_1984" });
    const cut = new Map([["utm.gpkg", inputs.get("utm.gpkg")!.subarray(0, 5000)]]);
    const source: FeatureSource = { format: "geopackage", file: "utm.gpkg" };
    expect(await refusalOf(() => readFeatures(source, cut, UTM))).toMatchObject({
      kind: "format",
      file: "utm.gpkg",
    });
  });
});

describe("projection", () => {
  const records: { from: number; to: number; places: number[][]; projected: number[][] }[] =
    JSON.parse(readFileSync(join(reference, "projected.json"), "utf8"));
  it.each(records)("from EPSG:$from to EPSG:$to is PROJ's", ({ from, to, places, projected }) => {
    const project = projector(from, to);
    const digits = epsgDefinition(to).kind === "geographic" ? 8 : 3;
    places.forEach(([easting, northing], at) => {
      const [x, y] = project(easting, northing);
      expect(x).toBeCloseTo(projected[at][0], digits);
      expect(y).toBeCloseTo(projected[at][1], digits);
    });
  });

  it("between datums without a known shift is refused, within one is not", async () => {
    const details = await refusalOf(() => projector(2334, 32650));
    expect(details.found).toContain("EPSG:2334 (Xian 1980");
    expect(Number.isFinite(projector(2334, 2335)(20_500_000, 4_000_000)[0])).toBe(true);
  });
});

describe("a study's CRS", () => {
  const region = { west: 103.8, east: 104.2, south: 34.9, north: 35.2 };
  it("in degrees is refused with the UTM zone that fits", async () => {
    const degrees = { epsg: 4326, name: "WGS 84" };
    const details = await refusalOf(() => requireMetric(degrees, region, "study.json"));
    expect(details).toMatchObject({ kind: "georeference", field: "crs.epsg" });
    expect(details.remedy).toContain("EPSG:32648 (WGS 84 / UTM zone 48N)");
    const south = { west: 118, east: 119, south: -28, north: -27 };
    const other = await refusalOf(() => requireMetric(degrees, south, "study.json"));
    expect(other.remedy).toContain("EPSG:32750");
  });

  it("in feet, or with an unknown code, is refused", async () => {
    const feet = { epsg: 2225, name: "California zone 1" };
    const details = await refusalOf(() => requireMetric(feet, region, "study.json"));
    expect(details.found).toContain("US survey foot");
    const unknown = { epsg: 1999, name: "none" };
    expect(await refusalOf(() => requireMetric(unknown, region, "study.json"))).toMatchObject({
      found: "EPSG:1999",
    });
  });
});
