import {
  type CurveChartOptions,
  type CurveMark,
  type DrawnCurve,
  heightAt,
  type NamedCurve,
} from "./curve-points";
import type { Layer } from "./drawing";
import type { Json } from "./json";
import { rounded } from "./spec";
import { FONT_SIZE, INK, px } from "./theme";

/** Ticks every 5 %, every fourth labelled. */
export function percentAxis(field: string, title: string): Json {
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

/**
 * A band about a curve, in its colour.
 *
 * @param near as for curveLayers: on a screen a band fades with its curve
 */
export function bandLayer(
  { along, low, high }: NonNullable<NamedCurve["band"]>,
  colour: string,
  curve: string,
  { alongTitle, upTitle }: CurveChartOptions,
  near: string | undefined,
): Layer {
  return {
    data: {
      values: along.map((share, at) => ({
        along: rounded(100 * share),
        low: rounded(100 * low[at]),
        high: rounded(100 * high[at]),
      })),
    },
    ...(near !== undefined && {
      transform: [{ calculate: JSON.stringify(curve), as: "curve" }],
    }),
    mark: { type: "area", color: colour, opacity: 0.14, line: false },
    encoding: {
      ...ofCurve(near),
      x: percentAxis("along", alongTitle),
      y: percentAxis("low", upTitle),
      y2: { field: "high" },
    },
  };
}

/** That a mark belongs to a curve and fades with it, on a screen. */
function ofCurve(near: string | undefined): Layer {
  return near === undefined ? {} : { detail: { field: "curve", type: "nominal" } };
}

/** Tags at places spread along the axis, so that neighbouring curves bear theirs apart. */
export function tagLayers(
  curves: readonly DrawnCurve[],
  { alongTitle, upTitle }: CurveChartOptions,
  near: string | undefined,
): Layer[] {
  const tagged = curves.filter(({ tag }) => tag !== undefined);
  const values = tagged.map(({ tag, label, points }, at) => {
    const along = 5 + ((at + 0.5) * 70) / tagged.length;
    const place = { along: rounded(along), up: rounded(heightAt(points, along)) };
    return { ...place, tag: tag as string, curve: label };
  });
  if (values.length === 0) return [];
  const encoding = {
    x: percentAxis("along", alongTitle),
    y: percentAxis("up", upTitle),
    ...ofCurve(near),
  };
  const size = px(FONT_SIZE.label) * 1.3;
  return [
    {
      data: { values },
      mark: {
        type: "point",
        filled: true,
        fill: "#ffffff",
        stroke: INK,
        strokeWidth: 0.5,
        size: size * size,
        opacity: 1,
      },
      encoding,
    },
    {
      data: { values },
      mark: { type: "text", fontSize: px(FONT_SIZE.small), baseline: "middle", dy: 0.5 },
      encoding: { ...encoding, text: { field: "tag", type: "nominal" } },
    },
  ];
}

/** A point made out, with a stroke to the axis and its label. */
export function markLayers(
  { along, up, label }: CurveMark,
  { alongTitle, upTitle }: CurveChartOptions,
): Layer[] {
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
