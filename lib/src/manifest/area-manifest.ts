import { z } from "zod";
import { featureSource } from "./source-schemas";
import type { FeatureSource } from "./sources";

/**
 * How far from a sample ground is taken as surveyed, in sample spacings, where nothing else is said.
 * Of ground sampled at random, exp(-pi m²) lies farther than m spacings from any sample: 4 % at 1,
 * 0.7 % at 1.25, 0.09 % at 1.5, so that 1.5 is the least that leaves no holes to speak of inside a
 * survey. It is within the reach of inverse distances, whose 12 nearest samples lie within
 * sqrt(12 / pi) = 1.95 spacings. No occurrence was looked at for it.
 */
export const DEFAULT_SPACINGS = 1.5;

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
