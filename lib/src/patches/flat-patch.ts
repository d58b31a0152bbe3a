import type { Patches } from "./types";

/** What of patches their values are made of. */
type Valued = Pick<Patches, "values" | "bands" | "places">;

/** Median of each band over all pixels of the patches, NaN left out. */
export function bandMedians({ values, bands }: Valued): Float32Array {
  return Float32Array.from(bands, (_, band) => {
    const own = new Float64Array(values.length / bands.length);
    for (let at = 0; at < own.length; at++) own[at] = values[at * bands.length + band];
    const sorted = own.filter((value) => !Number.isNaN(value)).sort();
    return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  });
}

/** Mean of each band over all pixels of some patches. */
export function bandMeans({ values, bands, places }: Valued, numbers: Uint32Array): Float32Array {
  const perPatch = values.length / places.length;
  const sums = new Float64Array(bands.length);
  for (const patch of numbers) {
    for (let at = 0; at < perPatch; at++) {
      sums[at % bands.length] += values[patch * perPatch + at];
    }
  }
  return Float32Array.from(sums, (sum) => (sum * bands.length) / (perPatch * numbers.length));
}

/** A patch that has one value a band all over: [size, size, bands]. */
export function flatPatch(levels: ArrayLike<number>, size: number): Float32Array {
  return Float32Array.from(
    { length: size * size * levels.length },
    (_, at) => levels[at % levels.length],
  );
}
