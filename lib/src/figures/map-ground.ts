import { type Grid, type Region, regionOf } from "../grid/grid";
import type { Polygon } from "../grid/shapes";
import type { Occurrence } from "../study/types";
import { type Box, frame, type Layer, position, type SymbolStyle, tidy } from "./drawing";
import { EASTING_ROOM, eastingTitle, mapAxes, northingRoom, northingTitle } from "./map-axes";
import { overlayLayers, placing } from "./map-overlay";
import { rounded } from "./spec";
import { FONT_SIZE, INK, px } from "./theme";

/** A map that is part of a figure: where it stands, and what is drawn about it. */
export interface MapGround {
  readonly region: Region;
  readonly box: Box;
  readonly width: number;
  /** With axes and their titles. */
  readonly height: number;
  /** Outline of the study area, frame and axes, to be drawn over the ground. */
  readonly layers: readonly Layer[];
}

/** Tallest that the map itself may be, in px. */
const HIGHEST = 330;
const RIGHT = 8;
const TOP = 2;

/**
 * A map of a grid's region in a box as wide as there is room.
 *
 * @param width of map and axes, in px
 */
export function mapGround(
  { geometry }: Pick<Grid, "geometry">,
  width: number,
  outline: readonly Polygon[] = [],
): MapGround {
  const region = regionOf(geometry);
  const left = northingRoom(region);
  const aspect = (region.north - region.south) / (region.east - region.west);
  const boxWidth = Math.min(width - left - RIGHT, HIGHEST / aspect);
  const box = { left, top: TOP, width: boxWidth, height: boxWidth * aspect };
  return {
    region,
    box,
    width: left + boxWidth + RIGHT,
    height: TOP + box.height + EASTING_ROOM + px(FONT_SIZE.axisTitle) * 1.5,
    // The outline without its halo, a long path once more: no raster is darker than it here.
    layers: [
      ...[...overlayLayers({ outline }, region, box, false).slice(-1), frame(box)].map(unfilled),
      ...mapAxes(region, box, { easting: true, northing: true }),
      eastingTitle(box),
      northingTitle(box),
    ],
  };
}

/** Without the clear fill of a path, which would keep the pointer from what lies under it. */
function unfilled(layer: Layer): Layer {
  return { ...layer, mark: { ...(layer.mark as Layer), fill: null } };
}

/** An occurrence and what its patch has. */
export interface ScoredOccurrence {
  readonly occurrence: Occurrence;
  readonly amount: number;
}

/**
 * Occurrences on a map, filled where a Vega expression of `datum.amount` holds and open elsewhere;
 * they tell of themselves under the pointer.
 */
export function occurrenceMarks(
  rows: readonly ScoredOccurrence[],
  { region, box }: Pick<MapGround, "region" | "box">,
  { colour, shape, size }: SymbolStyle,
  test: string,
  amountTitle: string,
): Layer {
  const place = placing(region, box);
  const values = rows.map(({ occurrence: { name, commodity, easting, northing }, amount }) => {
    const { left, top } = place(easting, northing);
    return { name, commodity, amount: rounded(amount, 9), left: tidy(left), top: tidy(top) };
  });
  return {
    data: { values },
    mark: { type: "point", filled: true, shape, size, opacity: 1, strokeWidth: 1, aria: false },
    encoding: {
      ...position(),
      fill: { condition: { test, value: colour }, value: "#ffffff" },
      stroke: { condition: { test, value: INK }, value: colour },
      tooltip: [
        { field: "name", type: "nominal", title: "Occurrence" },
        { field: "commodity", type: "nominal", title: "Commodity" },
        { field: "amount", type: "quantitative", title: amountTitle, format: ".3~r" },
      ],
    },
  };
}
