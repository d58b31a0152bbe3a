import type { Estimate } from "../evaluation/types";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
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
  /** A number that is marked with a line and a word, such as a choice. */
  readonly mark?: { readonly at: number; readonly text: string };
  readonly widthMm?: ColumnWidth;
}

/** Values that differ by as many times are spread by their logarithm. */
const LOG_FROM = 10;

/** Estimates as points with their intervals over the numbers that were tried, joined by group. */
export function valuePlot(options: ValuePlotOptions): Figure {
  const { estimates, alongTitle, valueTitle, mark, widthMm = 84 } = options;
  const groups = [...new Set(estimates.map(({ group }) => group))];
  const tried = [...new Set(estimates.map(({ at }) => at))].sort((one, other) => one - other);
  const isLog = tried[0] > 0 && tried[tried.length - 1] / tried[0] >= LOG_FROM;
  const styles = groups.map((_, index) => pointStyle(index));
  const key = { title: null, orient: "bottom", columns: 1, symbolSize: 40, symbolOpacity: 1 };
  const legend = groups.length === 1 ? null : key;
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
  const values = estimates.map(({ at, group, estimate: { value, interval } }) => ({
    ...{ at, group, value: rounded(value, 4) },
    ...{ low: rounded(interval[0], 4), high: rounded(interval[1], 4) },
  }));
  const drawn = (group: string, xOffset: number) =>
    [
      {
        mark: { type: "line", strokeWidth: 0.9, opacity: 0.6, xOffset },
        encoding: { x: along, y: { field: "value", ...up }, color: colour },
      },
      {
        mark: { type: "rule", strokeWidth: 1.2, xOffset },
        encoding: { x: along, y: { field: "low", ...up }, y2: { field: "high" }, color: colour },
      },
      {
        mark: {
          ...{ type: "point", filled: true, size: 28, opacity: 1 },
          ...{ stroke: INK, strokeWidth: 0.4, xOffset },
        },
        encoding: {
          ...{ x: along, y: { field: "value", ...up }, color: colour },
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
    ].map((layer) => ({ ...layer, transform: [{ filter: { field: "group", equal: group } }] }));
  return fittedFigure(options, widthMm, 1, (plotWidth) => {
    const height = Math.round(Math.min(220, plotWidth * 0.7));
    // Side by side, so that intervals of two groups can be told apart.
    const layers = groups.flatMap((group, index) =>
      drawn(group, 5 * (index - (groups.length - 1) / 2)),
    );
    return {
      ...{ width: plotWidth, height, data: { values } },
      layer: [...(mark === undefined ? [] : markLayers(mark, along, height)), ...layers],
    };
  });
}

function markLayers(
  mark: { readonly at: number; readonly text: string },
  along: { readonly [key: string]: Json },
  foot: number,
): Json[] {
  const data = { values: [mark] };
  const text = { type: "text", align: "left", baseline: "bottom", dx: 3, dy: -2, color: INK };
  return [
    {
      data,
      mark: { type: "rule", color: INK, strokeWidth: 0.7, strokeDash: [1, 2] },
      encoding: { x: along },
    },
    { data, mark: text, encoding: { x: along, y: { value: foot }, text: { field: "text" } } },
  ];
}
