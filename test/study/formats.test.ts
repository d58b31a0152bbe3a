import { describe, expect, it } from "vitest";
import { readFeatures } from "../../lib/src/formats/features";
import { requireMetric } from "../../lib/src/grid/epsg";
import { refusalOf } from "../support/refusal";

describe("a GeoJSON file", () => {
  const text = (epsg: number | null) => {
    const crs = { type: "name", properties: { name: `urn:ogc:def:crs:EPSG::${epsg}` } };
    const geometry = { type: "Point", coordinates: [408848, 3874092] };
    const features = [{ type: "Feature", properties: { id: 1 }, geometry }];
    return JSON.stringify({ type: "FeatureCollection", ...(epsg && { crs }), features });
  };
  const read = (epsg: number | null, study: number | null) =>
    readFeatures(
      { format: "geojson", file: "points.geojson" },
      new Map([["points.geojson", Buffer.from(text(epsg))]]),
      { epsg: study, name: "the study's" },
    );

  it("in the study's system, or of none, is read as it is", () => {
    for (const epsg of [32648, null]) {
      expect(read(epsg, 32648)[0].coordinates).toEqual([408848, 3874092]);
    }
  });

  it("in another system is refused with the command that brings it", async () => {
    for (const study of [32648, null]) {
      expect(await refusalOf(() => read(4326, study))).toMatchObject({
        ...{ kind: "georeference", file: "points.geojson", field: "crs", found: "EPSG:4326" },
        remedy: expect.stringContaining("npm run new-study"),
      });
    }
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
