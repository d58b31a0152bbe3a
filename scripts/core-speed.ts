/** Seconds of a look at how fast this machine is now. */
const LOOK = 1;
const SLICES = 10;

/**
 * How fast one core is at this moment, in millions of products added up in a second: as many as a plain
 * loop over 4096 numbers comes to, the median of ten tenths of a second. Other programs that keep the
 * machine busy make it slower, as they do a study.
 */
export function coreSpeed(seconds: number = LOOK): number {
  const values = Float64Array.from({ length: 4096 }, (_, at) => Math.sin(at));
  const rates = Array.from({ length: SLICES }, () => rateOver((seconds * 1000) / SLICES, values));
  return rates.sort((a, b) => a - b)[SLICES / 2];
}

/** Millions of products a second, over some milliseconds. */
function rateOver(milliseconds: number, values: Float64Array): number {
  const start = performance.now();
  let sum = 0;
  for (let rounds = 1; ; rounds += 1) {
    for (let at = 0; at < values.length; at += 1) sum += values[at] * values[at];
    const spent = performance.now() - start;
    // The sum is used, so that no compiler leaves the loop out.
    if (spent >= milliseconds) return sum > 0 ? (rounds * values.length) / spent / 1000 : 0;
  }
}
