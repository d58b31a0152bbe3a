import type { SuccessRateCurve } from "../evaluation/types";
import { curveChart } from "./curve-chart";
import type { ColumnWidth, Figure, FigureText } from "./figure";

/** Success-rate curves of several scores or groups of occurrences. */
export interface SuccessRateCurvesOptions extends FigureText {
  readonly curves: readonly {
    readonly name: string;
    readonly curve: Pick<SuccessRateCurve, "areaShare" | "occurrenceShare" | "occurrences">;
  }[];
  /** What is selected at a threshold, such as at probability 0.5; shares of 0 to 1. */
  readonly marks?: readonly {
    readonly areaShare: number;
    readonly occurrenceShare: number;
    readonly label: string;
  }[];
  readonly widthMm?: ColumnWidth;
}

/** Cumulative share of occurrences against cumulative share of area, ties as straight steps. */
export function successRateCurves({
  curves,
  marks = [],
  ...rest
}: SuccessRateCurvesOptions): Figure {
  return curveChart({
    ...rest,
    alongTitle: "Cumulative share of area (%)",
    upTitle: "Cumulative share of occurrences (%)",
    curves: curves.map(({ name, curve }) => ({
      label: `${name} (n = ${curve.occurrences})`,
      along: curve.areaShare,
      up: curve.occurrenceShare,
    })),
    marks: marks.map(({ areaShare, occurrenceShare, label }) => ({
      along: areaShare,
      up: occurrenceShare,
      label,
    })),
  });
}
