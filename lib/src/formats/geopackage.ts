import initSqlJs, { type Database } from "sql.js";
import { Geometry } from "wkx";
import { InputError } from "../errors";
import type { FeatureFile } from "./feature-file";
import { formatError, type GeojsonFeature } from "./geojson";

/**
 * The features of a GeoPackage's layer.
 *
 * @param layer may be left out when there is one
 * @throws InputError when the bytes are no GeoPackage or the layer is not there
 */
export async function readGeopackage(
  bytes: Buffer,
  file: string,
  layer: string | undefined,
): Promise<FeatureFile> {
  const sql = await initSqlJs();
  const database = new sql.Database(bytes);
  try {
    return layerFeatures(database, file, layer);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const found = error instanceof Error ? error.message : String(error);
    throw formatError(file, undefined, found, "a GeoPackage");
  } finally {
    database.close();
  }
}

function layerFeatures(database: Database, file: string, layer: string | undefined): FeatureFile {
  const layers = rowsOf(
    database,
    `SELECT c.table_name AS name, g.column_name AS geometry, s.organization AS organization,
       s.organization_coordsys_id AS code
     FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name)
     JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
     WHERE c.data_type = 'features'`,
  );
  const names = layers.map(({ name }) => String(name));
  const chosen = layer === undefined && layers.length === 1 ? 0 : names.indexOf(layer ?? "");
  if (chosen < 0) {
    const found = `${layer === undefined ? "no layer asked for" : `"${layer}"`}`;
    throw formatError(file, "layer", found, `one of ${names.join(", ") || "its layers: none"}`);
  }
  const { geometry: column, organization, code } = layers[chosen];
  const quoted = `"${names[chosen].replaceAll('"', '""')}"`;
  const features = rowsOf(database, `SELECT * FROM ${quoted}`).map((row, index) =>
    featureOf(row, String(column), file, `feature ${index + 1}`),
  );
  const known = String(organization).toUpperCase() === "EPSG" && Number(code) > 0;
  return { features, epsg: known ? Number(code) : null };
}

function featureOf(
  { ...row }: Record<string, unknown>,
  column: string,
  file: string,
  place: string,
): GeojsonFeature {
  const blob = row[column];
  delete row[column];
  if (!(blob instanceof Uint8Array)) throw formatError(file, place, "no geometry", "a geometry");
  const geometry = Geometry.parse(wellKnownBinary(blob, file, place)).toGeoJSON() as {
    readonly type: string;
    readonly coordinates: unknown;
  };
  return { place, type: geometry.type, coordinates: geometry.coordinates, properties: row };
}

/** Bytes of a GeoPackage geometry's header before its envelope, and of each kind of envelope. */
const HEADER = 8;
const ENVELOPES = [0, 32, 48, 48, 64];

/** The well-known binary after a GeoPackage geometry's header (OGC 12-128, 2.1.3). */
function wellKnownBinary(blob: Uint8Array, file: string, place: string): Buffer {
  const envelope = ENVELOPES[(blob[3] >> 1) & 7];
  if (blob[0] !== 0x47 || blob[1] !== 0x50 || envelope === undefined) {
    throw formatError(file, place, "another header", "a geometry of the GeoPackage format");
  }
  return Buffer.from(blob.subarray(HEADER + envelope));
}

function rowsOf(database: Database, query: string): Record<string, unknown>[] {
  return database
    .exec(query)
    .flatMap(({ columns, values }) =>
      values.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))),
    );
}
