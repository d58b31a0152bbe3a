import { InputError } from "../errors";

/** What the pixels of a category are worth as evidence. */
export interface CategoryWeight {
  /** Code of the category, as the raster has it. */
  readonly category: number;
  readonly weight: number;
}

/**
 * A categorical layer as weights: each pixel takes its category's weight. Categories without one
 * take the weight for others; where that is not given, they are refused. Nodata stays nodata.
 *
 * @throws InputError when a category occurs twice in the table or has no weight, or a weight is not
 * finite
 */
export function categoryWeights(
  categories: ArrayLike<number>,
  table: readonly CategoryWeight[],
  others?: number,
): Float32Array {
  const weights = new Map<number, number>();
  for (const { category, weight } of table) {
    if (weights.has(category)) throw refused(String(category), "twice", "one weight a category");
    if (!Number.isFinite(weight))
      throw refused(String(category), String(weight), "a finite weight");
    weights.set(category, weight);
  }
  return Float32Array.from(categories, (category) => {
    if (Number.isNaN(category)) return Number.NaN;
    const weight = weights.get(category) ?? others;
    if (weight === undefined) {
      throw refused(String(category), "no weight", "one, or a weight for others");
    }
    return weight;
  });
}

/** 1 where a categorical layer has one of the categories, 0 elsewhere; nodata stays nodata. */
export function categoryIndicator(
  categories: ArrayLike<number>,
  ...chosen: readonly number[]
): Float32Array {
  return categoryWeights(
    categories,
    [...new Set(chosen)].map((category) => ({ category, weight: 1 })),
    0,
  );
}

function refused(category: string, found: string, expected: string): InputError {
  return new InputError({ kind: "parameter", field: `category ${category}`, found, expected });
}
