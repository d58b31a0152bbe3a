import type { GeojsonFeature } from "./geojson";

/** The bytes of the study's input files by path. */
export type InputBytes = ReadonlyMap<string, Buffer>;

/** Features of a file, and the EPSG code that it gives for them, if it does. */
export interface FeatureFile {
  readonly features: readonly GeojsonFeature[];
  readonly epsg: number | null;
}
