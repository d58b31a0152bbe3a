import type { Grid } from "../grid/grid";

/** Values of a grid as few characters: each is a whole number of units, row by row. */
export interface PackedCells {
  /** Null where there is no data. */
  readonly counts: readonly (number | null)[];
  /** A power of ten. */
  readonly unit: number;
  /** Decimals that a value has. */
  readonly decimals: number;
}

/**
 * How finely values are kept: to some significant digits of the middle one (by size, zeros left
 * out; the largest has one more at most), or to some decimals. These are cut and not rounded, so that a value below a threshold of as
 * many decimals stays below it.
 */
export type Packing = { readonly digits: number } | { readonly decimals: number };

/** How many cells a side are taken together so that all maps have at most so many in all. */
export function commonStep(grids: readonly Grid[], atMost: number): number {
  const cells = (step: number) =>
    grids.reduce((sum, { geometry: { width, height } }) => {
      return sum + Math.ceil(width / step) * Math.ceil(height / step);
    }, 0);
  let step = 1;
  while (cells(step) > atMost) step += 1;
  return step;
}

/** Means over squares of step x step cells of those that have data; the last ones may be cut. */
export function meanCells({ geometry, values }: Grid, step: number): Float64Array {
  const { width, height } = geometry;
  const columns = Math.ceil(width / step);
  const sums = new Float64Array(columns * Math.ceil(height / step));
  const counts = new Uint32Array(sums.length);
  values.forEach((value, cell) => {
    if (Number.isNaN(value)) return;
    const row = Math.floor(Math.floor(cell / width) / step);
    const at = row * columns + Math.floor((cell % width) / step);
    sums[at] += value;
    counts[at] += 1;
  });
  return sums.map((sum, at) => sum / counts[at]);
}

/** Values as whole numbers of a unit. */
export function packedCells(values: Float64Array, packing: Packing): PackedCells {
  const decimals = "decimals" in packing ? packing.decimals : decimalsOf(values, packing.digits);
  // A value such as 0.57 may come out a hair below its own whole number.
  const cut = (value: number) => Math.floor(value + 1e-6);
  const round = "decimals" in packing ? cut : Math.round;
  const perUnit = 10 ** decimals;
  const counts = Array.from(values, (value) =>
    // Adding 0 makes 0 of -0.
    Number.isNaN(value) ? null : round(value * perUnit) + 0,
  );
  return { counts, unit: 1 / perUnit, decimals: Math.max(0, decimals) };
}

/** Decimals that give the middle value its digits, and the largest no more than one besides. */
function decimalsOf(values: Float64Array, digits: number): number {
  const sizes = values
    .map(Math.abs)
    .filter((size) => size > 0 && Number.isFinite(size))
    .sort();
  if (sizes.length === 0) return digits - 1;
  const exponent = (size: number) => Math.floor(Math.log10(size));
  const [middle, largest] = [sizes[sizes.length >> 1], sizes[sizes.length - 1]].map(exponent);
  return Math.min(digits - 1 - middle, digits - largest);
}
