import { type Grid, pixelAt, pixelCentre } from "../grid/grid";
import type { Patches } from "./types";

/**
 * What a grid says at the centre of each patch; NaN where it says nothing. Lets maps of unlike
 * patch sizes be compared place by place.
 */
export function sampleAtPatches(
  grid: Grid,
  { layout, places }: Pick<Patches, "layout" | "places">,
): Float64Array {
  return Float64Array.from(places, ({ pixelRow, pixelColumn }) => {
    const middle = (layout.size - 1) / 2;
    const centre = pixelCentre(layout.raster, pixelRow + middle, pixelColumn + middle);
    const pixel = pixelAt(grid.geometry, centre.easting, centre.northing);
    return pixel === null
      ? Number.NaN
      : grid.values[pixel.row * grid.geometry.width + pixel.column];
  });
}
