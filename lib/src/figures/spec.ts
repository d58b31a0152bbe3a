import {
  type ColumnWidth,
  columnWidthPx,
  type Figure,
  type FigureText,
  type VegaLiteSpec,
} from "./figure";
import type { Json } from "./json";
import { THEME } from "./theme";
import { laidOutSize } from "./vega-runtime";

/** A figure from the part of a spec that is its own; schema, theme and description are added. */
export function figureOf(
  { title, alt = title }: FigureText,
  widthMm: ColumnWidth,
  body: { readonly [key: string]: Json },
): Figure {
  const sentence = /[.!?]$/.test(alt) ? alt : `${alt}.`;
  return { title, alt: sentence, widthMm, spec: wholeSpec(body, sentence) };
}

/**
 * A figure whose axes and legends take what they need and whose plot takes the rest, so that the
 * whole is as wide as the column. The plot is laid out, measured and widened by what is missing.
 *
 * @param plots number of plots side by side that share the missing width
 * @param body the chart for a plot width in px
 */
export function fittedFigure(
  text: FigureText,
  widthMm: ColumnWidth,
  plots: number,
  body: (plotWidth: number) => { readonly [key: string]: Json },
): Figure {
  const target = columnWidthPx(widthMm);
  let plotWidth = Math.round((target * 0.8) / plots);
  // Label widths hardly change with the plot; two rounds settle the odd tick that does.
  for (let round = 0; round < 3; round++) {
    const missing = target - laidOutSize(wholeSpec(body(plotWidth), "")).width;
    if (missing === 0) break;
    plotWidth += missing / plots;
  }
  return figureOf(text, widthMm, body(plotWidth));
}

/** Rounded to significant digits, to keep specs small. */
export function rounded(value: number, digits = 5): number {
  return Number(value.toPrecision(digits));
}

function wholeSpec(body: { readonly [key: string]: Json }, description: string): VegaLiteSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description,
    config: THEME,
    // Drawn as SVG, so that pages can show it larger than life without blur.
    usermeta: { embedOptions: { renderer: "svg" } },
    ...body,
  };
}
