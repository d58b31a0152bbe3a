import { InputError } from "../errors";
import { isTooDeep, TOO_DEEP } from "../json";
import { geojsonEpsg } from "./geojson-crs";

/** A feature as it stands in a GeoJSON file: its geometry checked to be one, not yet its shape. */
export interface GeojsonFeature {
  /** Where in the file, such as "features[12]". */
  readonly place: string;
  readonly type: string;
  readonly coordinates: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * The features of a GeoJSON FeatureCollection, and the EPSG code of its coordinates if it names
 * one.
 *
 * @throws InputError when the text is no JSON, no FeatureCollection, names a CRS otherwise, or has
 * a feature without a geometry
 */
export function parseGeojson(
  text: string,
  file: string,
): { readonly features: GeojsonFeature[]; readonly epsg: number | null } {
  let raw: unknown;
  if (isTooDeep(text)) throw formatError(file, undefined, TOO_DEEP, "a GeoJSON FeatureCollection");
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw formatError(
      file,
      undefined,
      error instanceof Error ? error.message : String(error),
      "JSON",
    );
  }
  if (!isRecord(raw) || raw.type !== "FeatureCollection" || !Array.isArray(raw.features)) {
    const found = isRecord(raw) ? `type ${JSON.stringify(raw.type)}` : JSON.stringify(raw);
    throw formatError(file, "type", found.slice(0, 80), "a GeoJSON FeatureCollection");
  }
  const epsg = geojsonEpsg(raw.crs, file);
  const features = raw.features.map((feature: unknown, index) => {
    const place = `features[${index}]`;
    const geometry = isRecord(feature) ? feature.geometry : undefined;
    if (!isRecord(feature) || !isRecord(geometry) || typeof geometry.type !== "string") {
      throw formatError(file, `${place}.geometry`, JSON.stringify(geometry ?? null), "a geometry");
    }
    return {
      place,
      type: geometry.type,
      coordinates: geometry.coordinates,
      properties: isRecord(feature.properties) ? feature.properties : {},
    };
  });
  return { features, epsg };
}

/** A position [easting, northing]; a height after it is passed over. */
export function position(value: unknown, file: string, field: string): [number, number] {
  if (!Array.isArray(value) || value.length < 2) {
    throw formatError(file, field, shown(value), "[easting, northing]");
  }
  const [easting, northing] = value as unknown[];
  if (!Number.isFinite(easting) || !Number.isFinite(northing)) {
    throw new InputError({
      kind: "values",
      file,
      field,
      found: `[${shownNumber(easting)}, ${shownNumber(northing)}]`,
      expected: "two finite numbers",
      remedy: "Mend the feature's coordinates, or take it out of the file.",
    });
  }
  return [easting as number, northing as number];
}

/** Positions one after another as [easting, northing, easting, northing, ...]. */
export function positions(value: unknown, file: string, field: string): Float64Array {
  if (!Array.isArray(value)) throw formatError(file, field, shown(value), "an array of positions");
  return Float64Array.from(
    value.flatMap((item, index) => position(item, file, `${field}[${index}]`)),
  );
}

/** What to do about a file of which no better is known. */
const WRITE_ANEW = "Mend the file, or export it anew from the program that made it.";

/** A format error that names the file and the field. */
export function formatError(
  file: string,
  field: string | undefined,
  found: string,
  expected: string,
  remedy = WRITE_ANEW,
): InputError {
  return new InputError({
    kind: "format",
    file,
    ...(field === undefined ? {} : { field }),
    found,
    expected,
    remedy,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 80);
}

/** JSON has no infinity, but 1e999 is read as one and would be shown as null. */
function shownNumber(value: unknown): string {
  return typeof value === "number" ? String(value) : shown(value);
}
