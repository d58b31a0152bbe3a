import initSqlJs from "sql.js";
import { InputError } from "../errors";
import { writeWhole } from "../files";
import { crsWkt } from "./crs-wkt";
import type { Crs } from "./grid";
import type { Polygon } from "./shapes";
import { type VectorFeature, type VectorField, vectorFields } from "./vector-feature";

/** "GPKG", and version 1.3 of the standard. */
const APPLICATION_ID = 0x47504b47;
const USER_VERSION = 10300;

const SCHEMA = `
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));`;

/** What a GeoPackage says beside its features. */
export interface GeopackageOptions {
  /** Date of the contents, ISO 8601 in UTC; a fixed one when absent, so that bytes do not vary. */
  readonly lastChange?: string;
  readonly description?: string;
}

/**
 * Writes areas as a GeoPackage (OGC 12-128r17) with one table of multipolygons in the study's CRS;
 * a local system without EPSG code is "undefined Cartesian". The same features give the same
 * bytes.
 *
 * @param table name of the layer
 * @throws InputError when a number is not finite, a feature has no polygon, the EPSG code is not
 *   known, a property is called as the id or the geometry is, or the file cannot be written
 */
export async function writeGeopackage(
  path: string,
  table: string,
  crs: Crs,
  features: readonly VectorFeature[],
  options: GeopackageOptions = {},
): Promise<void> {
  const { lastChange = "1970-01-01T00:00:00.000Z", description = "" } = options;
  const fields = vectorFields(features);
  requireFreeNames(fields);
  const systems = referenceSystems(crs);
  const srs = crs.epsg ?? -1;
  const { Database } = await initSqlJs();
  const database = new Database();
  try {
    database.run(
      `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${USER_VERSION};`,
    );
    database.run(SCHEMA);
    const columns = fields.map(({ name, type }) => `, ${quoted(name)} ${type}`).join("");
    database.run(
      `CREATE TABLE ${quoted(table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON${columns})`,
    );
    for (const system of systems) {
      database.run("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", [...system]);
    }
    const extent = extentOf(features.flatMap(({ polygons }) => polygons));
    database.run("INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)", [
      ...[table, table, description, lastChange],
      ...(features.length === 0 ? [null, null, null, null] : extent),
      srs,
    ]);
    database.run("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)", [
      table,
      srs,
    ]);
    const places = fields.map(() => ", ?").join("");
    features.forEach(({ polygons, properties }, index) => {
      database.run(`INSERT INTO ${quoted(table)} VALUES (?, ?${places})`, [
        index + 1,
        encodeGeometry(polygons, srs),
        ...fields.map(({ name }) => properties[name] ?? null),
      ]);
    });
    writeWhole(path, database.export());
  } finally {
    database.close();
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function requireFreeNames(fields: readonly VectorField[]): void {
  const taken = new Set(["fid", "geom"]);
  for (const { name } of fields) {
    if (taken.has(name.toLowerCase())) {
      throw new InputError({
        kind: "values",
        field: `property ${name}`,
        found: "a name that is taken",
        expected: "names other than fid and geom that differ in more than capitals",
      });
    }
    taken.add(name.toLowerCase());
  }
}

/** The three systems that every GeoPackage has, and the study's. */
function referenceSystems({ epsg }: Crs): (string | number)[][] {
  const systems: (string | number)[][] = [
    ["Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian system"],
    ["Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic system"],
  ];
  for (const code of new Set([4326, ...(epsg === null ? [] : [epsg])])) {
    const known = crsWkt(code);
    if (known === null) {
      throw new InputError({
        kind: "georeference",
        field: "CRS",
        found: `EPSG:${code}, which the EPSG index does not have`,
        expected: "a known EPSG code",
      });
    }
    systems.push([known.name, code, "EPSG", code, known.wkt, known.name]);
  }
  return systems;
}

/** West, south, east, north. */
function extentOf(polygons: readonly Polygon[]): [number, number, number, number] {
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of polygons.flat()) {
    for (let at = 0; at < ring.length; at += 2) {
      extent[0] = Math.min(extent[0], ring[at]);
      extent[1] = Math.min(extent[1], ring[at + 1]);
      extent[2] = Math.max(extent[2], ring[at]);
      extent[3] = Math.max(extent[3], ring[at + 1]);
    }
  }
  return extent;
}

/** A GeoPackage header with envelope (little-endian), then a multipolygon as well-known binary. */
function encodeGeometry(polygons: readonly Polygon[], srs: number): Uint8Array {
  const vertices = polygons.flat().reduce((sum, ring) => sum + ring.length / 2, 0);
  const bytes = Buffer.alloc(
    40 + 9 + 9 * polygons.length + 4 * polygons.flat().length + 16 * vertices,
  );
  let at = 0;
  const whole = (value: number) => {
    at = bytes.writeUInt32LE(value, at);
  };
  const real = (value: number) => {
    at = bytes.writeDoubleLE(value, at);
  };
  const start = (type: number, parts: number) => {
    at = bytes.writeUInt8(1, at);
    whole(type);
    whole(parts);
  };
  at = bytes.write("GP", at, "latin1");
  // Version 1, then flags: an envelope of west, east, south, north; little-endian.
  at = bytes.writeUInt8(0, at);
  at = bytes.writeUInt8(0b011, at);
  at = bytes.writeInt32LE(srs, at);
  const [west, south, east, north] = extentOf(polygons);
  for (const edge of [west, east, south, north]) real(edge);
  start(6, polygons.length);
  for (const rings of polygons) {
    start(3, rings.length);
    for (const ring of rings) {
      whole(ring.length / 2);
      ring.forEach(real);
    }
  }
  return bytes;
}
