import { z } from "zod";
import { fileName, positive, words } from "./field-schemas";
import { gridOrigin } from "./grid-manifest";

const count = z.number().int().positive();

const fromVectors = { from: z.literal("vectors"), layer: words };

const vectorOrigin = z.discriminatedUnion("method", [
  z.strictObject({
    ...fromVectors,
    method: z.enum([
      "distance",
      "distanceToPolygon",
      "distanceToContact",
      "insidePolygon",
      "strikeSine",
      "strikeCosine",
    ]),
  }),
  z.strictObject({ ...fromVectors, method: z.literal("lineDensity"), radius: positive }),
  z.strictObject({
    ...fromVectors,
    method: z.literal("distanceToBends"),
    bendAngle: positive.max(180),
  }),
  z.strictObject({
    ...fromVectors,
    method: z.literal("category"),
    property: words,
    value: z.union([words, z.number()]),
  }),
  z.strictObject({
    ...fromVectors,
    method: z.literal("categoryWeights"),
    property: words,
    weights: z
      .record(words, z.number())
      .refine((weights) => Object.keys(weights).length > 0, "expected one weight or more"),
    others: z.number().exactOptional(),
  }),
]);

const fromSamples = { from: z.literal("samples") };
const logarithms = { transform: z.literal("log").exactOptional() };
const inverseDistance = { power: positive.exactOptional(), neighbours: count.exactOptional() };

const sampleOrigin = z.discriminatedUnion("method", [
  z.strictObject({
    ...fromSamples,
    method: z.literal("inverseDistance"),
    element: words,
    ...logarithms,
    ...inverseDistance,
  }),
  z.strictObject({
    ...fromSamples,
    method: z.literal("kriging"),
    element: words,
    neighbours: count,
    ...logarithms,
  }),
  z.strictObject({
    ...fromSamples,
    method: z.literal("singularity"),
    element: words,
    spacings: z.array(positive).min(3),
    statistic: z.enum(["enrichment", "index"]).exactOptional(),
    regression: z.enum(["leastSquares", "theilSen"]).exactOptional(),
    ...inverseDistance,
  }),
  z.strictObject({
    ...fromSamples,
    method: z.literal("principalComponent"),
    component: count,
    elements: z.array(words).min(3).exactOptional(),
    ...inverseDistance,
  }),
]);

/** Where the values of an evidence layer come from. */
export const origin = z.discriminatedUnion("from", [
  z.strictObject({
    from: z.literal("geotiff"),
    file: fileName,
    band: count,
    resample: z.enum(["nearest", "bilinear", "average"]).exactOptional(),
  }),
  vectorOrigin,
  sampleOrigin,
  gridOrigin,
]);
