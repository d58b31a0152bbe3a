import type { Region } from "../grid/grid";
import { type Box, type Layer, strokes, texts } from "./drawing";
import { placing } from "./map-overlay";
import { textWidth } from "./text-metrics";
import { FONT_SIZE, px } from "./theme";
import { roundTicks } from "./ticks";

const TICK = 3;

/** How far in px labels of easting may reach beyond a map that stands beside another. */
const REACH = 3;

/**
 * Ticks of a map in kilometres of easting (below) and northing (left), labelled where asked. Labels
 * of easting at the edge of a map beside another are moved in, so that they do not meet.
 */
export function mapAxes(
  region: Region,
  box: Box,
  labels: {
    readonly easting: boolean;
    readonly northing: boolean;
    readonly isBesideAnother?: boolean;
  },
): Layer[] {
  const place = placing(region, box);
  const foot = box.top + box.height;
  const eastings = kilometreTicks(region.west, region.east, box.width, 62).map((kilometre) => ({
    left: place(kilometre * 1000, region.south).left,
    text: String(kilometre),
  }));
  const northings = kilometreTicks(region.south, region.north, box.height, 48).map((kilometre) => ({
    top: place(region.west, kilometre * 1000).top,
    text: String(kilometre),
  }));
  const moved = (left: number, text: string) => {
    if (!labels.isBesideAnother) return left;
    const inset = textWidth(text, px(FONT_SIZE.label)) / 2 - REACH;
    return Math.min(Math.max(left, box.left + inset), box.left + box.width - inset);
  };
  const under = eastings.map(({ left, text }) => ({
    ...{ left: moved(left, text), top: foot + TICK + 1.5, text },
  }));
  return [
    strokes([
      ...eastings.map(({ left }) => ({ left, top: foot, right: left, bottom: foot + TICK })),
      ...northings.map(({ top }) => ({ left: box.left - TICK, top, right: box.left, bottom: top })),
    ]),
    texts(labels.easting ? under : [], { baseline: "top" }),
    texts(
      labels.northing ? northings.map((tick) => ({ ...tick, left: box.left - TICK - 2 })) : [],
      { align: "right" },
    ),
  ];
}

/** The title under an axis of easting. */
export function eastingTitle(box: Box): Layer {
  const top = box.top + box.height + EASTING_ROOM;
  return texts([{ left: box.left + box.width / 2, top, text: "Easting (km)" }], {
    baseline: "top",
    size: FONT_SIZE.axisTitle,
  });
}

/** The title at the left edge of a drawing, beside an axis of northing. */
export function northingTitle(box: Box): Layer {
  return texts([{ left: 1, top: box.top + box.height / 2, text: "Northing (km)" }], {
    baseline: "top",
    size: FONT_SIZE.axisTitle,
    angle: 270,
  });
}

/** Room in px that labels of northing take to the left of a map, axis title included. */
export function northingRoom({ south, north }: Region): number {
  // A short axis has ticks at parts of a kilometre.
  const kilometres = (north - south) / 1000;
  const decimals = kilometres < 0.2 ? 2 : kilometres < 2 ? 1 : 0;
  const widths = [south, north].map((edge) =>
    textWidth((edge / 1000).toFixed(decimals), px(FONT_SIZE.label)),
  );
  return Math.ceil(Math.max(...widths)) + TICK + 5 + px(FONT_SIZE.axisTitle) * 1.25;
}

/** Room in px that labels of easting take under a map, without the axis title. */
export const EASTING_ROOM = TICK + 2 + px(FONT_SIZE.label) * 1.15;

/** Two ticks at least, without which an axis has no scale. */
export function kilometreTicks(from: number, to: number, span: number, spacing: number): number[] {
  const about = Math.max(1, Math.floor(span / spacing));
  const finer = [0, 1, 2, 3].map((more) => roundTicks(from / 1000, to / 1000, about + more));
  return finer.find((ticks) => ticks.length > 1) ?? finer[0];
}
