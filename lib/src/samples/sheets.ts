import type { SampleElement } from "./types";

/** What of samples tells map sheets apart. */
interface SheetSamples {
  /** [samples], the sheet of each. */
  readonly sheets: readonly string[];
}

/** The samples of each sheet, by name. */
export function samplesBySheet({ sheets }: SheetSamples): Map<string, number[]> {
  const members = new Map<string, number[]>();
  for (const name of [...new Set(sheets)].sort()) members.set(name, []);
  sheets.forEach((name, sample) => {
    members.get(name)?.push(sample);
  });
  return members;
}

/**
 * An element with every sheet's median brought to that of all samples: logarithms are shifted by the
 * difference, so that ratios and order within a sheet stay. It takes away what laboratories and limits
 * differ by from sheet to sheet, and what the ground does too.
 */
export function levelledBySheet(element: SampleElement, sheets: readonly string[]): SampleElement {
  const logs = element.values.map(Math.log);
  const whole = medianOf(logs);
  const values = element.values.slice();
  for (const members of samplesBySheet({ sheets }).values()) {
    const shift = whole - medianOf(members.map((sample) => logs[sample]));
    if (!Number.isFinite(shift)) continue;
    for (const sample of members) values[sample] = Math.exp(logs[sample] + shift);
  }
  return { ...element, values };
}

/** Median of the numbers that are known; NaN where none is. */
export function medianOf(values: ArrayLike<number>): number {
  const known = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const middle = known.length >> 1;
  if (known.length === 0) return Number.NaN;
  return known.length % 2 === 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
}
