import { InputError } from "../errors";
import { registerEntry } from "./epsg-register";
import type { Crs, Region } from "./grid";

/** What the EPSG register says of a coordinate reference system. */
export interface EpsgDefinition {
  readonly code: number;
  readonly name: string;
  /** Geographic: longitude and latitude in degrees; projected: easting and northing. */
  readonly kind: "geographic" | "projected";
  /** Unit of a projected system, such as "metre". */
  readonly unit: string;
}

/** The file and field that an error names. */
export interface ErrorPlace {
  readonly file?: string;
  readonly field?: string;
}

/**
 * A system by its EPSG code.
 *
 * @param place what errors name
 * @throws InputError when the code is unknown, or of no system of plane or geographic coordinates
 */
export function epsgDefinition(code: number, place: ErrorPlace = {}): EpsgDefinition {
  const refuse = (found: string, expected: string) =>
    new InputError({ kind: "georeference", field: `EPSG:${code}`, ...place, found, expected });
  const entry = registerEntry(code);
  if (entry === null) {
    throw refuse(`EPSG:${code}`, "a code that the EPSG register holds (epsg.org lists them)");
  }
  const kinds = { "CRS-GEOGCRS": "geographic", "CRS-PROJCRS": "projected" } as const;
  const kind = kinds[entry.kind as keyof typeof kinds];
  // Axes other than east and north change what the first and second number mean.
  if (kind === undefined || entry.proj4 === null || entry.proj4.includes("+axis")) {
    throw refuse(
      `EPSG:${code} (${entry.name})`,
      "a geographic system or a projected one of eastings and northings",
    );
  }
  return { code, name: entry.name, kind, unit: entry.unit ?? "" };
}

/**
 * Checks that the CRS of a study is projected and in metres: distances in degrees mean nothing. A
 * local system, without a code, is metric by its definition.
 *
 * @param file the manifest's name
 * @throws InputError that names the UTM zone of a region in degrees
 */
export function requireMetric({ epsg }: Crs, region: Region, file: string): void {
  if (epsg === null) return;
  const { name, kind, unit } = epsgDefinition(epsg, { file, field: "crs.epsg" });
  if (kind === "projected" && unit === "metre") return;
  const geographic = kind === "geographic";
  const fitting = utmZone((region.west + region.east) / 2, (region.south + region.north) / 2);
  throw new InputError({
    kind: "georeference",
    file,
    field: "crs.epsg",
    found: `EPSG:${epsg} (${name}) in ${geographic ? "degrees, in which distances mean nothing" : unit}`,
    expected: "a projected system in metres",
    remedy: geographic
      ? `Take EPSG:${fitting.epsg} (${fitting.name}): npm run new-study -- NAME --epsg ${fitting.epsg} ... brings files in degrees to it.`
      : "Reproject the study to a system in metres, such as its UTM zone.",
  });
}

/** The zone of UTM on WGS 84 that holds a place in degrees. */
export function utmZone(longitude: number, latitude: number): Crs & { readonly epsg: number } {
  const zone = Math.min(Math.max(Math.floor((longitude + 180) / 6) + 1, 1), 60);
  const south = latitude < 0;
  return {
    epsg: (south ? 32700 : 32600) + zone,
    name: `WGS 84 / UTM zone ${zone}${south ? "S" : "N"}`,
  };
}
