import type { Measured } from "./measured";

/** A number with its interval where there is one, such as "0.830 (0.786 to 0.873)". */
export function estimateText({ value, interval }: Measured, digits = 3): string {
  const bounds = interval?.map((bound) => bound.toFixed(digits)).join(" to ");
  return `${value.toFixed(digits)}${bounds === undefined ? "" : ` (${bounds})`}`;
}

/** A share as a percentage, such as "23.8 %". */
export function percentText(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Shares as a range of percentages, such as "54.8 to 91.0 %". */
export function percentRange([low, high]: readonly [number, number], digits = 1): string {
  return `${(100 * low).toFixed(digits)} to ${percentText(high, digits)}`;
}

/** Least and largest of some numbers, such as "0.843 to 0.883". */
export function rangeText(values: readonly number[], digits = 3): string {
  return `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
}

/** Names in a row, or a word for none. */
export function listText(names: readonly string[], none = "none"): string {
  return names.length === 0 ? none : names.join(", ");
}

/** As listText, with no more names than told: what is over is counted. */
export function shortListText(names: readonly string[], most: number, none = "none"): string {
  // One name takes no more room than saying that there is one more.
  if (names.length <= most + 1) return listText(names, none);
  return `${listText(names.slice(0, most))} and ${names.length - most} more`;
}

/** A probability as it is said of a test, such as "p 0.031" or "p below 0.001". */
export function pText(p: number): string {
  return p < 0.001 ? "p below 0.001" : `p ${p.toFixed(3)}`;
}
