import { bandLayer, markLayers, percentAxis, tagLayers } from "./curve-marks";
import { type CurveChartOptions, type DrawnCurve, drawnPoints } from "./curve-points";
import type { Layer } from "./drawing";
import type { Json } from "./json";
import { nearestLayers } from "./nearest-point";
import { FAINT_INK, lineStyle } from "./theme";

/** Curves drawn as heavily as each other. */
interface Weight {
  readonly width: number;
  readonly curves: readonly DrawnCurve[];
}

/**
 * The layers of one such plot: diagonal, bands, curves, tags and marks.
 *
 * @param near on a screen, the name under which the plot keeps the point nearest to the pointer
 */
export function curveLayers(options: CurveChartOptions, legend: Json, near?: string): Layer[] {
  const curves = options.curves.map((curve) => ({ ...curve, points: drawnPoints(curve) }));
  const styles = curves.map(({ style }, index) => style ?? { ...lineStyle(index), width: 1.3 });
  const widths = styles.map(({ width }) => width);
  const scaled = (range: Json, type?: string): Json => ({
    field: "curve",
    type: "nominal",
    scale: { domain: curves.map(({ label }) => label), range, ...(type && { type }) },
    legend,
  });
  const place = placeOf(options);
  const encoding = {
    ...place,
    order: { value: null },
    color: scaled(styles.map(({ colour }) => colour)),
    strokeDash: scaled(styles.map(({ dash }) => dash)),
    // For the key alone: a line has its mark's.
    strokeWidth: scaled(widths, "ordinal"),
  };
  // The heaviest last, over the others.
  const weights = [...new Set(widths)]
    .sort((one, other) => one - other)
    .map((width) => ({ width, curves: curves.filter((_, index) => widths[index] === width) }));
  return [
    {
      data: { values: [{ along: 0, up: 0, along2: 100, up2: 100 }] },
      mark: { type: "rule", color: FAINT_INK, strokeWidth: 0.8, strokeDash: [1, 3] },
      encoding: { ...place, x2: { field: "along2" }, y2: { field: "up2" } },
    },
    ...curves.flatMap(({ band, label }, index) =>
      band === undefined ? [] : [bandLayer(band, styles[index].colour, label, options, near)],
    ),
    ...(near === undefined
      ? weights.map((weight) => lineLayer(weight, encoding))
      : [answeringLines(weights, encoding, options, near)]),
    ...tagLayers(curves, options, near),
    ...(options.marks ?? []).flatMap((mark) => markLayers(mark, options)),
  ];
}

function placeOf({ alongTitle, upTitle }: CurveChartOptions) {
  return { x: percentAxis("along", alongTitle), y: percentAxis("up", upTitle) };
}

/** A curve a row, unfolded by Vega: a third of the size of a point a row. */
function lineLayer({ width, curves }: Weight, encoding: Layer): Layer {
  return {
    data: { values: curves.map(foldedCurve) },
    transform: [{ flatten: ["along", "up"] }],
    mark: { type: "line", clip: false, strokeWidth: width },
    encoding,
  };
}

/** The same lines over one set of data, which the points that answer to the pointer share. */
function answeringLines(
  weights: readonly Weight[],
  encoding: Layer,
  options: CurveChartOptions,
  near: string,
): Layer {
  const rows = weights.flatMap(({ width, curves }) =>
    curves.map(({ points, ...curve }) => ({
      ...foldedCurve({ points, ...curve }),
      threshold: curve.thresholds === undefined ? [] : points.map(({ threshold }) => threshold),
      width,
    })),
  );
  return {
    data: { values: rows },
    transform: [{ flatten: ["along", "up", "threshold"] }],
    layer: [
      ...weights.map(({ width }) => ({
        transform: [{ filter: `datum.width === ${width}` }],
        mark: { type: "line", clip: false, strokeWidth: width },
        encoding,
      })),
      ...nearestLayers(near, {
        // Where the curve starts nothing is selected yet.
        from: "datum.along > 0 || datum.up > 0",
        fields: ["curve", "along", "up"],
        place: placeOf(options),
        tooltip: tooltipOf(options),
      }),
    ],
  };
}

function tooltipOf({ curves, alongTitle, upTitle }: CurveChartOptions): Json[] {
  const hasThresholds = curves.some(({ thresholds }) => thresholds !== undefined);
  return [
    { field: "curve", type: "nominal", title: "Curve" },
    { field: "along", type: "quantitative", title: alongTitle, format: ".1f" },
    { field: "up", type: "quantitative", title: upTitle, format: ".1f" },
    ...(hasThresholds ? [{ field: "threshold", type: "nominal", title: "Threshold" }] : []),
  ];
}

function foldedCurve({ label, points }: DrawnCurve) {
  return {
    curve: label,
    along: points.map(({ along }) => along),
    up: points.map(({ up }) => up),
  };
}
