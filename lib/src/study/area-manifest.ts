import { z } from "zod";
import type { FeatureSource } from "./manifest";
import { featureSource } from "./source-schemas";

/** How far from a sample ground is taken as surveyed, in sample spacings, where nothing else is said. */
export const DEFAULT_SPACINGS = 1.25;

/** Below it no spacing but 0 fits the ground around samples; see sampledGround. */
const LEAST_SPACINGS = 1;

/** The study area as polygons of a file. */
export interface PolygonAreaInput extends FeatureSource {
  readonly from: "polygons";
}

/** The study area as ground within so many sample spacings of a sample. */
export interface SampledAreaInput {
  readonly from: "samples";
  readonly spacings: number;
}

export type AreaInput = PolygonAreaInput | SampledAreaInput;

export const area = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("polygons"), ...featureSource }),
  z.strictObject({ from: z.literal("samples"), spacings: z.number().min(LEAST_SPACINGS).max(100) }),
]);
