import { bandLayer, markLayers, percentAxis, tagLayers } from "./curve-marks";
import { type CurveChartOptions, type CurvePoint, drawnPoints } from "./curve-points";
import type { Json } from "./json";
import { FAINT_INK, lineStyle } from "./theme";

/** The layers of one such plot: diagonal, bands, curves, tags and marks. */
export function curveLayers(options: CurveChartOptions, legend: Json, picked = "picked"): Json[] {
  const curves = options.curves.map((curve) => ({ ...curve, points: drawnPoints(curve) }));
  const labels = curves.map(({ label }) => label);
  const styles = curves.map(({ style }, index) => style ?? { ...lineStyle(index), width: 1.3 });
  // The heaviest last, over the others.
  const byWidth = [...new Set(styles.map(({ width }) => width))].sort((one, other) => one - other);
  const scaled = (range: Json, type?: string): Json => ({
    field: "curve",
    type: "nominal",
    scale: { domain: labels, range, ...(type && { type }) },
    legend,
  });
  return [
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
    ...curves.flatMap(({ band }, index) =>
      band === undefined ? [] : [bandLayer(band, styles[index].colour, options)],
    ),
    ...byWidth.map((width, layer) => ({
      // A curve a row, unfolded by Vega: a third of the size of a point a row.
      data: {
        values: curves
          .filter((_, index) => styles[index].width === width)
          .map(({ label, points }) => foldedCurve(label, points)),
      },
      transform: [{ flatten: ["along", "up"] }],
      ...(layer === 0 && {
        params: [{ name: picked, select: { type: "point", fields: ["curve"] }, bind: "legend" }],
      }),
      mark: { type: "line", clip: false, strokeWidth: width },
      encoding: {
        x: percentAxis("along", options.alongTitle),
        y: percentAxis("up", options.upTitle),
        order: { value: null },
        color: scaled(styles.map(({ colour }) => colour)),
        strokeDash: scaled(styles.map(({ dash }) => dash)),
        // For the key alone: a line has its mark's.
        strokeWidth: scaled(
          styles.map(({ width: each }) => each),
          "ordinal",
        ),
        opacity: { condition: { param: picked, value: 1 }, value: 0.15 },
      },
    })),
    ...tagLayers(curves, options),
    ...(options.marks ?? []).flatMap((mark) => markLayers(mark, options)),
  ];
}

function foldedCurve(label: string, points: readonly CurvePoint[]): Json {
  return {
    curve: label,
    along: points.map(({ along }) => along),
    up: points.map(({ up }) => up),
  };
}
