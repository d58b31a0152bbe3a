import { type Polyline, worthDrawing } from "./decimate";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
import { fittedFigure, rounded } from "./spec";
import { textWidth } from "./text-metrics";
import { FAINT_INK, FONT_SIZE, INK, LINE_LEGEND, LINE_LEGEND_ROW, lineStyle, px } from "./theme";

/** A named curve from (0, 0) to (1, 1). */
export interface NamedCurve extends Polyline {
  /** As the legend has it, number included. */
  readonly label: string;
}

/** In per cent. */
interface CurvePoint {
  readonly along: number;
  readonly up: number;
}

/** A point made out on the chart, in shares. */
export interface CurveMark {
  readonly along: number;
  readonly up: number;
  readonly label: string;
}

/** What ROC and success-rate charts have in common. */
export interface CurveChartOptions extends FigureText {
  readonly curves: readonly NamedCurve[];
  readonly alongTitle: string;
  readonly upTitle: string;
  readonly marks?: readonly CurveMark[];
  readonly widthMm?: ColumnWidth;
}

/**
 * Curves in the unit square, in per cent, with the diagonal of chance. The legend stands in the
 * lower right corner where no curve passes and under the plot otherwise; at double width beside it.
 */
export function curveChart(options: CurveChartOptions): Figure {
  const { widthMm = 84 } = options;
  const curves = options.curves.map((curve) => ({ ...curve, points: drawnPoints(curve) }));
  const labels = curves.map(({ label }) => label);
  const styles = labels.map((_, index) => lineStyle(index));
  const scaleOf = (range: Json): Json => ({ domain: labels, range });
  return fittedFigure(options, widthMm, 1, (plotWidth) => {
    const plotHeight = Math.round(Math.min(plotWidth, 400));
    const legend = legendPlace(curves, plotWidth, plotHeight, widthMm);
    return {
      width: plotWidth,
      height: plotHeight,
      layer: [
        {
          data: { values: [{ along: 0, up: 0, along2: 100, up2: 100 }] },
          mark: { type: "rule", color: FAINT_INK, strokeWidth: 0.8, strokeDash: [1, 3] },
          encoding: {
            x: percentAxis("along", options.alongTitle),
            y: percentAxis("up", options.upTitle),
            x2: { field: "along2" },
            y2: { field: "up2" },
          },
        },
        {
          // A curve a row, unfolded by Vega: a third of the size of a point a row.
          data: { values: curves.map(({ label, points }) => foldedCurve(label, points)) },
          transform: [{ flatten: ["along", "up"] }],
          params: [
            { name: "picked", select: { type: "point", fields: ["curve"] }, bind: "legend" },
          ],
          mark: { type: "line", clip: false },
          encoding: {
            x: percentAxis("along", options.alongTitle),
            y: percentAxis("up", options.upTitle),
            order: { value: null },
            color: {
              field: "curve",
              type: "nominal",
              scale: scaleOf(styles.map(({ colour }) => colour)),
              legend,
            },
            strokeDash: {
              field: "curve",
              type: "nominal",
              scale: scaleOf(styles.map(({ dash }) => dash)),
              legend,
            },
            opacity: { condition: { param: "picked", value: 1 }, value: 0.15 },
          },
        },
        ...(options.marks ?? []).flatMap((mark) => markLayers(mark, options)),
      ],
    };
  });
}

function drawnPoints(curve: Polyline) {
  return worthDrawing(curve).map((index) => ({
    along: rounded(100 * curve.along[index]),
    up: rounded(100 * curve.up[index]),
  }));
}

function foldedCurve(label: string, points: readonly CurvePoint[]): Json {
  return {
    curve: label,
    along: points.map(({ along }) => along),
    up: points.map(({ up }) => up),
  };
}

/** Ticks every 5 %, every fourth labelled. */
function percentAxis(field: string, title: string): Json {
  return {
    field,
    type: "quantitative",
    title,
    scale: { domain: [0, 100], nice: false },
    axis: {
      values: Array.from({ length: 21 }, (_, index) => index * 5),
      labelExpr: "datum.value % 20 === 0 ? datum.label : ''",
      labelOverlap: false,
      gridOpacity: { condition: { test: "datum.value % 20 === 0", value: 1 }, value: 0 },
    },
  };
}

function legendPlace(
  curves: readonly {
    readonly label: string;
    readonly points: readonly CurvePoint[];
  }[],
  plotWidth: number,
  plotHeight: number,
  widthMm: ColumnWidth,
): Json {
  // At double width beside the plot, which stays about square.
  if (widthMm === 174) return { ...LINE_LEGEND, orient: "right", offset: 8 };
  const size = px(FONT_SIZE.label);
  const width = Math.max(...curves.map(({ label }) => textWidth(label, size))) + 40;
  const height = curves.length * LINE_LEGEND_ROW + 18;
  const left = 100 * (1 - width / plotWidth);
  const roof = (100 * height) / plotHeight;
  const isFree =
    left > 8 && roof < 60 && curves.every(({ points }) => !passesUnder(points, left, roof));
  if (isFree) {
    return { ...LINE_LEGEND, orient: "bottom-right", offset: 5, fillColor: "#ffffff", padding: 3 };
  }
  const columns = Math.max(1, Math.floor((plotWidth + 30) / width));
  return { ...LINE_LEGEND, orient: "bottom", columns, offset: 4 };
}

/** Whether a rising curve runs below a height anywhere right of a place; at its left edge suffices. */
function passesUnder(points: readonly CurvePoint[], left: number, roof: number) {
  return (
    points.some(({ along, up }) => along >= left && along < 100 && up < roof) ||
    heightAt(points, left) < roof
  );
}

function heightAt(points: readonly CurvePoint[], along: number): number {
  const to = Math.max(
    1,
    points.findIndex((point) => point.along >= along),
  );
  const [from, next] = [points[to - 1], points[to]];
  const width = next.along - from.along;
  return width === 0 ? from.up : from.up + ((along - from.along) / width) * (next.up - from.up);
}

function markLayers(
  { along, up, label }: CurveMark,
  { alongTitle, upTitle }: CurveChartOptions,
): Json[] {
  const data = {
    values: [{ along: rounded(100 * along), up: rounded(100 * up), floor: 0, label }],
  };
  const place = { x: percentAxis("along", alongTitle), y: percentAxis("up", upTitle) };
  const isRight = along > 0.6;
  return [
    {
      data,
      mark: { type: "rule", color: INK, strokeWidth: 0.8, strokeDash: [3, 2] },
      encoding: { ...place, y2: { field: "floor" } },
    },
    {
      data,
      mark: { type: "point", filled: true, fill: INK, size: 22, opacity: 1 },
      encoding: place,
    },
    // The label twice, first as a white halo: a curve may pass behind it.
    ...[{ stroke: "#ffffff", strokeWidth: 2.5, strokeJoin: "round" }, {}].map((halo) => ({
      data,
      mark: {
        type: "text",
        align: isRight ? "right" : "left",
        baseline: "top",
        dx: isRight ? -6 : 6,
        dy: 5,
        fontSize: px(FONT_SIZE.label),
        ...halo,
      },
      encoding: { ...place, text: { field: "label", type: "nominal" } },
    })),
  ];
}
