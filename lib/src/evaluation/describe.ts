import { InputError } from "../errors";

/** What a set of numbers looks like; positions without data are counted apart. */
export interface Description {
  readonly count: number;
  readonly nodata: number;
  readonly minimum: number;
  readonly median: number;
  readonly mean: number;
  readonly maximum: number;
  /** Of the sample, with count - 1. */
  readonly standardDeviation: number;
}

/**
 * Describes the numbers that are not NaN.
 *
 * @throws InputError when there is none
 */
export function describeValues(values: ArrayLike<number>): Description {
  const data = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (data.length === 0) {
    throw new InputError({
      kind: "values",
      field: "values to describe",
      found: "only nodata",
      expected: "at least one number",
    });
  }
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const squares = data.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count: data.length,
    nodata: values.length - data.length,
    minimum: data[0],
    median: quantileOfSorted(data, 0.5),
    mean,
    maximum: data[data.length - 1],
    standardDeviation: data.length > 1 ? Math.sqrt(squares / (data.length - 1)) : 0,
  };
}

/** The mean of some numbers, added up in their order; NaN of none. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum / values.length;
}

/** The median of some numbers, in whatever order. */
export function medianOf(values: ArrayLike<number>): number {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.5);
}

/** Whether any number differs from the first. */
export function varies(values: ArrayLike<number>): boolean {
  for (let at = 1; at < values.length; at++) if (values[at] !== values[0]) return true;
  return false;
}

/** Quantile by linear interpolation between order statistics (R's type 7, numpy's default). */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
