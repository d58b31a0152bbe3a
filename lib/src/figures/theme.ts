import { FONT_STACK } from "./fonts";
import type { Json } from "./json";

/** Font sizes in points at final size; journals ask for 6 to 8. */
export const FONT_SIZE = { small: 6.5, label: 7, axisTitle: 7.5, title: 8.5 } as const;

/** Points as px of the drawing (96 px an inch). */
export function px(points: number): number {
  return Math.round((points / 72) * 96 * 1000) / 1000;
}

/** Ink for text and axes, and the paler one for grids and helper lines. */
export const INK = "#222222";
export const FAINT_INK = "#8a8a8a";
const GRID_INK = "#e6e6e6";

/** Okabe and Ito's colours without the yellow, which is too pale on white; blue comes first. */
export const CATEGORY_COLOURS = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#000000",
  "#E69F00",
  "#56B4E9",
] as const;

/** Dash patterns in px, so that lines differ without colour. */
export const CATEGORY_DASHES = [
  [1, 0],
  [6, 2],
  [2, 2],
  [7, 2, 2, 2],
  [11, 3],
  [4, 1.5, 1.5, 1.5, 1.5, 1.5],
  [3.5, 3.5],
] as const;

/** Symbol shapes, so that points differ without colour. */
export const CATEGORY_SHAPES = [
  "circle",
  "triangle-up",
  "square",
  "diamond",
  "triangle-down",
  "cross",
] as const;

/**
 * Colour and dash of the nth of several lines: both change, and past seven the dashes move on by
 * one so that no two of 49 look alike.
 */
export function lineStyle(index: number): { colour: string; dash: readonly number[] } {
  const round = Math.floor(index / CATEGORY_COLOURS.length);
  return {
    colour: CATEGORY_COLOURS[index % CATEGORY_COLOURS.length],
    dash: CATEGORY_DASHES[(index + round) % CATEGORY_DASHES.length],
  };
}

/** Colour and shape of the nth of several sets of points. */
export function pointStyle(index: number): { colour: string; shape: string } {
  return {
    colour: CATEGORY_COLOURS[index % CATEGORY_COLOURS.length],
    shape: CATEGORY_SHAPES[index % CATEGORY_SHAPES.length],
  };
}

/** Legends of lines: long enough to show the dashes, the rows no further apart than their text. */
export const LINE_LEGEND = {
  title: null,
  symbolType: "stroke",
  symbolSize: 500,
  symbolStrokeWidth: 1.6,
  rowPadding: -8,
} as const;

/** Height in px of a row of such a legend. */
export const LINE_LEGEND_ROW = 14.4;

/** The look that all figures share, as a Vega-Lite config. */
export const THEME: Json = {
  background: "#ffffff",
  font: FONT_STACK,
  padding: 2,
  view: { stroke: null },
  axis: {
    labelColor: INK,
    labelFontSize: px(FONT_SIZE.label),
    labelPadding: 3,
    titleColor: INK,
    titleFontSize: px(FONT_SIZE.axisTitle),
    titleFontWeight: "normal",
    titlePadding: 5,
    domainColor: INK,
    domainWidth: 0.7,
    tickColor: INK,
    tickWidth: 0.7,
    tickSize: 3.5,
    gridColor: GRID_INK,
    gridWidth: 0.6,
  },
  axisQuantitative: { labelFlush: false },
  legend: {
    labelColor: INK,
    labelFontSize: px(FONT_SIZE.label),
    labelLimit: 0,
    titleColor: INK,
    titleFontSize: px(FONT_SIZE.label),
    titleFontWeight: 600,
    titleLimit: 0,
    symbolStrokeWidth: 1.4,
    offset: 6,
  },
  header: { labelColor: INK, labelFontSize: px(FONT_SIZE.axisTitle), title: null },
  title: {
    anchor: "start",
    frame: "bounds",
    color: INK,
    fontSize: px(FONT_SIZE.title),
    fontWeight: 600,
    subtitleColor: "#444444",
    subtitleFontSize: px(FONT_SIZE.label),
    subtitlePadding: 2,
    offset: 7,
  },
  line: { strokeWidth: 1.3, strokeCap: "butt", strokeJoin: "round" },
  text: { color: INK, fontSize: px(FONT_SIZE.label) },
};
