import { numberLabel } from "../../../lib/src/figures/ticks";
import type { Judged } from "../protocol";

/** An AUC with its interval, such as "0.83 (0.79 to 0.87)". */
export function aucText({ auc, interval: [low, high] }: Judged): string {
  return `${auc.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** A share in whole per cent; more exact where that would say none or all of some. */
export function percent(share: number): string {
  const whole = Math.round(100 * share);
  const hides = (whole === 0 && share > 0) || (whole === 100 && share < 1);
  return `${hides ? (100 * share).toFixed(1) : whole} %`;
}

/** Seconds for the eye: "3 s", "2 min 5 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A number with at most three significant digits. */
export function figure(value: number): string {
  return Number.isNaN(value) ? "no data" : numberLabel(value);
}

/** A threshold, exact enough that 0.9996 is not told as 1. */
export function threshold(value: number): string {
  const short = figure(value);
  return Number(short) === value || Number(short) !== Math.round(value) ? short : exact(value);
}

const exact = (value: number) => String(Number(value.toPrecision(7)));

/** A count with its noun: "1 epoch", "2 epochs". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
