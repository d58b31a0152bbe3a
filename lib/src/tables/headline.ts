import { captureCurve } from "../evaluation/capture";
import { predictionArea } from "../evaluation/prediction-area";
import { proportionWithInterval } from "../evaluation/proportion";
import { occurrenceShareAt, sharesAtThreshold } from "../evaluation/success-rate";
import type { SuccessRateCurve } from "../evaluation/types";
import type { OccurrenceGroup } from "../patches/groups";
import type { NamedScores } from "./evaluation";
import type { Row } from "./table";

/** A published or reproduced number beside its other. */
export interface HeadlineItem {
  readonly what: string;
  /** Null where the paper prints none. */
  readonly published: number | null;
  /** Whether the paper prints the number, which it does when absent, or that it is above it. */
  readonly relation?: "above";
  readonly reproduced: number;
  readonly interval?: readonly [number, number];
  readonly n?: number;
}

/**
 * One row a number: published beside reproduced, the difference, the interval, and whether the
 * published one lies within it.
 */
export function headlineRows(items: readonly HeadlineItem[]): Row[] {
  return items.map(({ what, published, relation, reproduced, interval, n }) => ({
    what,
    published,
    reproduced,
    difference: published === null ? null : reproduced - published,
    from: interval?.[0] ?? null,
    to: interval?.[1] ?? null,
    "published within": agreement(published, interval, relation),
    n: n ?? null,
  }));
}

/** One row a step of 5 % of the area, one column a score: % of occurrences captured. */
export function areaOccurrenceRows(
  scores: readonly NamedScores[],
  { assignment }: Pick<OccurrenceGroup, "assignment">,
  step = 0.05,
): Row[] {
  const curves = scores.map(({ name, values }) => ({
    name,
    curve: captureCurve(values, assignment),
  }));
  const steps = Math.round(1 / step);
  return Array.from({ length: steps }, (_, at) => {
    const areaShare = (at + 1) / steps;
    return {
      "% of area": 100 * areaShare,
      ...Object.fromEntries(
        curves.map(({ name, curve }) => [name, 100 * occurrenceShareAt(curve, areaShare)]),
      ),
    };
  });
}

/**
 * One row a score and group at a threshold such as 0.5: shares of area and occurrences, Wilson's
 * 95 % interval of the latter, the normalised density and its logarithm.
 */
export function thresholdRows(
  scores: readonly NamedScores[],
  groups: readonly OccurrenceGroup[],
  threshold: number,
): Row[] {
  return groups.flatMap(({ title, assignment }) =>
    scores.map(({ name, values }) => {
      const curve = captureCurve(values, assignment);
      const { areaShare, occurrenceShare } = sharesAtThreshold(curve, threshold);
      const captured = Math.round(occurrenceShare * curve.occurrences);
      const { interval } = proportionWithInterval(captured, curve.occurrences);
      const density = areaShare === 0 ? null : occurrenceShare / areaShare;
      return {
        occurrences: title,
        score: name,
        "% of area": 100 * areaShare,
        captured: `${captured} of ${curve.occurrences}`,
        "% of occurrences": 100 * occurrenceShare,
        from: 100 * interval[0],
        to: 100 * interval[1],
        Nd: density,
        "ln Nd": density === null || density === 0 ? null : Math.log(density),
      };
    }),
  );
}

/** One row a score: where its prediction-area lines cross. */
export function predictionAreaRows(
  curves: readonly { readonly name: string; readonly curve: SuccessRateCurve }[],
): Row[] {
  return curves.map(({ name, curve }) => {
    const { crossing, occurrences } = predictionArea(curve);
    return {
      score: name,
      threshold: crossing.threshold,
      "% of occurrences": 100 * crossing.occurrenceShare,
      "% of area": 100 * crossing.areaShare,
      Nd: crossing.normalisedDensity,
      "ln Nd": crossing.weight,
      occurrences,
    };
  });
}

function agreement(
  published: number | null,
  interval: HeadlineItem["interval"],
  relation: HeadlineItem["relation"],
): string | null {
  if (published === null || interval === undefined) return null;
  const isAbove = relation === "above" || published >= interval[0];
  return isAbove && published <= interval[1] ? "yes" : "no";
}
