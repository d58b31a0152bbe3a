import type { Region } from "../grid/grid";
import { type Box, drawing, frame, type Layer, texts } from "./drawing";
import { type ColumnWidth, columnWidthPx, type Figure, type FigureText } from "./figure";
import { geologyKey } from "./geology-key";
import { type GeologicalLayer, geologyUnits, unitLayers } from "./geology-layers";
import { EASTING_ROOM, mapAxes, northingRoom } from "./map-axes";
import { type MapOverlay, overlayLayers } from "./map-overlay";
import { scaleBar } from "./scale-bar";
import { figureOf } from "./spec";
import { FONT_SIZE, px } from "./theme";

/** A geological map of a district. */
export interface GeologyMapOptions extends FigureText, Pick<MapOverlay, "points" | "outline"> {
  readonly region: Region;
  /** From the lowest drawn to the highest. */
  readonly layers: readonly GeologicalLayer[];
  readonly widthMm?: ColumnWidth;
}

const TOP = 2;
const KEY_GAP = 16;
/** Room for the key beside a map of the double column. */
const KEY_WIDTH = 190;
/** Tallest that the map may be in px: a journal page less caption and key. */
const MOST_HEIGHT = 700;

/**
 * Rocks and intrusions in pale fills, faults and thrusts, occurrences over them; axes in
 * kilometres, scale bar and grid north. The key stands beside a map of the double column and under
 * one of the single column (after Fig. 1 of Zhang et al. 2021).
 */
export function geologyMap(options: GeologyMapOptions): Figure {
  const { region, layers, points, outline, widthMm = 174 } = options;
  const width = columnWidthPx(widthMm);
  const isWide = widthMm === 174;
  const box = mapBox(region, width, isWide);
  const overlay = { ...(points && { points }), ...(outline && { outline }) };
  const units = geologyUnits(layers);
  const foot = box.top + box.height + EASTING_ROOM + px(FONT_SIZE.axisTitle) * 1.5;
  const bar = scaleBar(region, box, { left: box.left, top: foot + 2, width: box.width });
  const below = foot + 2 + bar.height;
  const key = isWide
    ? { left: box.left + box.width + KEY_GAP, top: box.top, width: KEY_WIDTH }
    : { left: 6, top: below + 8, width: width - 12 };
  const keyed = geologyKey(units, overlay, box.width, key, isWide ? 1 : 2);
  const drawn: Layer[] = [
    ...units.flatMap((unit) => unitLayers(unit, region, box)),
    ...overlayLayers(overlay, region, box, true),
    frame(box),
    ...mapAxes(region, box, { easting: true, northing: true }),
    ...axisTitles(box),
    ...bar.layers,
    ...keyed.layers,
  ];
  const height = Math.max(below, key.top + keyed.height) + 3;
  return figureOf(options, widthMm, drawing(width, height, drawn));
}

function mapBox({ west, east, south, north }: Region, width: number, isWide: boolean): Box {
  const aspect = (north - south) / (east - west);
  const left = northingRoom({ west, east, south, north });
  const room = width - left - (isWide ? KEY_GAP + KEY_WIDTH : 8);
  const boxWidth = Math.min(room, MOST_HEIGHT / aspect);
  const spare = isWide ? 0 : (room - boxWidth) / 2;
  return { left: left + spare, top: TOP, width: boxWidth, height: boxWidth * aspect };
}

function axisTitles(box: Box): Layer[] {
  const style = { baseline: "top", size: FONT_SIZE.axisTitle } as const;
  const easting = { left: box.left + box.width / 2, top: box.top + box.height + EASTING_ROOM };
  const northing = { left: 1, top: box.top + box.height / 2 };
  return [
    texts([{ ...easting, text: "Easting (km)" }], style),
    texts([{ ...northing, text: "Northing (km)" }], { ...style, angle: 270 }),
  ];
}
