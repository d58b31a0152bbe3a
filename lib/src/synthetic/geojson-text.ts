import type { Line, Polygon } from "../grid/shapes";
import { toTenth } from "./frame";

/** A feature to be written, its vertices to a tenth of a metre. */
export interface WrittenFeature {
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry:
    | { readonly type: "LineString"; readonly coordinates: Line }
    | { readonly type: "Polygon"; readonly coordinates: Polygon }
    | { readonly type: "Point"; readonly coordinates: Float64Array };
}

/** A GeoJSON FeatureCollection, one feature a line, that names its CRS as GDAL does. */
export function geojsonText(epsg: number, features: readonly WrittenFeature[]): string {
  const crs = { type: "name", properties: { name: `urn:ogc:def:crs:EPSG::${epsg}` } };
  const lines = features.map(({ properties, geometry }) =>
    JSON.stringify({ type: "Feature", properties, geometry: written(geometry) }),
  );
  return `{ "type": "FeatureCollection", "crs": ${JSON.stringify(crs)}, "features": [\n${lines.join(",\n")}\n] }\n`;
}

function written(geometry: WrittenFeature["geometry"]) {
  const { type } = geometry;
  if (type === "Point") return { type, coordinates: positions(geometry.coordinates)[0] };
  if (type === "LineString") return { type, coordinates: positions(geometry.coordinates) };
  return { type, coordinates: geometry.coordinates.map(positions) };
}

function positions(line: Float64Array): number[][] {
  return Array.from({ length: line.length / 2 }, (_, vertex) => [
    toTenth(line[2 * vertex]),
    toTenth(line[2 * vertex + 1]),
  ]);
}
