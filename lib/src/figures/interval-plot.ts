import type { Estimate } from "../evaluation/types";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import { fittedFigure, rounded } from "./spec";
import { FAINT_INK, INK, pointStyle } from "./theme";

/** An estimate under a name. */
export interface NamedEstimate {
  readonly name: string;
  /** Estimates of one name stand under each other by group; one group when absent. */
  readonly group?: string;
  /** Without a confidence the axis does not speak of one: any other range, such as that of repeats. */
  readonly estimate: Pick<Estimate, "value" | "interval"> & Partial<Pick<Estimate, "confidence">>;
}

/** Named estimates with their intervals. */
export interface IntervalPlotOptions extends FigureText {
  readonly estimates: readonly NamedEstimate[];
  readonly valueTitle: string;
  /** Where a dashed line stands; 0.5, the area under the curve of chance, when absent. */
  readonly reference?: number | null;
  readonly widthMm?: ColumnWidth;
}

/** Estimates as points on a line from the lower to the upper bound, one row a name and group. */
export function intervalPlot(options: IntervalPlotOptions): Figure {
  const { estimates, valueTitle, reference = 0.5, widthMm = 84 } = options;
  const names = [...new Set(estimates.map(({ name }) => name))];
  const groups = [...new Set(estimates.map(({ group = "" }) => group))];
  const styles = groups.map((_, index) => pointStyle(index));
  const coverage = estimates[0]?.estimate.confidence;
  const axisTitle =
    coverage === undefined ? valueTitle : `${valueTitle}, ${rounded(coverage * 100, 3)} % interval`;
  const legend = groups.length === 1 ? null : { title: null, orient: "bottom", symbolSize: 40 };
  const row = { field: "name", type: "nominal", sort: names, title: null };
  const axis = { labelLimit: 0, grid: groups.length > 1, tickBand: "extent", ticks: false };
  const offset = { field: "group", type: "nominal", sort: groups };
  const colour = {
    field: "group",
    type: "nominal",
    scale: { domain: groups, range: styles.map((style) => style.colour) },
    legend,
  };
  const horizontal = { type: "quantitative", title: axisTitle, scale: { zero: false, nice: true } };
  return fittedFigure(options, widthMm, 1, (plotWidth) => ({
    width: plotWidth,
    height: { step: groups.length === 1 ? 14 : 10, for: "offset" },
    data: {
      values: estimates.map(({ name, group = "", estimate: { value, interval } }) => ({
        name,
        group,
        value: rounded(value, 4),
        low: rounded(interval[0], 4),
        high: rounded(interval[1], 4),
      })),
    },
    layer: [
      ...(reference === null
        ? []
        : [
            {
              data: { values: [{ reference }] },
              mark: { type: "rule", color: FAINT_INK, strokeWidth: 0.9, strokeDash: [3, 2] },
              encoding: { x: { field: "reference", ...horizontal } },
            },
          ]),
      {
        mark: { type: "rule", strokeWidth: 1.2 },
        encoding: {
          y: { ...row, axis },
          yOffset: offset,
          x: { field: "low", ...horizontal },
          x2: { field: "high" },
          color: colour,
        },
      },
      {
        mark: { type: "point", filled: true, size: 24, opacity: 1, stroke: INK, strokeWidth: 0.4 },
        encoding: {
          y: { ...row, axis },
          yOffset: offset,
          x: { field: "value", ...horizontal },
          color: colour,
          shape: {
            field: "group",
            type: "nominal",
            scale: { domain: groups, range: styles.map((style) => style.shape) },
            legend,
          },
          tooltip: [
            { field: "name", type: "nominal" },
            ...(groups.length > 1 ? [{ field: "group", type: "nominal" }] : []),
            { field: "value", type: "quantitative" },
            { field: "low", type: "quantitative" },
            { field: "high", type: "quantitative" },
          ],
        },
      },
    ],
  }));
}
