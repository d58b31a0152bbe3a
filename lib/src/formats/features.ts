import { InputError } from "../errors";
import type { Crs } from "../grid/grid";
import { type Projector, projector } from "../grid/projection";
import type { FeatureSource } from "../manifest/sources";
import type { FeatureFile, InputBytes } from "./feature-file";
import { type GeojsonFeature, parseGeojson } from "./geojson";
import { readGeopackage } from "./geopackage";
import { readShapefile } from "./shapefile";

/**
 * The features of a file, coordinates in the study's CRS. Coordinates that are no numbers are left
 * as they are, for whoever reads them to refuse.
 *
 * @throws InputError when the file is none of its format, says another CRS than the manifest, or
 * its CRS cannot be brought to the study's
 */
export async function readFeatures(
  source: FeatureSource,
  inputs: InputBytes,
  crs: Crs,
): Promise<GeojsonFeature[]> {
  const { features, epsg } = await featureFile(source, inputs, crs);
  const project = sourceProjector(source, epsg, crs);
  if (project === null) return [...features];
  return features.map((feature) => ({
    ...feature,
    coordinates: reprojected(feature.coordinates, project, source.file, feature.place),
  }));
}

/** The features of a file as they stand in it. */
export async function featureFile(
  source: FeatureSource,
  inputs: InputBytes,
  crs: Crs,
): Promise<FeatureFile> {
  if (source.format === "shapefile") return readShapefile(source, inputs, crs);
  const bytes = inputs.get(source.file)!;
  if (source.format === "geopackage") return readGeopackage(bytes, source.file, source.layer);
  return parseGeojson(bytes.toString("utf8"), source.file);
}

/**
 * The way from a source's coordinates to the study's; null when they are the study's.
 *
 * @param epsg what the file says of itself
 * @throws InputError when file and manifest differ, or there is no way
 */
export function sourceProjector(
  { file, crs: given }: { readonly file: string; readonly crs?: number },
  epsg: number | null,
  crs: Crs,
): Projector | null {
  if (given !== undefined && epsg !== null && given !== epsg) {
    throw new InputError({
      kind: "georeference",
      file,
      field: "crs",
      found: `EPSG:${epsg} in the file, ${given} in study.json`,
      expected: "the same",
      remedy: "Take crs out of study.json, or mend it.",
    });
  }
  const code = given ?? epsg;
  if (code === null || code === crs.epsg) return null;
  if (crs.epsg === null) {
    throw new InputError({
      kind: "georeference",
      file,
      field: "crs",
      found: `EPSG:${code}`,
      expected: `no CRS but the study's own (${crs.name}), which has no EPSG code`,
      remedy: "Give the study an EPSG code, or the file in the study's coordinates.",
    });
  }
  return projector(code, crs.epsg, { file, field: "crs" });
}

/** A place brought to the study's CRS. */
export function projected(
  project: Projector | null,
  easting: number,
  northing: number,
  file: string,
  place: string,
): readonly [number, number] {
  if (project === null) return [easting, northing];
  const point = project(easting, northing);
  if (point.every(Number.isFinite)) return point;
  throw new InputError({
    kind: "georeference",
    file,
    field: `${place}, coordinates`,
    found: `${easting}, ${northing}, which the file's CRS has not`,
    expected: "coordinates in the file's CRS; of degrees longitude first, latitude -90 to 90",
    remedy: "Mend crs, or exchange the columns, in study.json.",
  });
}

function reprojected(value: unknown, project: Projector, file: string, place: string): unknown {
  if (!Array.isArray(value)) return value;
  const [easting, northing] = value as unknown[];
  if (typeof easting === "number" && typeof northing === "number") {
    if (!Number.isFinite(easting) || !Number.isFinite(northing)) return value;
    return projected(project, easting, northing, file, place);
  }
  return value.map((part) => reprojected(part, project, file, place));
}
