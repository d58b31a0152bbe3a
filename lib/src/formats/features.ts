import { InputError } from "../errors";
import type { Crs } from "../grid/grid";
import type { FeatureSource } from "../manifest/sources";
import { type GeojsonFeature, parseGeojson } from "./geojson";
import type { InputBytes } from "./input-bytes";

/**
 * The features of a GeoJSON file, whose coordinates are the study's.
 *
 * @throws InputError when the file is no GeoJSON, or names another CRS than the study's
 */
export function readFeatures(
  { file }: FeatureSource,
  inputs: InputBytes,
  crs: Crs,
): GeojsonFeature[] {
  const { features, epsg } = parseGeojson(inputs.get(file)!.toString("utf8"), file);
  if (epsg === null || epsg === crs.epsg) return features;
  throw new InputError({
    kind: "georeference",
    ...{ file, field: "crs", found: `EPSG:${epsg}` },
    expected: crs.epsg === null ? `none, as ${crs.name} has no code` : `EPSG:${crs.epsg}`,
    remedy: BRINGS,
  });
}

/** What to do about files in other systems and formats. */
const BRINGS = "npm run new-study -- NAME brings files in other systems into the study's.";
