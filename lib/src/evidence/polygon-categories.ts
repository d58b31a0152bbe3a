import { InputError } from "../errors";
import type { GridGeometry } from "../grid/grid";
import { rasterisePolygons } from "../grid/rasterise";
import type { Polygon } from "../grid/shapes";
import type { VectorOrigin } from "../manifest/origins";
import type { VectorLayer } from "../study/types";
import { categoryWeights } from "./category-weights";

type Indicator = Extract<VectorOrigin, { readonly method: "category" }>;
type Weights = Extract<VectorOrigin, { readonly method: "categoryWeights" }>;

/**
 * 1 inside polygons whose property has the value, 0 elsewhere; [height, width].
 *
 * @throws InputError when no polygon has it
 */
export function polygonIndicator(
  geometry: GridGeometry,
  layer: VectorLayer,
  { property, value }: Indicator,
): Float32Array {
  const chosen = polygonsWith(layer, property, value, (found) => found === value);
  return Float32Array.from(rasterisePolygons(geometry, chosen));
}

/**
 * The weight of the polygon that a pixel's centre is in, by a property's value; where polygons of
 * several values overlap, of the value named first. Other values, and pixels in no polygon, have
 * the weight for others; without one these pixels are nodata. [height, width].
 *
 * @throws InputError when no polygon has a value that is named, or, without a weight for others,
 * some polygon has one that is not
 */
export function polygonWeights(
  geometry: GridGeometry,
  layer: VectorLayer,
  { property, weights, others }: Weights,
): Float32Array {
  const named = Object.keys(weights);
  if (others === undefined) requireNamed(layer, property, named);
  const codes = new Float32Array(geometry.width * geometry.height).fill(Number.NaN);
  // The value named first is laid on last.
  for (let code = named.length - 1; code >= 0; code--) {
    const name = named[code];
    const chosen = polygonsWith(layer, property, name, (found) => textOf(found) === name);
    rasterisePolygons(geometry, chosen).forEach((inside, pixel) => {
      if (inside === 1) codes[pixel] = code;
    });
  }
  const table = named.map((name, category) => ({ category, weight: weights[name] }));
  const values = categoryWeights(codes, table);
  return others === undefined
    ? values
    : values.map((value) => (Number.isNaN(value) ? others : value));
}

/** A property's value as the manifest names it. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function polygonsWith(
  layer: VectorLayer,
  property: string,
  value: string | number,
  isWanted: (found: unknown) => boolean,
): Polygon[] {
  const { polygons, polygonProperties } = layer;
  const chosen = polygons.filter((_, at) => isWanted(polygonProperties[at][property]));
  if (chosen.length > 0) return chosen;
  const known = new Set(
    polygonProperties.map((found) => JSON.stringify(found[property]) ?? "none"),
  );
  throw new InputError({
    kind: "values",
    field: `category of "${layer.name}", ${property}`,
    found: `no polygon with ${JSON.stringify(value)}`,
    expected: `one of ${[...known].slice(0, 20).join(", ")}`,
  });
}

function requireNamed(
  { name, polygonProperties }: VectorLayer,
  property: string,
  named: readonly string[],
): void {
  const values = polygonProperties.map((found) => found[property]);
  const at = values.findIndex((value) => !named.includes(textOf(value) ?? ""));
  if (at < 0) return;
  throw new InputError({
    kind: "values",
    field: `categoryWeights of "${name}", ${property}`,
    found: `a polygon with ${JSON.stringify(values[at]) ?? "no value"}`,
    expected: `one of ${named.join(", ")}`,
    remedy: 'Give it a weight, or all others one by "others".',
  });
}
