import { z } from "zod";
import { camelCase, fileName, positive, words } from "./field-schemas";

/** A file of features, GeoJSON whether that is said or not. */
export const featureSource = { format: z.literal("geojson").default("geojson"), file: fileName };

/** One object a format, each with further fields. */
function pointSource<Fields extends z.ZodRawShape>(fields: Fields) {
  return z.discriminatedUnion("format", [
    z.strictObject({ format: z.literal("geojson"), file: fileName, ...fields }),
    z.strictObject({
      format: z.literal("csv"),
      easting: words,
      northing: words,
      encoding: z.enum(["utf-8", "windows-1252", "iso-8859-1"]).exactOptional(),
      file: fileName,
      ...fields,
    }),
  ]);
}

const propertyValues = z
  .record(words, z.array(z.union([words, z.number()])).min(1))
  .refine((values) => Object.keys(values).length > 0, "expected one property or more");

export const occurrences = pointSource({
  name: words.exactOptional(),
  namePrefix: z.string().exactOptional(),
  commodity: words.exactOptional(),
  where: propertyValues.exactOptional(),
  title: words.exactOptional(),
  groups: z
    .array(z.strictObject({ id: camelCase, title: words, where: propertyValues }))
    .exactOptional(),
});

export const samples = pointSource({
  name: words.exactOptional(),
  elements: z
    .array(
      z.strictObject({
        element: words,
        column: words,
        unit: z.enum(["%", "ppm", "ppb", "g/t", "mg/kg", "ug/kg"]),
        detectionLimit: positive.exactOptional(),
        upperLimit: positive.exactOptional(),
      }),
    )
    .min(1),
  sheet: words.exactOptional(),
  levelling: z.literal("median").exactOptional(),
  missing: z.array(z.union([z.number(), words])).exactOptional(),
  belowDetection: z.array(words).exactOptional(),
  negative: z.enum(["detectionLimit", "missing"]).exactOptional(),
  zero: z.enum(["belowDetection", "missing"]).exactOptional(),
  replacement: positive.max(1).exactOptional(),
});

export const zones = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("polygons"), property: words, ...featureSource }),
  z.strictObject({ from: z.literal("line"), layer: words, left: words, right: words }),
]);
