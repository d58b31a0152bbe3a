import { readFileSync } from "node:fs";
import { join } from "node:path";
import initSqlJs, { type Database, type SqlValue } from "sql.js";
import { InputError } from "../errors";
import { gdalFolder } from "./gdal";

/** What PROJ's database says of an operation between two datums. */
export interface DatumOperation {
  readonly name: string;
  /** Metres; null where the register states none. */
  readonly accuracy: number | null;
}

/** A part of a chain of operations: between datums, or one that loses nothing, as a projection. */
export type NamedPart = DatumOperation | "exact" | null;

let opened: Promise<Database> | null = null;

/**
 * PROJ's own database, which gdal3.js brings, with the EPSG register in it.
 *
 * @throws InputError when gdal3.js is not there, or has no such database
 */
export function projDatabase(): Promise<Database> {
  opened ??= open();
  return opened;
}

const FILE = "gdal3WebAssembly.data";
const MAGIC = "SQLite format 3\0";

/** It lies among GDAL's other files in one; its head says how many pages of how many bytes it has. */
async function open(): Promise<Database> {
  const all = readFileSync(join(gdalFolder(), FILE));
  const start = all.indexOf(MAGIC, 0, "latin1");
  if (start < 0) {
    throw new InputError({
      ...{ kind: "format", file: FILE, found: "no database", expected: "PROJ's proj.db in it" },
      remedy: "npm install gdal3.js@2.8.1 brings the version that is known.",
    });
  }
  const length = all.readUInt16BE(start + 16) * all.readUInt32BE(start + 28);
  const { Database: Sql } = await initSqlJs();
  return new Sql(all.subarray(start, start + length));
}

/** Whether the register has a system of this EPSG code. */
export function isKnownSystem(database: Database, code: number): boolean {
  const found = database.exec("SELECT 1 FROM crs_view WHERE auth_name = 'EPSG' AND code = ?", [
    code,
  ]);
  return found.length > 0;
}

/** The datum operation of a name; "exact" for a projection; null for a name that is neither. */
export function partNamed(database: Database, name: string): NamedPart {
  const [found] = database.exec(
    `SELECT name, accuracy FROM coordinate_operation_view WHERE name = ?
     ORDER BY deprecated, accuracy IS NULL, accuracy DESC`,
    [name],
  );
  if (found !== undefined) return operationOf(found.values[0][0], found.values[0][1]);
  const conversions = database.exec("SELECT 1 FROM conversion_table WHERE name = ?", [name]);
  return conversions.length > 0 || EXACT.test(name) ? "exact" : null;
}

/** The area that an operation is for, such as "Tanzania - onshore"; null where none is named. */
export function areaOf(database: Database, name: string): string | null {
  const [found] = database.exec(
    `SELECT e.name FROM coordinate_operation_view o
     JOIN usage u ON u.object_table_name = o.table_name
       AND u.object_auth_name = o.auth_name AND u.object_code = o.code
     JOIN extent e ON e.auth_name = u.extent_auth_name AND e.code = u.extent_code
     WHERE o.name = ? ORDER BY o.deprecated`,
    [name],
  );
  return found === undefined ? null : String(found.values[0][0]);
}

/** Changes of axes and of kind of coordinates, within one datum. */
const EXACT =
  /^(axis order change|Conversion from|Null geographic offset|Transformation from .* to .* \(same datum\))/;

/**
 * Whether two systems are of one datum, so that between them nothing but projections is computed.
 *
 * @param from EPSG code, as `to`
 */
export function areOfOneDatum(database: Database, from: number, to: number): boolean {
  const [one, other] = [baseSystem(database, from), baseSystem(database, to)];
  return one !== null && one.datum === other?.datum;
}

/**
 * Operations of the register straight from one datum to another that need no file of shifts.
 *
 * @param from EPSG code, as `to`
 * @param shifts metres along the first axis, of operations that were seen to be used: those by another
 *   are left out, and those by none where there was none
 */
export function directOperations(
  database: Database,
  from: number,
  to: number,
  shifts: readonly number[],
): DatumOperation[] {
  const [one, other] = [baseSystem(database, from), baseSystem(database, to)];
  if (one === null || other === null) return [];
  const rows = database.exec(
    `SELECT name, accuracy,
       tx * (SELECT conv_factor FROM unit_of_measure u
             WHERE u.auth_name = translation_uom_auth_name AND u.code = translation_uom_code)
     FROM helmert_transformation_table WHERE deprecated = 0
       AND source_crs_auth_name = 'EPSG' AND target_crs_auth_name = 'EPSG'
       AND ((source_crs_code = $one AND target_crs_code = $other)
         OR (source_crs_code = $other AND target_crs_code = $one))`,
    { $one: one.code, $other: other.code },
  );
  const used = shifts.length === 0 ? [0] : shifts.map(Math.abs);
  return rows
    .flatMap(({ values }) => values)
    .filter(([, , shift]) => used.some((one) => Math.abs(one - Math.abs(Number(shift))) < 1e-6))
    .map(([name, accuracy]) => operationOf(name, accuracy));
}

/** Whether both systems are on ellipsoids of datums that are centred on the Earth. */
export function areGeocentric(database: Database, from: number, to: number): boolean {
  return [from, to].every((code) =>
    GEOCENTRIC.includes(baseSystem(database, code)?.ellipsoid ?? 0),
  );
}

/** GRS 1980, WGS 84 and CGCS2000. */
const GEOCENTRIC = [7019, 7030, 1024];

interface BaseSystem {
  readonly code: number;
  readonly datum: number;
  /** EPSG code. */
  readonly ellipsoid: number;
}

/** The geographic system that a system is, or is projected from. */
function baseSystem(database: Database, code: number): BaseSystem | null {
  const [found] = database.exec(
    `SELECT c.code, c.datum_code, d.ellipsoid_code
     FROM geodetic_crs c JOIN geodetic_datum d
       ON d.auth_name = c.datum_auth_name AND d.code = c.datum_code
     WHERE c.auth_name = 'EPSG' AND c.code = coalesce(
       (SELECT geodetic_crs_code FROM projected_crs WHERE auth_name = 'EPSG' AND code = $code), $code)`,
    { $code: code },
  );
  if (found === undefined) return null;
  const [base, datum, ellipsoid] = found.values[0].map(Number);
  return { code: base, datum, ellipsoid };
}

function operationOf(name: SqlValue, accuracy: SqlValue): DatumOperation {
  return { name: String(name), accuracy: accuracy === null ? null : Number(accuracy) };
}
