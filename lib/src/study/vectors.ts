import { formatError, type GeojsonFeature, positions } from "../formats/geojson";
import type { Line, Polygon } from "../grid/shapes";
import type { VectorLayer } from "./types";

/**
 * A layer of lines and polygons from the features of a file.
 *
 * @throws InputError when there are none, or other geometries
 */
export function vectorLayer(
  name: string,
  features: readonly GeojsonFeature[],
  file: string,
): VectorLayer {
  const lines: Line[] = [];
  const polygons: Polygon[] = [];
  const polygonProperties: Readonly<Record<string, unknown>>[] = [];
  if (features.length === 0) throw formatError(file, "features", "none", "lines or polygons");
  for (const feature of features) {
    if (feature.type.endsWith("LineString")) lines.push(...featureLines(feature, file));
    else {
      for (const polygon of featurePolygons(feature, file)) {
        polygons.push(polygon);
        polygonProperties.push(feature.properties);
      }
    }
  }
  return { name, lines, polygons, polygonProperties };
}

function featureLines({ type, coordinates, place }: GeojsonFeature, file: string): Line[] {
  const field = `${place}.geometry.coordinates`;
  const parts = type === "LineString" ? [coordinates] : members(coordinates, file, field);
  return parts.map((part, index) => {
    const partField = type === "LineString" ? field : `${field}[${index}]`;
    const line = positions(part, file, partField);
    if (line.length < 4)
      throw formatError(file, partField, `${line.length / 2} positions`, "two or more");
    return line;
  });
}

/** The polygons of a Polygon or MultiPolygon feature. */
export function featurePolygons(
  { type, coordinates, place }: GeojsonFeature,
  file: string,
): Polygon[] {
  const field = `${place}.geometry.coordinates`;
  if (type === "Polygon") return [polygonOf(coordinates, file, field)];
  if (type !== "MultiPolygon") {
    throw formatError(file, `${place}.geometry.type`, type, "a line or polygon");
  }
  return members(coordinates, file, field).map((part, index) =>
    polygonOf(part, file, `${field}[${index}]`),
  );
}

function polygonOf(value: unknown, file: string, field: string): Polygon {
  return members(value, file, field).map((part, index) => {
    const ringField = `${field}[${index}]`;
    const ring = positions(part, file, ringField);
    const closed = ring[0] === ring.at(-2) && ring[1] === ring.at(-1);
    if (ring.length < 8 || !closed) {
      const found = `${ring.length / 2} positions, ${closed ? "closed" : "not closed"}`;
      throw formatError(file, ringField, found, "a closed ring of four positions or more");
    }
    return ring;
  });
}

function members(value: unknown, file: string, field: string): unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw formatError(file, field, JSON.stringify(value) ?? "nothing", "nested coordinates");
}
