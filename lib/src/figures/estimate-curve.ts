import type { Estimate } from "../evaluation/types";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
import { fittedFigure, rounded } from "./spec";
import { FAINT_INK, INK, LINE_LEGEND, lineStyle } from "./theme";

/** Estimates along a quantity, such as AUCs by the share that is labelled. */
export interface EstimateCurveOptions extends FigureText {
  readonly curves: readonly {
    readonly name: string;
    readonly points: readonly {
      readonly along: number;
      readonly estimate: Pick<Estimate, "value" | "interval">;
    }[];
  }[];
  readonly alongTitle: string;
  readonly valueTitle: string;
  /** Where a dashed line stands, such as chance; none when absent. */
  readonly reference?: number;
  /** Places along that are marked with a line and a word, such as a choice. */
  readonly marks?: readonly { readonly along: number; readonly text: string }[];
  readonly widthMm?: ColumnWidth;
}

/** Curves of estimates with their intervals as upright strokes, which stand beside each other. */
export function estimateCurve(options: EstimateCurveOptions): Figure {
  const { curves, alongTitle, valueTitle, reference, marks = [], widthMm = 84 } = options;
  const names = curves.map(({ name }) => name);
  const styles = names.map((_, index) => lineStyle(index));
  const alongs = curves.flatMap(({ points }) => points.map(({ along }) => along));
  const reach = Math.max(...alongs) - Math.min(...alongs);
  // Strokes of one place would hide each other.
  const apart = (curve: number) => (curve - (curves.length - 1) / 2) * 0.012 * reach;
  const rows = curves.flatMap(({ name, points }, curve) =>
    points.map(({ along, estimate: { value, interval } }) => ({
      name,
      along: rounded(along, 4),
      drawn: rounded(along + apart(curve), 4),
      value: rounded(value, 4),
      low: rounded(interval[0], 4),
      high: rounded(interval[1], 4),
    })),
  );
  const legend = names.length === 1 ? null : { ...LINE_LEGEND, orient: "bottom" };
  const x = {
    field: "drawn",
    type: "quantitative",
    title: alongTitle,
    scale: { zero: false, nice: false, padding: 8 },
    axis: { grid: false },
  };
  const y = { type: "quantitative", title: valueTitle, scale: { zero: false, nice: true } };
  const colour = {
    field: "name",
    type: "nominal",
    scale: { domain: names, range: styles.map((style) => style.colour) },
    legend,
  };
  const dash = {
    field: "name",
    type: "nominal",
    scale: { domain: names, range: styles.map((style) => style.dash) },
    legend,
  };
  return fittedFigure(options, widthMm, 1, (plotWidth) => ({
    width: plotWidth,
    height: plotHeight(plotWidth),
    data: { values: rows },
    layer: [
      ...(reference === undefined ? [] : [referenceLine(reference, y)]),
      ...marks.flatMap((mark) => markLines(mark, x, plotHeight(plotWidth))),
      {
        mark: { type: "line", strokeWidth: 1.2 },
        encoding: { x, y: { field: "value", ...y }, color: colour, strokeDash: dash },
      },
      {
        mark: { type: "rule", strokeWidth: 1 },
        encoding: { x, y: { field: "low", ...y }, y2: { field: "high" }, color: colour },
      },
      {
        mark: { type: "point", filled: true, size: 18, opacity: 1, stroke: INK, strokeWidth: 0.3 },
        encoding: {
          x,
          y: { field: "value", ...y },
          color: colour,
          tooltip: [
            { field: "name", type: "nominal", title: "Curve" },
            { field: "along", type: "quantitative", title: alongTitle },
            { field: "value", type: "quantitative", title: valueTitle },
            { field: "low", type: "quantitative", title: "from" },
            { field: "high", type: "quantitative", title: "to" },
          ],
        },
      },
    ],
  }));
}

function plotHeight(plotWidth: number): number {
  return Math.round(Math.min(220, plotWidth * 0.7));
}

function referenceLine(reference: number, y: { readonly [key: string]: Json }): Json {
  return {
    data: { values: [{ reference }] },
    mark: { type: "rule", color: FAINT_INK, strokeWidth: 0.9, strokeDash: [3, 2] },
    encoding: { y: { field: "reference", ...y } },
  };
}

function markLines(
  { along, text }: { readonly along: number; readonly text: string },
  x: { readonly [key: string]: Json },
  foot: number,
): Json[] {
  const data = { values: [{ drawn: along, text }] };
  return [
    {
      data,
      mark: { type: "rule", color: INK, strokeWidth: 0.7, strokeDash: [1, 2] },
      encoding: { x },
    },
    {
      data,
      mark: { type: "text", align: "left", baseline: "bottom", dx: 3, dy: -2, color: INK },
      encoding: { x, y: { value: foot }, text: { field: "text" } },
    },
  ];
}
