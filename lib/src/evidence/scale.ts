import { InputError } from "../errors";
import type { Grid, GridStack } from "../grid/grid";

/** The values of a band that became 0 and 1. */
export interface BandRange {
  readonly band: string;
  readonly low: number;
  readonly high: number;
}

export interface ScaleOptions {
  /**
   * Two percentiles of each band that become 0 and 1, such as [2, 98]; values beyond are set to them.
   * [0, 100], the default, is minimum and maximum.
   */
  readonly percentiles?: readonly number[];
}

/**
 * Scales every band to [0, 1] by its own range, nodata left as it is, and says which range.
 *
 * @throws InputError when the percentiles do not rise within 0 to 100, or leave a band no range
 */
export function scaleEvidence(
  stack: GridStack,
  { percentiles = [0, 100] }: ScaleOptions = {},
): { readonly stack: GridStack; readonly ranges: readonly BandRange[] } {
  const [lower, upper] = percentiles;
  if (percentiles.length !== 2 || !(lower >= 0 && lower < upper && upper <= 100)) {
    throw new InputError({
      kind: "parameter",
      field: "percentiles",
      found: `[${percentiles.join(", ")}]`,
      expected: "two rising numbers from 0 to 100",
    });
  }
  const ranges = stack.bands.map((band) => rangeOf(band, lower, upper));
  return { stack: scaleByRanges(stack, ranges), ranges };
}

/**
 * Scales every band by a given range, such as that of the area on which a network was trained;
 * values beyond are set to 0 and 1.
 *
 * @param ranges one a band, in the order of the bands
 */
export function scaleByRanges(stack: GridStack, ranges: readonly BandRange[]): GridStack {
  const bands = stack.bands.map((band, index) => {
    const { low, high } = ranges[index];
    const values = band.values.map((value) =>
      // Math.min and Math.max keep NaN.
      Math.min(Math.max((value - low) / (high - low), 0), 1),
    );
    return { ...band, values };
  });
  return { ...stack, bands };
}

/** How much of a band scaling takes to 0 and 1: shares of its values below and above its range. */
export interface ClippedShares {
  readonly band: string;
  readonly below: number;
  readonly above: number;
}

/**
 * Shares of each band's values that scaling by these ranges clips, 0 to 1, of pixels with data; of
 * a band without data 0.
 *
 * @param ranges one a band, in the order of the bands
 */
export function clippedShares({ bands }: GridStack, ranges: readonly BandRange[]): ClippedShares[] {
  return bands.map(({ name, values }, index) => {
    const { low, high } = ranges[index];
    let [known, below, above] = [0, 0, 0];
    for (const value of values) {
      if (value < low) below++;
      else if (value > high) above++;
      if (!Number.isNaN(value)) known++;
    }
    const total = Math.max(known, 1);
    return { band: name, below: below / total, above: above / total };
  });
}

function rangeOf({ name, values }: Grid, lower: number, upper: number): BandRange {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const low = percentile(sorted, lower);
  const high = percentile(sorted, upper);
  if (high > low && Number.isFinite(high - low)) return { band: name, low, high };
  throw new InputError({
    kind: "values",
    field: `band ${name}`,
    found: sorted.length === 0 ? "nodata in every pixel" : `the range ${low} to ${high}`,
    expected: `finite values that differ between percentiles ${lower} and ${upper}`,
  });
}

/** Percentile with linear interpolation between order statistics (type 7 of Hyndman and Fan). */
function percentile(sorted: Float32Array, percent: number): number {
  const at = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
