import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import initSqlJs from "sql.js";
import { describe, expect, it } from "vitest";
import { writeGeojson } from "../../lib/src/grid/geojson-write";
import { writeGeopackage } from "../../lib/src/grid/geopackage-write";
import { WRITTEN_AREAS, WRITTEN_AREAS_CRS } from "./written-areas";

const reference = join(__dirname, "../reference/grid");
const local = { epsg: null, name: "mine grid, metres" };

/** What ogrinfo said of each file, by name. */
function recorded(): Map<string, string> {
  const text = readFileSync(join(reference, "areas.ogrinfo.txt"), "utf8");
  const parts = text.split(/^INFO: Open of `/m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf("'")), part]));
}

describe("areas as GeoPackage and GeoJSON", () => {
  it("are the bytes of which GDAL's reading is recorded", async () => {
    const folder = mkdtempSync(join(tmpdir(), "areas-"));
    writeGeojson(join(folder, "areas.geojson"), "targets", WRITTEN_AREAS_CRS, WRITTEN_AREAS);
    await writeGeopackage(
      ...([join(folder, "areas.gpkg"), "targets", WRITTEN_AREAS_CRS, WRITTEN_AREAS] as const),
    );
    await writeGeopackage(join(folder, "areas-local.gpkg"), "targets", local, WRITTEN_AREAS);
    for (const name of recorded().keys()) {
      const bytes = readFileSync(join(folder, name));
      expect(bytes.equals(readFileSync(join(reference, name))), name).toBe(true);
    }
  });

  it.each(["areas.gpkg", "areas-local.gpkg", "areas.geojson"])(
    "GDAL reads %s as meant: no warning, values, areas of 8 and 2 cells, valid",
    (name) => {
      const said = recorded().get(name) as string;
      expect(said).not.toMatch(/warning|error/i);
      expect(said).toContain("Geometry: Multi Polygon");
      expect(said).toContain("Feature Count: 2");
      expect(said).toContain("(400000.500000, 6796400.250000) - (403600.500000, 6800000.250000)");
      const isLocal = name === "areas-local.gpkg";
      expect(/^ {4}ID\["EPSG",32750\]\]$/m.test(said)).toBe(!isLocal);
      expect(said).toContain('name (String) = κ "north" & west');
      expect(said).toContain("score (Real) = 0.91");
      expect(said).toContain("note (String) = (null)");
      const areas = [...said.matchAll(/^ {2}area \(Real\) = (\d+)$/gm)].map(([, area]) => +area);
      expect(areas).toEqual([8 * 600 * 600, 2 * 600 * 600]);
      expect(said.match(/valid \(Integer\) = 1/g)?.length).toBe(2);
    },
  );

  it("a GeoPackage has what the standard asks for", async () => {
    const { Database } = await initSqlJs();
    const database = new Database(readFileSync(join(reference, "areas.gpkg")));
    const one = (sql: string) => database.exec(sql)[0].values[0];
    expect(one("PRAGMA application_id")).toEqual([0x47504b47]);
    expect(one("PRAGMA user_version")).toEqual([10300]);
    expect(one("PRAGMA integrity_check")).toEqual(["ok"]);
    expect(database.exec("PRAGMA foreign_key_check")).toEqual([]);
    expect(one("SELECT group_concat(srs_id) FROM gpkg_spatial_ref_sys")).toEqual([
      "-1,0,4326,32750",
    ]);
    expect(one("SELECT data_type, last_change, srs_id FROM gpkg_contents")).toEqual([
      "features",
      "1970-01-01T00:00:00.000Z",
      32750,
    ]);
    database.close();
  });

  it("a local system is refused as GeoJSON, which would be read as degrees", () => {
    expect(() => writeGeojson("areas.geojson", "targets", local, WRITTEN_AREAS)).toThrow(
      /areas\.geojson, crs: found a local system \(mine grid, metres\)/,
    );
  });

  it("refuses an infinite value, an area without polygons and a name that is taken", async () => {
    const [area] = WRITTEN_AREAS;
    const path = join(mkdtempSync(join(tmpdir(), "areas-")), "areas.gpkg");
    const write = (feature: object) =>
      writeGeopackage(path, "targets", WRITTEN_AREAS_CRS, [{ ...area, ...feature }]);
    await expect(write({ properties: { gap: Infinity } })).rejects.toThrow(
      /features\[0\]\.gap: found Infinity/,
    );
    await expect(write({ polygons: [] })).rejects.toThrow(/features\[0\]\.geometry: found no/);
    await expect(write({ properties: { Geom: 1 } })).rejects.toThrow(/property Geom/);
  });
});
