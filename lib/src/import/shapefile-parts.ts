import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { bytesOf } from "./source-file";

/** A file and those of the same name that may belong to it. */
export function withCompanions(whole: string): string[] {
  const own = extname(whole);
  const stem = basename(whole, own).toLowerCase();
  const others = readdirSync(dirname(whole), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== basename(whole))
    .map(({ name }) => name)
    .filter((name) => basename(name, extname(name)).toLowerCase() === stem)
    .filter((name) => COMPANIONS.has(extname(name).toLowerCase()));
  return [whole, ...others.map((name) => join(dirname(whole), name))];
}

/** Endings of files that are parts of another. */
const COMPANIONS = new Set([
  ...[".dbf", ".shx", ".prj", ".cpg", ".qix", ".sbn", ".sbx"],
  ...[".dat", ".map", ".id", ".ind", ".mid"],
]);

/**
 * UTF-8 where the records of a shapefile are, whatever its .cpg says: text of any other encoding that
 * has letters beyond ASCII is hardly ever valid UTF-8.
 */
export function encodingOf(whole: string): "UTF-8" | null {
  const records = recordsOf(whole);
  if (records === null || records.every((byte) => byte < 0x80)) return null;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(records);
    return "UTF-8";
  } catch {
    return null;
  }
}

/**
 * What is said of asterisks in the records of a shapefile: ArcGIS writes them for a number too wide for
 * its column, GDAL and QGIS for no value, and GDAL reads them as no value.
 */
export function asterisksIn(whole: string): string[] {
  const records = recordsOf(whole)?.toString("latin1") ?? "";
  if (!records.includes("***")) return [];
  return [
    "asterisks in columns of numbers, taken as no value: where ArcGIS wrote them, a number was too wide for its column",
  ];
}

/** The records of a shapefile's .dbf, after its header; null of other files. */
function recordsOf(whole: string): Buffer | null {
  if (extname(whole).toLowerCase() !== ".shp") return null;
  const dbf = [".dbf", ".DBF"]
    .map((end) => whole.replace(/\.shp$/i, end))
    .find((at) => existsSync(at));
  if (dbf === undefined) return null;
  const bytes = bytesOf(dbf);
  return bytes.subarray(bytes.length > 10 ? bytes.readUInt16LE(8) : bytes.length);
}
