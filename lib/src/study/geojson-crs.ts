import { InputError } from "../errors";
import type { Crs } from "../grid/grid";

/**
 * GeoJSON files written by GIS software may name their CRS (a member of the 2008 format); one
 * that names none is taken to be in the study's.
 *
 * @throws InputError when the file names another CRS than the study's
 */
export function requireSameCrs(member: unknown, file: string, crs: Crs): void {
  const name = (member as { properties?: { name?: unknown } } | null | undefined)?.properties?.name;
  if (typeof name !== "string") return;
  const code = /EPSG:+(?:[\d.]*:)?(\d+)$/i.exec(name)?.[1];
  const same = code !== undefined && crs.epsg !== null && Number(code) === crs.epsg;
  if (same) return;
  throw new InputError({
    kind: "georeference",
    file,
    field: "crs",
    found: name,
    expected: crs.epsg === null ? `no CRS but the study's own (${crs.name})` : `EPSG:${crs.epsg}`,
    remedy: "ogr2ogr -t_srs reprojects it.",
  });
}
