import { InputError } from "../errors";
import { writeWhole } from "../files";
import type { Crs } from "./grid";
import { type VectorFeature, vectorFields } from "./vector-feature";

/**
 * Writes areas as GeoJSON in the study's own CRS, which a "crs" member names as GDAL and QGIS read
 * it (GeoJSON 2008; RFC 7946 knows longitude and latitude only). Not reprojected, so that cells
 * keep their exact edges.
 *
 * @throws InputError when the CRS has no EPSG code (GDAL would take its metres for degrees), a
 *   number is not finite, a feature has no polygon, or the file cannot be written
 */
export function writeGeojson(
  path: string,
  name: string,
  crs: Crs,
  features: readonly VectorFeature[],
): void {
  if (crs.epsg === null) {
    throw new InputError({
      kind: "georeference",
      file: path,
      field: "crs",
      found: `a local system (${crs.name})`,
      expected: "a CRS with an EPSG code, without which GeoJSON is read as degrees",
      remedy: "Write a GeoPackage, which knows local systems.",
    });
  }
  const fields = vectorFields(features);
  const lines = features.map(({ polygons, properties }) =>
    JSON.stringify({
      type: "Feature",
      properties: Object.fromEntries(
        fields.map((field) => [field.name, properties[field.name] ?? null]),
      ),
      geometry: {
        type: "MultiPolygon",
        coordinates: polygons.map((rings) => rings.map(positions)),
      },
    }),
  );
  const member = { type: "name", properties: { name: `urn:ogc:def:crs:EPSG::${crs.epsg}` } };
  writeWhole(
    path,
    `{\n"type": "FeatureCollection",\n"name": ${JSON.stringify(name)},\n"crs": ${JSON.stringify(member)},\n"features": [\n${lines.join(",\n")}\n]\n}\n`,
  );
}

function positions(ring: Float64Array): [number, number][] {
  return Array.from({ length: ring.length / 2 }, (_, vertex) => [
    ring[2 * vertex],
    ring[2 * vertex + 1],
  ]);
}
