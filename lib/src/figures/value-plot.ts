import type { Estimate } from "../evaluation/types";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import { fittedFigure, rounded } from "./spec";
import { INK, pointStyle } from "./theme";

/** An estimate at a value of what was varied. */
export interface EstimateAt {
  readonly at: number;
  /** Estimates of one group are drawn alike. */
  readonly group: string;
  readonly estimate: Pick<Estimate, "value" | "interval">;
}

/** How estimates move with a number that was varied. */
export interface ValuePlotOptions extends FigureText {
  readonly estimates: readonly EstimateAt[];
  /** What was varied, such as "epochs". */
  readonly alongTitle: string;
  readonly valueTitle: string;
  readonly widthMm?: ColumnWidth;
}

/** Values that differ by as many times are spread by their logarithm. */
const LOG_FROM = 10;

/** Estimates as points with their intervals over the numbers that were tried, joined by group. */
export function valuePlot(options: ValuePlotOptions): Figure {
  const { estimates, alongTitle, valueTitle, widthMm = 84 } = options;
  const groups = [...new Set(estimates.map(({ group }) => group))];
  const tried = [...new Set(estimates.map(({ at }) => at))].sort((one, other) => one - other);
  const isLog = tried[0] > 0 && tried[tried.length - 1] / tried[0] >= LOG_FROM;
  const styles = groups.map((_, index) => pointStyle(index));
  const legend = groups.length === 1 ? null : { title: null, orient: "bottom", columns: 1 };
  const along = {
    field: "at",
    type: "quantitative",
    title: alongTitle,
    scale: { type: isLog ? "log" : "linear", zero: false, nice: false, padding: 14 },
    axis: { values: tried, grid: false, format: "~g", labelOverlap: true },
  };
  const up = { type: "quantitative", title: valueTitle, scale: { zero: false, nice: true } };
  const colour = {
    field: "group",
    type: "nominal",
    scale: { domain: groups, range: styles.map((style) => style.colour) },
    legend,
  };
  const offset = { field: "group", type: "nominal", sort: groups, scale: { range: [-3, 3] } };
  const apart = groups.length === 1 ? {} : { xOffset: offset };
  return fittedFigure(options, widthMm, 1, (plotWidth) => ({
    width: plotWidth,
    height: Math.round(Math.min(220, plotWidth * 0.7)),
    data: {
      values: estimates.map(({ at, group, estimate: { value, interval } }) => ({
        ...{ at, group, value: rounded(value, 4) },
        ...{ low: rounded(interval[0], 4), high: rounded(interval[1], 4) },
      })),
    },
    layer: [
      {
        mark: { type: "line", strokeWidth: 0.9, opacity: 0.6 },
        encoding: { x: along, ...apart, y: { field: "value", ...up }, color: colour },
      },
      {
        mark: { type: "rule", strokeWidth: 1.2 },
        encoding: {
          ...{ x: along, ...apart },
          ...{ y: { field: "low", ...up }, y2: { field: "high" }, color: colour },
        },
      },
      {
        mark: { type: "point", filled: true, size: 28, opacity: 1, stroke: INK, strokeWidth: 0.4 },
        encoding: {
          ...{ x: along, ...apart },
          ...{ y: { field: "value", ...up }, color: colour },
          shape: {
            field: "group",
            type: "nominal",
            scale: { domain: groups, range: styles.map((style) => style.shape) },
            legend,
          },
          tooltip: [
            { field: "at", type: "quantitative", title: alongTitle },
            { field: "group", type: "nominal" },
            ...["value", "low", "high"].map((field) => ({ field, type: "quantitative" })),
          ],
        },
      },
    ],
  }));
}
