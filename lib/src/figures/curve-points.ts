import { type Polyline, worthDrawing } from "./decimate";
import type { ColumnWidth, FigureText } from "./figure";
import { rounded } from "./spec";

/** How a curve is drawn where its place among the others does not say. */
export interface CurveStyle {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly width: number;
}

/** A named curve from (0, 0) to (1, 1). */
export interface NamedCurve extends Polyline {
  /** As the legend has it, number included. */
  readonly label: string;
  /** Of the score at each point, told under the pointer; the first may be infinite. */
  readonly thresholds?: readonly number[];
  readonly style?: CurveStyle;
  /** Set on the curve itself, as its key in the legend; a letter or two digits. */
  readonly tag?: string;
  /** A band about the curve, in shares. */
  readonly band?: {
    readonly along: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
  };
}

/** A point of a curve, in per cent. */
export interface CurvePoint {
  readonly along: number;
  readonly up: number;
  /** Score at or above which this much is selected; null where none is, or nothing is known. */
  readonly threshold: number | null;
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

/** A curve with what is drawn of it. */
export interface DrawnCurve extends NamedCurve {
  readonly points: readonly CurvePoint[];
}

/** The points of a curve that are worth drawing. */
export function drawnPoints(curve: Polyline & Pick<NamedCurve, "thresholds">): CurvePoint[] {
  return worthDrawing(curve).map((index) => {
    const threshold = curve.thresholds?.[index] ?? Number.NaN;
    return {
      along: rounded(100 * curve.along[index]),
      up: rounded(100 * curve.up[index]),
      threshold: Number.isFinite(threshold) ? rounded(threshold, 4) : null,
    };
  });
}

/** Height of a drawn curve at a place along the axis. */
export function heightAt(points: readonly CurvePoint[], along: number): number {
  const to = Math.max(
    1,
    points.findIndex((point) => point.along >= along),
  );
  const [from, next] = [points[to - 1], points[to]];
  const width = next.along - from.along;
  return width === 0 ? from.up : from.up + ((along - from.along) / width) * (next.up - from.up);
}
