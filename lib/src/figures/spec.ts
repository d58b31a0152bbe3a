import { withFadingKey } from "./fading-key";
import {
  type ColumnWidth,
  columnWidthPx,
  type Figure,
  type FigureText,
  type VegaLiteSpec,
} from "./figure";
import { THEME } from "./theme";
import { laidOutSize } from "./vega-runtime";

/** The part of a spec that is a figure's own. */
export type Body = VegaLiteSpec;

/**
 * A figure from the part of a spec that is its own; schema, theme and description are added.
 *
 * @param live the same part for a screen, with what answers to the pointer
 */
export function figureOf(
  { title, alt = title, ground }: FigureText,
  widthMm: ColumnWidth,
  body: Body,
  live?: Body,
): Figure {
  const sentence = /[.!?]$/.test(alt) ? alt : `${alt}.`;
  return {
    ...{ title, alt: sentence, widthMm, spec: wholeSpec(body, sentence) },
    ...(ground !== undefined && { ground }),
    ...(live && { live: wholeSpec(live, sentence) }),
  };
}

/**
 * A figure whose axes and legends take what they need and whose plot takes the rest, so that the
 * whole is as wide as the column. The plot is laid out, measured and widened by what is missing.
 *
 * On a screen a click on an entry of its key fades the other series.
 *
 * @param plots number of plots side by side that share the missing width
 * @param body the chart for a plot width in px; told whether it is for a screen, it may add what
 *   answers to the pointer and takes no room
 */
export function fittedFigure(
  text: FigureText,
  widthMm: ColumnWidth,
  plots: number,
  body: (plotWidth: number, isLive: boolean) => Body,
): Figure {
  const target = columnWidthPx(widthMm);
  let plotWidth = Math.round((target * 0.8) / plots);
  // Label widths hardly change with the plot; two rounds settle the odd tick that does.
  for (let round = 0; round < 3; round++) {
    const missing = target - laidOutSize(wholeSpec(body(plotWidth, false), "")).width;
    if (missing === 0) break;
    plotWidth += missing / plots;
  }
  return figureOf(text, widthMm, body(plotWidth, false), withFadingKey(body(plotWidth, true)));
}

/** Rounded to significant digits, to keep specs small. */
export function rounded(value: number, digits = 5): number {
  return Number(value.toPrecision(digits));
}

function wholeSpec(body: Body, description: string): VegaLiteSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description,
    config: THEME,
    // Drawn as SVG, so that pages can show it larger than life without blur.
    usermeta: { embedOptions: { renderer: "svg" } },
    ...body,
  };
}
