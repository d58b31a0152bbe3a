import type { Estimate, RocCurve } from "../evaluation/types";
import { curveChart } from "./curve-chart";
import type { ColumnWidth, Figure, FigureText } from "./figure";

/** ROC curves of several scores. */
export interface RocCurvesOptions extends FigureText {
  readonly curves: readonly {
    readonly name: string;
    readonly curve: Pick<RocCurve, "falsePositiveRate" | "truePositiveRate" | "auc"> &
      Partial<Pick<RocCurve, "thresholds">>;
    /** Shown behind the area under the curve where given. */
    readonly interval?: Estimate["interval"];
  }[];
  readonly widthMm?: ColumnWidth;
}

/** ROC curves with the area under each in the legend and the diagonal of chance. */
export function rocCurves({ curves, ...rest }: RocCurvesOptions): Figure {
  return curveChart({
    ...rest,
    alongTitle: "False positive rate (%)",
    upTitle: "True positive rate (%)",
    curves: curves.map(({ name, curve, interval }) => ({
      label: `${name}, AUC ${curve.auc.toFixed(3)}${interval ? ` (${interval.map((bound) => bound.toFixed(2)).join("–")})` : ""}`,
      along: curve.falsePositiveRate,
      up: curve.truePositiveRate,
      ...(curve.thresholds && { thresholds: curve.thresholds }),
    })),
  });
}
