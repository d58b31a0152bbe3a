import { randomStream } from "../random";
import type { ElementModel } from "./elements";

/**
 * What a laboratory reports of true concentrations, as text: with its relative error and, near the
 * detection limit, an absolute one of a quarter of the limit; `<limit` below it; three digits.
 */
export function reportedValues(
  seed: number,
  element: ElementModel,
  concentrations: Float64Array,
): string[] {
  const random = randomStream(seed, `synthetic/laboratory/${element.symbol}`);
  const { error, detectionLimit } = element;
  return Array.from(concentrations, (value) => {
    const measured =
      value * (1 + error * random.normal()) + 0.25 * detectionLimit * random.normal();
    if (measured < detectionLimit) return `<${detectionLimit}`;
    return String(Number(measured.toPrecision(3)));
  });
}
