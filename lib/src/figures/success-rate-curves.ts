import { captureCurve } from "../evaluation/capture";
import { type SuccessRateBand, successRateBand } from "../evaluation/occurrence-bootstrap";
import type { SuccessRateCurve } from "../evaluation/types";
import { curveChart } from "./curve-chart";
import type { CurveMark, NamedCurve } from "./curve-points";
import type { ColumnWidth, Figure, FigureText } from "./figure";

/** A success-rate curve under a name, with a band where there is one. */
export interface NamedSuccessRate {
  readonly name: string;
  readonly curve: Pick<SuccessRateCurve, "areaShare" | "occurrenceShare" | "occurrences"> &
    Partial<Pick<SuccessRateCurve, "thresholds">>;
  readonly band?: Pick<SuccessRateBand, "areaShare" | "low" | "high">;
}

/** What is selected at a threshold, such as at probability 0.5; shares of 0 to 1. */
export interface SuccessRateMark {
  readonly areaShare: number;
  readonly occurrenceShare: number;
  readonly label: string;
}

/** Success-rate curves of several scores or groups of occurrences. */
export interface SuccessRateCurvesOptions extends FigureText {
  readonly curves: readonly NamedSuccessRate[];
  readonly marks?: readonly SuccessRateMark[];
  readonly widthMm?: ColumnWidth;
}

/** The curve of a score for the occurrences that patches hold; with a seed, its bootstrap band. */
export function namedSuccessRate(
  name: string,
  scores: ArrayLike<number>,
  holding: Parameters<typeof captureCurve>[1],
  options?: { readonly seed: number },
): NamedSuccessRate {
  const curve = captureCurve(scores, holding);
  return { name, curve, ...(options && { band: successRateBand(scores, holding, options) }) };
}

/** Titles of both axes. */
export const SUCCESS_RATE_AXES = {
  alongTitle: "Cumulative share of area (%)",
  upTitle: "Cumulative share of occurrences (%)",
} as const;

/** Cumulative share of occurrences against cumulative share of area, ties as straight steps. */
export function successRateCurves({
  curves,
  marks = [],
  ...rest
}: SuccessRateCurvesOptions): Figure {
  return curveChart({
    ...rest,
    ...SUCCESS_RATE_AXES,
    curves: curves.map((each) => drawnCurve(each, `${each.name} (n = ${each.curve.occurrences})`)),
    marks: marks.map(drawnMark),
  });
}

/** A curve as charts take it. */
export function drawnCurve({ curve, band }: NamedSuccessRate, label: string): NamedCurve {
  return {
    label,
    along: curve.areaShare,
    up: curve.occurrenceShare,
    ...(curve.thresholds && { thresholds: curve.thresholds }),
    ...(band && { band: { along: band.areaShare, low: band.low, high: band.high } }),
  };
}

/** A mark as charts take it. */
export function drawnMark({ areaShare, occurrenceShare, label }: SuccessRateMark): CurveMark {
  return { along: areaShare, up: occurrenceShare, label };
}
