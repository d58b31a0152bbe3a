import { aucWithInterval } from "../evaluation/delong";
import { rocCurve } from "../evaluation/roc";
import type { Estimate, RocCurve } from "../evaluation/types";
import type { GroupScores } from "../runs/roc-scores";
import { curveChart } from "./curve-chart";
import type { CurveStyle } from "./curve-points";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import { INK, lineStyle } from "./theme";

/** One of many scores. */
export interface ComparedRoc {
  readonly name: string;
  readonly curve: Pick<RocCurve, "falsePositiveRate" | "truePositiveRate" | "auc"> &
    Partial<Pick<RocCurve, "thresholds">>;
  readonly interval?: Estimate["interval"];
  /** The one that the others are held against, baselines that need no network, or any other. */
  readonly role?: "main" | "baseline";
}

/** Many ROC curves in one chart. */
export interface RocComparisonOptions extends FigureText {
  readonly curves: readonly ComparedRoc[];
  readonly widthMm?: ColumnWidth;
}

/**
 * ROC curves of ten runs or more: the key runs by falling area under the curve, each curve bears the
 * number it has there, the main one is heavy and black, baselines are grey and dashed.
 */
export function rocComparison({ curves, ...rest }: RocComparisonOptions): Figure {
  const ordered = [...curves].sort((one, other) => other.curve.auc - one.curve.auc);
  let others = 0;
  let baselines = 0;
  return curveChart({
    ...rest,
    alongTitle: "False positive rate (%)",
    upTitle: "True positive rate (%)",
    curves: ordered.map(({ name, curve, interval, role }, at) => ({
      label: `${at + 1}  ${name}, ${curve.auc.toFixed(3)}${range(interval)}`,
      along: curve.falsePositiveRate,
      up: curve.truePositiveRate,
      ...(curve.thresholds && { thresholds: curve.thresholds }),
      tag: String(at + 1),
      style: styleOf(role, role === "baseline" ? baselines++ : others++),
    })),
  });
}

/** The curves of scores held against one group of occurrences, with DeLong's intervals. */
export function comparedRocs({ group, scores }: GroupScores): ComparedRoc[] {
  const { labels } = group.assignment;
  return scores.map(({ name, values, role }) => ({
    name,
    curve: rocCurve(values, labels),
    interval: aucWithInterval(values, labels).interval,
    ...(role !== "ablation" && { role }),
  }));
}

function styleOf(role: ComparedRoc["role"], index: number): CurveStyle {
  if (role === "main") return { colour: INK, dash: [1, 0], width: 2.4 };
  if (role === "baseline") {
    return {
      colour: "#7a7a7a",
      dash: [
        [4, 2],
        [1.5, 1.5],
        [8, 2, 1.5, 2],
      ][index % 3],
      width: 1.8,
    };
  }
  // One of each seven colours is black, which the main curve has.
  return { ...lineStyle(index + Math.floor((index + 2) / 6)), width: 1.1 };
}

function range(interval: Estimate["interval"] | undefined): string {
  if (interval === undefined) return "";
  return ` (${interval.map((bound) => bound.toFixed(2)).join("–")})`;
}
