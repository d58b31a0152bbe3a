import { z } from "zod";
import { type BrokenRule, repeated } from "./broken-rule";
import { fileName, words } from "./field-schemas";
import type { GridOrigin } from "./origins";

/** A raster of one element's concentration. */
export interface ElementGridInput {
  readonly element: string;
  readonly file: string;
  /** Band number, from 1 as GDAL counts. */
  readonly band: number;
}

/** Rasters of element concentrations that evidence is made from, as others make it from samples. */
export interface ElementGridsInput {
  readonly elements: readonly ElementGridInput[];
  /** What zeros and negative numbers mean; without it they are refused where they cannot be used. */
  readonly notPositive?: "missing";
}

const count = z.number().int().positive();

export const grids = z.strictObject({
  elements: z.array(z.strictObject({ element: words, file: fileName, band: count })).min(1),
  notPositive: z.literal("missing").exactOptional(),
});

const fromGrids = {
  from: z.literal("grids"),
  resample: z.enum(["nearest", "bilinear", "average"]).exactOptional(),
};

export const gridOrigin = z.discriminatedUnion("method", [
  z.strictObject({
    ...fromGrids,
    method: z.literal("value"),
    element: words,
    transform: z.literal("log").exactOptional(),
  }),
  z.strictObject({
    ...fromGrids,
    method: z.literal("singularity"),
    element: words,
    pixels: z.array(count).min(3),
    statistic: z.enum(["enrichment", "index"]).exactOptional(),
    regression: z.enum(["leastSquares", "theilSen"]).exactOptional(),
  }),
  z.strictObject({
    ...fromGrids,
    method: z.literal("principalComponent"),
    component: count,
    elements: z.array(words).min(3).exactOptional(),
  }),
]);

/** Rules of an evidence layer that is made from element grids. */
export function gridRules(
  origin: GridOrigin,
  field: string,
  input: ElementGridsInput | null,
): BrokenRule[] {
  if (input === null)
    return [{ field, found: '"grids" as the source', expected: 'a field "grids"' }];
  const known = input.elements.map(({ element }) => element);
  const named = origin.method === "principalComponent" ? (origin.elements ?? []) : [origin.element];
  const unknown = named
    .filter((element) => !known.includes(element))
    .map((element) => ({
      field,
      found: `"${element}"`,
      expected: `one of the grids' elements: ${known.join(", ")}`,
    }));
  if (origin.method === "principalComponent") {
    const parts = (origin.elements ?? known).length;
    if (parts >= 3 && origin.component < parts) return unknown;
    const found = `component ${origin.component} of ${parts} elements`;
    return [...unknown, { field, found, expected: "three elements or more, a component fewer" }];
  }
  if (origin.method !== "singularity") return unknown;
  const isOdd = origin.pixels.every(
    (side, at) => side % 2 === 1 && (at === 0 || side > origin.pixels[at - 1]),
  );
  if (isOdd) return unknown;
  return [
    ...unknown,
    {
      field: `${field}.pixels`,
      found: JSON.stringify(origin.pixels),
      expected: "rising odd numbers",
    },
  ];
}

/** An element has one grid. */
export function repeatedGrids(input: ElementGridsInput | null): BrokenRule[] {
  return repeated(
    "grids.elements.element",
    (input?.elements ?? []).map(({ element }) => element),
  );
}
