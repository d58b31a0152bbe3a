import { readFileSync } from "node:fs";

/** The well-known text (WKT 1) of an EPSG code from the epsg-index package; null when unknown. */
export function crsWkt(epsg: number): { readonly name: string; readonly wkt: string } | null {
  try {
    const path = require.resolve(`epsg-index/s/${epsg}.json`);
    const { name, wkt } = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
    return { name, wkt };
  } catch {
    return null;
  }
}
