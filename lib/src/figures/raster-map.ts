import type { Grid } from "../grid/grid";
import type { ColourOptions } from "./colour-scale";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import type { CellNotes } from "./map-hover";
import type { MapOverlay } from "./map-overlay";
import { mapPanels } from "./map-panels";

/** One map. */
export interface RasterMapOptions extends FigureText, MapOverlay {
  /** North-up raster or patch-level values (patchGrid); NaN is left white. */
  readonly grid: Grid;
  /** What the colours mean, with the unit. */
  readonly legend: string;
  readonly colours?: ColourOptions;
  readonly widthMm?: ColumnWidth;
  /** A scale bar and a north arrow under the map; drawn when absent. */
  readonly hasScaleBar?: boolean;
  /** What is told of some cells under the pointer besides value and place. */
  readonly notes?: CellNotes;
}

/**
 * A raster as a map: axes in kilometres of easting and northing at equal scale, a colour bar,
 * a scale bar and a north arrow, features and occurrences over it.
 */
export function rasterMap(options: RasterMapOptions): Figure {
  const { grid, legend, colours, points, features, outline, labels, ...rest } = options;
  return mapPanels({
    widthMm: 84,
    ...rest,
    panels: [
      {
        grid,
        ...(points && { points }),
        ...(features && { features }),
        ...(outline && { outline }),
        ...(labels && { labels }),
      },
    ],
    shared: { legend, ...(colours && { colours }) },
  });
}
