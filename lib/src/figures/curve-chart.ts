import { curveLayers } from "./curve-layers";
import { type CurveChartOptions, type CurvePoint, drawnPoints, heightAt } from "./curve-points";
import type { ColumnWidth, Figure } from "./figure";
import type { Json } from "./json";
import { fittedFigure } from "./spec";
import { textWidth } from "./text-metrics";
import { FONT_SIZE, LINE_LEGEND, LINE_LEGEND_ROW, px } from "./theme";

/**
 * Curves in the unit square, in per cent, with the diagonal of chance. The legend stands in the
 * lower right corner where no curve passes and under the plot otherwise; at double width beside it.
 */
export function curveChart(options: CurveChartOptions): Figure {
  const { widthMm = 84 } = options;
  const curves = options.curves.map((curve) => ({ ...curve, points: drawnPoints(curve) }));
  return fittedFigure(options, widthMm, 1, (plotWidth, isLive) => {
    const plotHeight = Math.round(Math.min(plotWidth, 400));
    const legend = legendPlace(curves, plotWidth, plotHeight, widthMm);
    return {
      width: plotWidth,
      height: plotHeight,
      layer: curveLayers(options, legend, isLive ? "near" : undefined),
    };
  });
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
