import { InputError } from "../errors";

/**
 * The EPSG code that a GeoJSON file names (a member of the 2008 format, which GIS software
 * writes); null when it names none.
 *
 * @throws InputError when it names a system by anything but an EPSG code or CRS84
 */
export function geojsonEpsg(member: unknown, file: string): number | null {
  const name = (member as { properties?: { name?: unknown } } | null | undefined)?.properties?.name;
  if (typeof name !== "string") return null;
  if (/OGC:+(?:[\d.]*:)?CRS84$/i.test(name)) return 4326;
  const code = /EPSG:+(?:[\d.]*:)?(\d+)$/i.exec(name)?.[1];
  if (code !== undefined) return Number(code);
  throw new InputError({
    kind: "georeference",
    file,
    field: "crs",
    found: name,
    expected: "an EPSG code",
    remedy: "ogr2ogr -t_srs reprojects it.",
  });
}
