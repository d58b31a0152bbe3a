import { InputError } from "../errors";
import type { Polygon } from "./shapes";

/** An area with what is known of it, for vector files. */
export interface VectorFeature {
  /** In the CRS of the study; outer rings anticlockwise, holes clockwise. */
  readonly polygons: readonly Polygon[];
  readonly properties: Readonly<Record<string, string | number | null>>;
}

/** How the values of a property are kept. */
export interface VectorField {
  readonly name: string;
  readonly type: "INTEGER" | "REAL" | "TEXT";
}

/**
 * The properties of features, in the order in which they first come, with the narrowest type that
 * holds all values.
 *
 * @throws InputError when a number is not finite or a feature has no polygon
 */
export function vectorFields(features: readonly VectorFeature[]): VectorField[] {
  const names = new Set(features.flatMap(({ properties }) => Object.keys(properties)));
  features.forEach(({ polygons, properties }, index) => {
    if (polygons.length === 0) throw badFeature(index, "geometry", "no polygon", "at least one");
    for (const [name, value] of Object.entries(properties)) {
      if (typeof value !== "number" || Number.isFinite(value)) continue;
      throw badFeature(index, name, String(value), "a finite number, text or null");
    }
  });
  return [...names].map((name) => {
    const values = features.map(({ properties }) => properties[name] ?? null);
    const known = values.filter((value) => value !== null);
    if (known.some((value) => typeof value === "string")) return { name, type: "TEXT" };
    return { name, type: known.every(Number.isSafeInteger) ? "INTEGER" : "REAL" };
  });
}

function badFeature(index: number, name: string, found: string, expected: string): InputError {
  return new InputError({ kind: "values", field: `features[${index}].${name}`, found, expected });
}
