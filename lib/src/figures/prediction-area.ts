import type { PredictionArea } from "../evaluation/prediction-area";
import { worthDrawing } from "./decimate";
import type { Layer } from "./drawing";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
import { nearestLayers } from "./nearest-point";
import { fittedFigure, rounded } from "./spec";
import { CATEGORY_COLOURS, FONT_SIZE, INK, LINE_LEGEND, px } from "./theme";
import { numberLabel } from "./ticks";

/** A prediction-area plot. */
export interface PredictionAreaPlotOptions extends FigureText {
  readonly area: PredictionArea;
  /** What the threshold is one of, such as "Probability". */
  readonly scoreTitle: string;
  readonly widthMm?: ColumnWidth;
}

const NAMES = ["Occurrences captured", "Area occupied (right axis)"];

/**
 * Share of occurrences captured (left axis) and share of area occupied (right axis, downwards)
 * against the threshold of a score. Where the lines cross, the share captured is the share of the
 * area left out.
 *
 * Source: Yousefi and Carranza (2015).
 */
export function predictionAreaPlot(options: PredictionAreaPlotOptions): Figure {
  const { area, scoreTitle, widthMm = 84 } = options;
  const [low, high] = [area.points[area.points.length - 1].threshold, area.points[0].threshold];
  const across = {
    field: "threshold",
    type: "quantitative",
    title: `${scoreTitle}, threshold`,
    scale: { domain: [low, high], nice: false },
    axis: { grid: false, tickCount: 6 },
  };
  const scale = { domain: NAMES, range: [CATEGORY_COLOURS[0], CATEGORY_COLOURS[1]] };
  const dashes = {
    domain: NAMES,
    range: [
      [1, 0],
      [5, 2],
    ],
  };
  const legend = { ...LINE_LEGEND, orient: "bottom", columns: widthMm === 84 ? 1 : 2 };
  // A key answers to the series of a field, not to a datum.
  const line = (name: string, values: Json, y: Json, isLive: boolean): Layer => ({
    data: { values },
    ...(isLive && { transform: [{ calculate: JSON.stringify(name), as: "line" }] }),
    mark: { type: "line", strokeWidth: 1.5 },
    encoding: {
      x: across,
      y,
      order: { value: null },
      ...Object.fromEntries(
        Object.entries({ color: scale, strokeDash: dashes }).map(([channel, each]) => [
          channel,
          {
            ...(isLive ? { field: "line" } : { datum: name }),
            type: "nominal",
            scale: each,
            legend,
          },
        ]),
      ),
    },
  });
  const captured = percentAxis("share", "Share of occurrences (%)", [0, 100], "left");
  const occupied = percentAxis("share", "Share of area (%)", [100, 0], "right");
  return fittedFigure(options, widthMm, 1, (plotWidth, isLive) => ({
    width: plotWidth,
    height: Math.round(Math.min(plotWidth * 0.85, 300)),
    resolve: { scale: { y: "independent" } },
    layer: [
      line(NAMES[1], linePoints(area, "areaShare"), occupied, isLive),
      {
        layer: [
          line(NAMES[0], linePoints(area, "occurrenceShare"), captured, isLive),
          ...crossingLayers(area, across, captured, [low, high]),
          ...(isLive ? [nearestThreshold(area, across, scoreTitle)] : []),
        ],
      },
    ],
  }));
}

function percentAxis(field: string, title: string, domain: number[], orient: string): Json {
  return {
    field,
    type: "quantitative",
    title,
    scale: { domain, nice: false },
    axis: { orient, tickCount: 5, grid: orient === "left" },
  };
}

function linePoints({ points }: PredictionArea, share: "occurrenceShare" | "areaShare"): Json {
  const along = points.map(({ threshold }) => threshold);
  const up = points.map((point) => point[share]);
  return worthDrawing({ along, up }).map((at) => ({
    threshold: rounded(along[at], 6),
    share: rounded(100 * up[at]),
  }));
}

/** A stroke at the threshold nearest to the pointer, which tells both shares there. */
function nearestThreshold({ points }: PredictionArea, across: Layer, scoreTitle: string): Layer {
  const along = points.map(({ threshold }) => threshold);
  const up = points.map(({ areaShare }) => areaShare);
  const values = worthDrawing({ along, up }, 200).map((at) => ({
    threshold: rounded(along[at], 4),
    captured: rounded(100 * points[at].occurrenceShare, 4),
    occupied: rounded(100 * up[at], 4),
  }));
  const tooltip = [
    { field: "threshold", type: "nominal", title: `${scoreTitle}, threshold` },
    { field: "captured", type: "quantitative", title: "Occurrences captured (%)", format: ".1f" },
    { field: "occupied", type: "quantitative", title: "Area occupied (%)", format: ".1f" },
  ];
  return {
    data: { values },
    layer: nearestLayers("near", { fields: ["threshold"], place: { x: across }, tooltip }),
  };
}

function crossingLayers(
  { crossing }: PredictionArea,
  across: Json,
  up: Json,
  [low, high]: readonly number[],
): Json[] {
  const { threshold, occurrenceShare, areaShare, normalisedDensity, weight } = crossing;
  const isRight = threshold > low + 0.45 * (high - low);
  const lines = [
    `${(100 * occurrenceShare).toFixed(1)} % in ${(100 * areaShare).toFixed(1)} % of the area`,
    `at ${numberLabel(Number(threshold.toPrecision(3)))}`,
    `Nd = ${normalisedDensity?.toFixed(2) ?? "–"}, ln Nd = ${weight?.toFixed(2) ?? "–"}`,
  ];
  const data = { values: [{ threshold, share: 100 * occurrenceShare, floor: 0 }] };
  const encoding = { x: across, y: up };
  // Beside the foot of the stroke: both lines leave the ground under their crossing free.
  const text = (halo: { readonly [key: string]: Json }): Json => ({
    data: { values: [{ threshold, share: 26, lines }] },
    mark: {
      type: "text",
      align: isRight ? "right" : "left",
      baseline: "top",
      dx: isRight ? -6 : 6,
      lineHeight: px(FONT_SIZE.label) * 1.25,
      fontSize: px(FONT_SIZE.label),
      ...halo,
    },
    encoding: { ...encoding, text: { field: "lines", type: "nominal" } },
  });
  return [
    {
      data,
      mark: { type: "rule", color: INK, strokeWidth: 0.8, strokeDash: [2, 2] },
      encoding: { ...encoding, y2: { field: "floor" } },
    },
    {
      data,
      mark: {
        type: "point",
        filled: true,
        fill: "#ffffff",
        stroke: INK,
        strokeWidth: 1,
        size: 30,
        opacity: 1,
      },
      encoding,
    },
    text({ stroke: "#ffffff", strokeWidth: 3, strokeJoin: "round" }),
    text({}),
  ];
}
