import type { Region } from "../grid/grid";
import type { DrawnPart } from "./colour-bar";
import { type Box, path, texts, tidy } from "./drawing";
import { roundLength } from "./round-length";
import { textWidth } from "./text-metrics";
import { FONT_SIZE, INK, px } from "./theme";

/** Height of the row in px. */
const HEIGHT = 14;
const BAR = 4;
const GAP = 4;
const ARROW = { width: 7, height: 12 };

/**
 * A scale bar in two halves with its length behind it, and an arrow to grid north, in one row that
 * covers no part of the map.
 *
 * @param box the map that the bar measures
 * @param area where the row stands; the bar takes a third of its width at most
 */
export function scaleBar(
  region: Region,
  box: Box,
  area: { readonly left: number; readonly top: number; readonly width: number },
): DrawnPart & { readonly width: number } {
  const length = roundLength(region, box, Math.min(120, area.width / 3));
  const middle = area.top + HEIGHT / 2;
  const half = length.px / 2;
  const bar = (left: number, fill: string) =>
    path(rectangle(left, middle - BAR / 2, half, BAR), { width: 0.7, fill });
  const label = area.left + length.px + GAP;
  const arrow = label + textWidth(length.label, px(FONT_SIZE.label)) + 10;
  const letter = arrow + ARROW.width + 3;
  const layers = [
    bar(area.left, INK),
    bar(area.left + half, "#ffffff"),
    texts([{ left: label, top: middle, text: length.label }], { align: "left" }),
    path(arrowHead(arrow, middle - ARROW.height / 2), { width: 0.6, fill: INK }),
    texts([{ left: letter, top: middle, text: "N" }], { align: "left", weight: 600 }),
  ];
  const width = letter + textWidth("N", px(FONT_SIZE.label), 600) - area.left;
  return { layers, height: HEIGHT, width };
}

function rectangle(left: number, top: number, width: number, height: number): string {
  return `M${tidy(left)},${tidy(top)}h${tidy(width)}v${height}h${tidy(-width)}Z`;
}

/** A dart: point up, notched foot. */
function arrowHead(left: number, top: number): string {
  const { width, height } = ARROW;
  const at = (across: number, down: number) =>
    `${tidy(left + across * width)},${tidy(top + down * height)}`;
  return `M${at(0.5, 0)}L${at(1, 1)}L${at(0.5, 0.72)}L${at(0, 1)}Z`;
}
