import proj4 from "proj4";
import { open } from "shapefile";
import { InputError } from "../errors";
import { type EpsgDefinition, epsgDefinition } from "../grid/epsg";
import type { Crs } from "../grid/grid";
import { companion } from "../manifest/manifest-files";
import type { FeatureSource } from "../manifest/sources";
import { dbfRows } from "./dbf";
import type { FeatureFile, InputBytes } from "./feature-file";
import { formatError, type GeojsonFeature } from "./geojson";

/**
 * The features of a shapefile. Its .prj must describe the system that the manifest gives, or else
 * the study's; it names no EPSG code, so that another cannot be told from it with certainty.
 *
 * Rows marked as deleted are left out. A cell of a number column that holds no number is its text,
 * for whoever reads it to refuse.
 *
 * @throws InputError when a part is none, or the .prj describes another system
 */
export async function readShapefile(
  source: FeatureSource,
  inputs: InputBytes,
  crs: Crs,
): Promise<FeatureFile> {
  const { file } = source;
  const text = (extension: string) => inputs.get(companion(file, extension))?.toString("latin1");
  const prj = text("prj");
  const epsg = source.crs ?? crs.epsg;
  if (prj !== undefined) requireDescribed(prj, epsg, companion(file, "prj"));
  const encoding = text("cpg")?.trim() ?? "windows-1252";
  const features: GeojsonFeature[] = [];
  try {
    const dbf = inputs.get(companion(file, "dbf"))!;
    const rows = dbfRows(dbf, encoding);
    const records = await open(inputs.get(file)!, dbf, { encoding });
    for (let at = 0, next = await records.read(); !next.done; at++, next = await records.read()) {
      const place = `feature ${at + 1}`;
      const { geometry, properties } = next.value;
      if (rows[at] === undefined) {
        throw formatError(companion(file, "dbf"), place, "no whole row", "a row a feature");
      }
      if (rows[at].deleted) continue;
      if (geometry === null || geometry.type === "GeometryCollection") {
        throw formatError(file, place, "no geometry", "a geometry");
      }
      features.push({
        place,
        type: geometry.type,
        coordinates: geometry.coordinates,
        properties: { ...properties, ...rows[at].unread },
      });
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const found = error instanceof Error ? error.message : String(error);
    throw formatError(file, undefined, found, "a shapefile that can be read whole");
  }
  return { features, epsg: source.crs ?? null };
}

/** Metres by which two definitions may differ in where they project a place. */
const TOLERANCE = 0.01;

/** Compares what the .prj and the EPSG code make of a place, and their ellipsoids. */
function requireDescribed(prj: string, epsg: number | null, file: string): void {
  const title = /^\s*\w+\["([^"]*)"/.exec(prj)?.[1] ?? prj.slice(0, 60);
  if (epsg === null) {
    throw new InputError({
      kind: "georeference",
      file,
      field: "CRS",
      found: title,
      expected: "none, as the study's CRS has no EPSG code",
    });
  }
  const definition = epsgDefinition(epsg, { file, field: "CRS" });
  if (!sameSystem(prj, definition)) {
    throw new InputError({
      kind: "georeference",
      file,
      field: "CRS",
      found: title,
      expected: `EPSG:${epsg} (${definition.name})`,
      remedy: 'Give the file\'s EPSG code as its "crs" in study.json.',
    });
  }
}

/** Whether a .prj describes a system, as far as ellipsoid and projection tell. */
export function sameSystem(
  prj: string,
  { proj4: definition, kind, centre }: EpsgDefinition,
): boolean {
  const geographic = /^\s*GEOG/i.test(prj);
  if (geographic !== (kind === "geographic")) return false;
  try {
    const [one, other] = [proj4.Proj(prj), proj4.Proj(definition)];
    const sameEllipsoid = Math.abs(one.a - other.a) < 0.01 && Math.abs(one.es - other.es) < 1e-8;
    if (geographic || !sameEllipsoid) return sameEllipsoid;
    // Half a degree from the middle, so that a turned or scaled projection shows.
    return [0, 0.5].every((away) => {
      const [longitude, latitude] = centre.map((degrees) => ((degrees + away) * Math.PI) / 180);
      const [first, second] = [one, other].map((system) =>
        system.forward({ x: longitude, y: latitude }),
      );
      return Math.hypot(first.x - second.x, first.y - second.y) < TOLERANCE;
    });
  } catch {
    return false;
  }
}
