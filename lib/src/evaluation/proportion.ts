import { InputError } from "../errors";
import { normalQuantile } from "./distributions";
import type { Estimate } from "./types";

/**
 * A share with Wilson's (1927) score interval, which holds for few trials and does not shrink to
 * nothing when all or none succeed, as a bootstrap of the same trials would.
 *
 * @param successes of trials
 * @throws InputError when there is no trial or the successes are not 0 to trials
 */
export function proportionWithInterval(
  successes: number,
  trials: number,
  confidence = 0.95,
): Estimate {
  if (!(trials > 0) || !(successes >= 0 && successes <= trials)) {
    throw new InputError({
      kind: "values",
      field: "share",
      found: `${successes} of ${trials}`,
      expected: "0 to all of at least one",
    });
  }
  const value = successes / trials;
  const z = normalQuantile((1 + confidence) / 2);
  const weight = 1 + (z * z) / trials;
  const centre = (value + (z * z) / (2 * trials)) / weight;
  const reach =
    (z / weight) * Math.sqrt((value * (1 - value)) / trials + (z * z) / (4 * trials * trials));
  return {
    value,
    interval: [Math.max(0, centre - reach), Math.min(1, centre + reach)],
    confidence,
  };
}
