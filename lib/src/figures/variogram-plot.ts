import {
  type EmpiricalVariogram,
  semivariance,
  type VariogramKind,
  type VariogramModel,
} from "../evidence/variogram";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
import { fittedFigure, rounded } from "./spec";
import { INK, LINE_LEGEND, lineStyle } from "./theme";

/** An empirical variogram and what was fitted to it. */
export interface VariogramPlotOptions extends FigureText {
  readonly empirical: EmpiricalVariogram;
  /** The first is the one that is used; each is drawn and named with its nugget, sill and range. */
  readonly models?: readonly VariogramModel[];
  /** Unit of the CRS; metres are drawn as km from 10 km on. */
  readonly unit?: string;
  /** What varies, such as "ln Au"; names the axis. */
  readonly variable: string;
  readonly widthMm?: ColumnWidth;
}

const NAMES: Record<VariogramKind, string> = {
  spherical: "Spherical",
  exponential: "Exponential",
  gaussian: "Gaussian",
};

/** Points a curve is drawn through. */
const STEPS = 120;

/**
 * Semivariance by distance: lags as points whose area grows with their pairs, models as lines with
 * their numbers in the legend. A model's step from 0 to its nugget is not drawn.
 */
export function variogramPlot(options: VariogramPlotOptions): Figure {
  const { empirical, models = [], variable, widthMm = 84 } = options;
  const { unit, per } = distanceUnit(options.unit ?? "m", empirical.cutoff);
  const labels = models.map((model) => modelLabel(model, unit, per));
  const curves = models.map((model, at) => ({
    curve: labels[at],
    ...drawnCurve(model, empirical.cutoff, per),
  }));
  const styles = labels.map((_, index) => lineStyle(index));
  const highest = Math.max(
    ...empirical.semivariances,
    ...models.map((model) => semivariance(model, empirical.cutoff)),
  );
  const place = {
    x: {
      field: "distance",
      type: "quantitative",
      title: `Distance (${unit})`,
      scale: { domain: [0, rounded((empirical.cutoff / per) * 1.02)], nice: false },
      axis: { tickCount: 6 },
    },
    y: {
      field: "semivariance",
      type: "quantitative",
      title: `Semivariance of ${variable}`,
      scale: { domain: [0, rounded(highest * 1.08)], nice: false },
      axis: { tickCount: 5 },
    },
  };
  const legend = { ...LINE_LEGEND, orient: "bottom", columns: 1, offset: 4 };
  const styled = (range: Json) => ({
    field: "curve",
    type: "nominal",
    scale: { domain: labels, range },
    legend,
  });

  return fittedFigure(options, widthMm, 1, (plotWidth) => ({
    width: plotWidth,
    height: Math.round(Math.min(220, plotWidth * 0.62)),
    layer: [
      ...(curves.length === 0
        ? []
        : [
            {
              data: { values: curves },
              transform: [{ flatten: ["distance", "semivariance"] }],
              mark: { type: "line" },
              encoding: {
                ...place,
                color: styled(styles.map(({ colour }) => colour)),
                strokeDash: styled(styles.map(({ dash }) => dash)),
              },
            },
          ]),
      {
        data: {
          values: empirical.distances.map((distance, lag) => ({
            distance: rounded(distance / per),
            semivariance: rounded(empirical.semivariances[lag]),
            pairs: empirical.pairs[lag],
          })),
        },
        mark: { type: "point", filled: true, color: INK, opacity: 0.85 },
        encoding: {
          ...place,
          size: {
            field: "pairs",
            type: "quantitative",
            scale: { domain: [0, Math.max(...empirical.pairs)], range: [6, 55] },
            legend: null,
          },
          tooltip: [
            { field: "distance", type: "quantitative" },
            { field: "semivariance", type: "quantitative" },
            { field: "pairs", type: "quantitative" },
          ],
        },
      },
    ],
  }));
}

function drawnCurve(model: VariogramModel, cutoff: number, per: number) {
  // From just beside 0, where a model is 0 whatever its nugget.
  const distances = Array.from(
    { length: STEPS + 1 },
    (_, step) => (cutoff * Math.max(step, 1e-3)) / STEPS,
  );
  return {
    distance: distances.map((distance) => rounded(distance / per)),
    semivariance: distances.map((distance) => rounded(semivariance(model, distance))),
  };
}

function distanceUnit(unit: string, cutoff: number) {
  return unit === "m" && cutoff >= 10_000 ? { unit: "km", per: 1000 } : { unit, per: 1 };
}

function modelLabel({ kind, nugget, sill, range }: VariogramModel, unit: string, per: number) {
  const numbers = `nugget ${rounded(nugget, 3)}, sill ${rounded(sill, 3)}`;
  return `${NAMES[kind]}: ${numbers}, range ${rounded(range / per, 3)} ${unit}`;
}
