import { registerEntry } from "./epsg-register";

/** The well-known text (WKT 1) of an EPSG code, and its name; null when the register has no such code. */
export function crsWkt(epsg: number): { readonly name: string; readonly wkt: string } | null {
  const entry = registerEntry(epsg);
  return entry === null ? null : { name: entry.name, wkt: entry.wkt };
}
