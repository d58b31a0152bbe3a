import { quantileOfSorted } from "../evaluation/describe";
import type { Attributions } from "../runs/integrated-gradients";

/** How far attributions are from adding up to what they take apart. */
export interface Completeness {
  readonly patches: number;
  /** |sum of the attributions - (F(x) - F(x'))| over patches, in the unit of the score. */
  readonly median: number;
  readonly worst: number;
  /** |F(x) - F(x')|, median over patches. */
  readonly difference: number;
  /** All gaps as a share of all differences. */
  readonly share: number;
}

/**
 * The gap that steps leave, over all patches: the sum of a patch's attributions should be the
 * difference of its score and the baseline's.
 */
export function completenessOf({ byLayer, scores, baselineScore }: Attributions): Completeness {
  const bands = byLayer.length / scores.length;
  const differences = scores.map((score) => Math.abs(score - baselineScore));
  const gaps = scores.map((score, patch) => {
    const own = byLayer.subarray(patch * bands, (patch + 1) * bands);
    return Math.abs(own.reduce((sum, part) => sum + part, 0) - (score - baselineScore));
  });
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const whole = total(differences);
  const sorted = gaps.slice().sort();
  return {
    patches: scores.length,
    median: quantileOfSorted(sorted, 0.5),
    worst: sorted[sorted.length - 1],
    difference: quantileOfSorted(differences.slice().sort(), 0.5),
    share: whole > 0 ? total(gaps) / whole : 0,
  };
}

/** How far the attributions miss, beside how large what they add up to is. */
export function completenessText(
  { median, worst, difference, share, patches }: Completeness,
  steps: number,
  unit: string,
): string {
  const number = (value: number) => String(Number(value.toPrecision(2)));
  const verdict =
    share > 0.05
      ? " That is more than a twentieth: take more steps (`attributionSteps`) before leaning on small parts."
      : "";
  return `By ${steps} steps the parts of a patch miss the difference that they should add up to by ${number(median)} ${unit} in the median of ${patches} patches and by ${number(worst)} at worst, where differences are ${number(difference)} in the median; all gaps together are ${(100 * share).toFixed(1)} % of all differences.${verdict}`;
}
