import type { Estimate } from "../evaluation/types";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { Json } from "./json";
import { fittedFigure, rounded } from "./spec";
import { FAINT_INK, INK, pointStyle } from "./theme";

/** The share that came true where a probability was told. */
export interface ToldShare {
  /** Mean probability told, 0 to 1. */
  readonly told: number;
  /** Who told it; one curve each. */
  readonly group: string;
  readonly observed: Pick<Estimate, "value" | "interval">;
}

/** Reliability of several that tell probabilities of the same things. */
export interface ReliabilityCurvesOptions extends FigureText {
  readonly shares: readonly ToldShare[];
  readonly toldTitle: string;
  readonly observedTitle: string;
  readonly widthMm?: ColumnWidth;
}

/** Observed shares with their intervals against probabilities told, beside the line where they are equal. */
export function reliabilityCurves(options: ReliabilityCurvesOptions): Figure {
  const { shares, toldTitle, observedTitle, widthMm = 84 } = options;
  const groups = [...new Set(shares.map(({ group }) => group))];
  const styles = groups.map((_, index) => pointStyle(index));
  const legend = { title: null, orient: "bottom", columns: 1, symbolSize: 40, symbolOpacity: 1 };
  const axis = (field: string, title: string): { readonly [key: string]: Json } => ({
    ...{ field, type: "quantitative", title },
    ...{ scale: { domain: [0, 1], nice: false }, axis: { tickCount: 6, grid: false } },
  });
  const x = axis("told", toldTitle);
  const up = (field: string) => axis(field, observedTitle);
  const domain = { domain: groups };
  const color = {
    ...{ field: "group", type: "nominal", legend },
    scale: { ...domain, range: styles.map(({ colour }) => colour) },
  };
  const shape = {
    ...{ field: "group", type: "nominal", legend },
    scale: { ...domain, range: styles.map((style) => style.shape) },
  };
  const tooltip = ["group", "told", "observed", "low", "high"].map((field) => ({ field }));
  const values = shares.map(({ told, group, observed: { value, interval } }) => ({
    ...{ told: rounded(told, 4), group, observed: rounded(value, 4) },
    ...{ low: rounded(interval[0], 4), high: rounded(interval[1], 4) },
  }));
  const point = {
    type: "point",
    filled: true,
    size: 28,
    opacity: 1,
    stroke: INK,
    strokeWidth: 0.4,
  };
  return fittedFigure(options, widthMm, 1, (plotWidth) => ({
    ...{ width: plotWidth, height: Math.round(Math.min(plotWidth, 260)), data: { values } },
    layer: [
      {
        data: { values: [{ told: 0, observed: 0, right: 1, top: 1 }] },
        mark: { type: "rule", color: FAINT_INK, strokeWidth: 0.9, strokeDash: [3, 2] },
        encoding: { x, y: up("observed"), x2: { field: "right" }, y2: { field: "top" } },
      },
      {
        mark: { type: "rule", strokeWidth: 1 },
        encoding: { x, y: up("low"), y2: { field: "high" }, color },
      },
      {
        mark: { type: "line", strokeWidth: 0.9, opacity: 0.7 },
        encoding: { x, y: up("observed"), color },
      },
      { mark: point, encoding: { x, y: up("observed"), color, shape, tooltip } },
    ],
  }));
}
