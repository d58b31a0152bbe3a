import type { Figure } from "../figures/figure";
import type { MapOverlay } from "../figures/map-overlay";
import { type MapPanel, mapPanels } from "../figures/map-panels";
import { targetOverlay } from "../figures/target-overlay";
import type { Grid } from "../grid/grid";
import { croppedGrid, type PixelWindow } from "../grid/window";
import { assemblePatches } from "../patches/assemble";
import type { Patches } from "../patches/types";
import { type Found, given } from "../skipped";
import { signed } from "./target-card-rows";
import type { TargetCard, TargetCards } from "./target-cards";
import { bothWays, windowAround } from "./target-figures";

/** Patches around the target, and across at most, since each of their pixels is kept. */
const MARGIN = 2;
const MOST_ACROSS = 16;

/** What each pixel on and around a target says, in log odds. */
export interface TargetPixels {
  readonly card: TargetCard;
  /** All layers together, by integrated gradients and by occlusion of small windows. */
  readonly integrated: Grid;
  readonly occluded: Grid;
  /** The layers that drive the target most, by integrated gradients. */
  readonly layers: readonly { readonly layer: string; readonly grid: Grid }[];
  /** Geometry of the map by patch, on which the target was delineated. */
  readonly map: TargetCards["grid"]["geometry"];
}

/** The patches in the cut-out around a target, by number. */
export function patchesAround(patches: Patches, card: TargetCard): Uint32Array {
  const { row, column, width, height } = pixelWindowOf(patches, card);
  const isIn = (at: number, from: number, length: number) => at >= from && at < from + length;
  return Uint32Array.from(patches.places.keys()).filter((patch) => {
    const place = patches.places[patch];
    return isIn(place.row, row, height) && isIn(place.column, column, width);
  });
}

/** The cut-out in patches; around the target's best patch where the target is larger than it. */
function pixelWindowOf({ places, layout }: Patches, card: TargetCard): PixelWindow {
  const whole = windowAround({ layout }, card, MARGIN);
  if (whole.width <= MOST_ACROSS) return whole;
  const { row, column } = places[card.peak];
  const start = (at: number, count: number) =>
    Math.max(0, Math.min(count - MOST_ACROSS, at - MOST_ACROSS / 2));
  return {
    ...{ row: start(row, layout.rows), column: start(column, layout.columns) },
    width: Math.min(MOST_ACROSS, layout.columns),
    height: Math.min(MOST_ACROSS, layout.rows),
  };
}

/**
 * Lays what was found pixel by pixel of the patches around a target onto the ground.
 *
 * @param around those patches alone, in the order of patchesAround
 * @param integrated [count, size, size, bands]
 * @param occluded [count, size, size]
 */
export function targetPixels(
  { patches, grid }: TargetCards,
  card: TargetCard,
  around: Patches,
  integrated: Float32Array,
  occluded: Float32Array,
): TargetPixels {
  const { size } = patches.layout;
  const { row, column, width, height } = pixelWindowOf(patches, card);
  const { raster } = patches.layout;
  const window = {
    ...{ row: row * size, column: column * size },
    width: Math.min(width * size, raster.width - column * size),
    height: Math.min(height * size, raster.height - row * size),
  };
  const bands = patches.bands.length;
  const sums = Float32Array.from({ length: integrated.length / bands }, (_, pixel) =>
    integrated.subarray(pixel * bands, (pixel + 1) * bands).reduce((sum, part) => sum + part, 0),
  );
  const single = (values: Float32Array) =>
    croppedGrid(assemblePatches({ ...around, bands: ["all layers"] }, values).bands[0], window);
  const byBand = assemblePatches(around, integrated).bands;
  return {
    ...{ card, integrated: single(sums), occluded: single(occluded), map: grid.geometry },
    layers: card.layers.slice(0, 2).map(({ layer }) => ({
      layer,
      grid: croppedGrid(byBand[patches.bands.indexOf(layer)], window),
    })),
  };
}

/** Maps pixel by pixel: both ways for all layers, then the layers that drive the target. */
export function targetPixelsFigure(
  found: Found<TargetPixels>,
  { points, outline }: MapOverlay = {},
): Found<Figure> {
  return given(found, ({ card, integrated, occluded, layers, map }) => {
    const legend = "Log odds a pixel";
    const both = bothWays([integrated, occluded]);
    const single = bothWays(layers.map(({ grid }) => grid));
    const panels: MapPanel[] = [
      { heading: "Integrated gradients", grid: integrated, legend, colours: both },
      { heading: "Occlusion", grid: occluded, legend, colours: both },
      ...layers.map(({ layer, grid }, at) => ({
        heading: `${layer} (${signed(card.layers[at].attribution)})`,
        ...{ grid, legend, colours: single },
      })),
    ];
    const { features } = targetOverlay(map, [card.target], 0);
    const overlay = {
      ...(points && { points }),
      ...(outline && { outline }),
      ...(features && { features }),
    };
    const title = `Target ${card.target.rank}, pixel by pixel`;
    return mapPanels({ title, panels, columns: 2, overlay, hasScaleBar: true });
  });
}
