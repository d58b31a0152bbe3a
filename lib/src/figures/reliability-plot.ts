import type { Calibration } from "../evaluation/calibration";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
import { nearestLayers } from "./nearest-point";
import { fittedFigure, rounded } from "./spec";
import { CATEGORY_COLOURS, FAINT_INK, FONT_SIZE, px } from "./theme";

/** Probabilities against what came true. */
export interface ReliabilityPlotOptions extends FigureText {
  readonly calibration: Calibration;
  /** What is counted, such as "patches". */
  readonly unit: string;
  /** What came true, such as "with a known occurrence". */
  readonly outcome: string;
  readonly widthMm?: ColumnWidth;
}

/**
 * Observed share against mean probability by bin, with Wilson's 95 % intervals and the diagonal of
 * perfect calibration, over the number of units in each bin.
 */
export function reliabilityPlot(options: ReliabilityPlotOptions): Figure {
  const { calibration, unit, outcome, widthMm = 84 } = options;
  const filled = calibration.bins.filter(({ count }) => count > 0);
  const points = filled.map(({ meanProbability, observed }) => ({
    probability: rounded(meanProbability as number),
    observed: rounded(100 * (observed?.value ?? 0)),
    low: rounded(100 * (observed?.interval[0] ?? 0)),
    high: rounded(100 * (observed?.interval[1] ?? 0)),
  }));
  const told = filled.map(({ from, to, count, positives }, at) => ({
    ...points[at],
    ...{ bin: `${from} to ${to}`, held: `${positives} of ${count}` },
  }));
  // Where little comes true, the axis ends above the intervals and cuts the diagonal.
  const ceiling = Math.min(100, Math.max(10, ...points.map(({ high }) => Math.ceil(high * 1.1))));
  const across = (field: string, title: string | null): Json => ({
    field,
    type: "quantitative",
    title,
    scale: { domain: [0, 1], nice: false },
    axis: { tickCount: 6, grid: false, labels: title !== null },
  });
  const up = (field: string): Json => ({
    field,
    type: "quantitative",
    title: [`Share of ${unit}`, `${outcome} (%)`],
    scale: { domain: [0, ceiling], nice: false },
    axis: { tickCount: 5 },
  });
  const mostCounted = Math.max(...calibration.bins.map(({ count }) => count));
  return fittedFigure(options, widthMm, 1, (plotWidth, isLive) => ({
    spacing: 6,
    bounds: "full",
    vconcat: [
      {
        width: plotWidth,
        height: Math.round(Math.min(plotWidth * 0.8, 260)),
        layer: [
          {
            data: { values: [{ probability: 0, observed: 0, to: 1, top: 100 }] },
            mark: {
              type: "rule",
              color: FAINT_INK,
              strokeWidth: 0.9,
              strokeDash: [3, 2],
              clip: true,
            },
            encoding: {
              x: across("probability", null),
              y: up("observed"),
              x2: { field: "to" },
              y2: { field: "top" },
            },
          },
          {
            data: { values: points },
            mark: { type: "rule", color: CATEGORY_COLOURS[0], strokeWidth: 1.2 },
            encoding: { x: across("probability", null), y: up("low"), y2: { field: "high" } },
          },
          {
            data: { values: points },
            mark: {
              type: "line",
              color: CATEGORY_COLOURS[0],
              strokeWidth: 1,
              point: { filled: true, fill: CATEGORY_COLOURS[0], size: 28, opacity: 1 },
            },
            encoding: { x: across("probability", null), y: up("observed") },
          },
          ...(isLive
            ? [
                {
                  data: { values: told },
                  layer: nearestLayers("near", {
                    fields: ["bin"],
                    place: { x: across("probability", null), y: up("observed") },
                    tooltip: tooltipOf(unit, outcome),
                  }),
                },
              ]
            : []),
        ],
      },
      {
        width: plotWidth,
        height: 62,
        data: { values: calibration.bins.map(({ from, to, count }) => ({ from, to, count })) },
        layer: [
          {
            mark: { type: "bar", color: "#b9c9d6", stroke: "#ffffff", strokeWidth: 0.6 },
            encoding: {
              x: {
                ...(across("from", "Mean probability in the bin") as object),
                bin: { binned: true },
              },
              x2: { field: "to" },
              y: {
                field: "count",
                type: "quantitative",
                title: `Number of ${unit}`,
                // Head room for the numbers over the bars.
                scale: { domain: [0, mostCounted * 1.25], nice: false },
                axis: { tickCount: 2, grid: false },
              },
            },
          },
          {
            transform: [{ calculate: "(datum.from + datum.to) / 2", as: "middle" }],
            mark: { type: "text", dy: -5, fontSize: px(FONT_SIZE.small) },
            encoding: {
              x: across("middle", "Mean probability in the bin"),
              y: { field: "count", type: "quantitative" },
              text: { field: "count", type: "quantitative", format: ",d" },
            },
          },
        ],
      },
    ],
  }));
}

function tooltipOf(unit: string, outcome: string): Json[] {
  const share = { type: "quantitative", format: ".1f" };
  return [
    { field: "bin", type: "nominal", title: "Probabilities" },
    { field: "held", type: "nominal", title: `Number of ${unit} ${outcome}` },
    { field: "probability", type: "quantitative", title: "Mean probability", format: ".3f" },
    { ...share, field: "observed", title: "Observed share (%)" },
    { ...share, field: "low", title: "95 % interval from (%)" },
    { ...share, field: "high", title: "to (%)" },
  ];
}
