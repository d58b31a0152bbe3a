import { InputError } from "../errors";
import type { Patches } from "./types";

/** Which patches train the classifier, and as what. */
export interface TrainingSelection {
  /** Patches with the highest reconstruction errors, taken as prospective (label 1). */
  readonly prospective: Uint32Array;
  /** Patches with the lowest reconstruction errors, taken as background (label 0). */
  readonly background: Uint32Array;
}

const SMALL_DISTRICT =
  "Make the study's pixels finer or its region larger, or set a smaller patchSize, less coarsening or larger shares in the notebook's first cell.";

/**
 * The share of patches that a CAE reconstructs worst, and the share that it reconstructs best.
 * Counts are rounded down (15 % of 4,234 is the published 635); tied errors go by patch order.
 *
 * @param errors reconstruction error of each patch
 * @param high share taken as prospective, above 0
 * @param low share taken as background, above 0; high + low is at most 1
 * @throws InputError when the shares overlap or either selects no patch
 */
export function selectByError(
  errors: ArrayLike<number>,
  { high, low }: { readonly high: number; readonly low: number },
): TrainingSelection {
  const countOf = (share: number) => Math.floor(share * errors.length + 1e-9);
  if (!(high > 0 && low > 0 && high + low <= 1 + 1e-12)) {
    throw new InputError({
      kind: "parameter",
      field: "proportions high and low",
      found: `${high} and ${low}`,
      expected: "shares above 0 that add up to at most 1, so that no patch has both labels",
    });
  }
  if (countOf(high) === 0 || countOf(low) === 0) {
    throw new InputError({
      kind: "parameter",
      field: "proportions high and low",
      found: `${high} and ${low} of ${errors.length} patches, less than one patch`,
      expected: `at least ${Math.ceil(1 / Math.min(high, low) - 1e-9)} patches, so that each share holds one`,
      remedy: SMALL_DISTRICT,
    });
  }
  const falling = Uint32Array.from({ length: errors.length }, (_, patch) => patch).sort(
    (first, second) => errors[second] - errors[first] || first - second,
  );
  return {
    prospective: falling.slice(0, countOf(high)),
    background: falling.slice(falling.length - countOf(low)),
  };
}

/** The patches of some numbers, in that order: [numbers.length, size, size, bands]. */
export function takePatches(
  values: Float32Array,
  numbers: ArrayLike<number>,
  valuesPerPatch: number,
): Float32Array {
  const taken = new Float32Array(numbers.length * valuesPerPatch);
  for (let at = 0; at < numbers.length; at++) {
    const from = numbers[at] * valuesPerPatch;
    taken.set(values.subarray(from, from + valuesPerPatch), at * valuesPerPatch);
  }
  return taken;
}

/**
 * The patches that a selection labels: prospective ones (1), then background (0).
 *
 * @returns values of shape [count, size, size, bands], and a label for each patch
 */
export function labelledPatches(
  { values, layout: { size }, bands }: Patches,
  { prospective, background }: TrainingSelection,
) {
  const numbers = Uint32Array.from([...prospective, ...background]);
  const labels = new Uint8Array(numbers.length).fill(1, 0, prospective.length);
  return {
    values: takePatches(values, numbers, size * size * bands.length),
    labels,
    shape: { count: numbers.length, size, bands: bands.length },
  };
}

/** The patches of some numbers, in that order, with their places; the layout stays that of all. */
export function patchSubset(patches: Patches, numbers: ArrayLike<number>): Patches {
  const { values, places } = patches;
  return {
    ...patches,
    values: takePatches(values, numbers, values.length / places.length),
    places: Array.from(numbers, (patch) => places[patch]),
  };
}

/** What of patches their bands decide. */
type Banded = { readonly bands: readonly string[]; readonly values: Float32Array };

/** Patches without one of their bands, such as one evidence layer left out in turn. */
export function dropBand<P extends Banded>(patches: P, band: string): P {
  const { bands } = patches;
  if (!bands.includes(band) || bands.length === 1) {
    throw new InputError({
      kind: "parameter",
      field: "band to leave out",
      found: band,
      expected: `one of several: ${bands.join(", ")}`,
      remedy: "Name another; the only band cannot be left out.",
    });
  }
  return keepBands(
    patches,
    bands.filter((name) => name !== band),
  );
}

/**
 * Patches of some of their bands alone, in the order of the names; the patches themselves where
 * these are all, as they are.
 *
 * @param names each the name of a band
 */
export function keepBands<P extends Banded>(patches: P, names: readonly string[]): P {
  const { bands, values } = patches;
  if (names.join() === bands.join()) return patches;
  const kept = names.map((name) => bands.indexOf(name));
  const taken = new Float32Array((values.length / bands.length) * kept.length);
  for (let from = 0, to = 0; from < values.length; from += bands.length) {
    for (const band of kept) taken[to++] = values[from + band];
  }
  return { ...patches, bands: names, values: taken };
}
