import type { Grid, Region } from "../grid/grid";
import type { ColourScale } from "./colour-scale";
import { type Box, image, type Layer } from "./drawing";
import { placing } from "./map-overlay";
import { gridImage, imageCells } from "./raster-image";

/** A grid as an image, where it lies on a map of a region. */
export function gridPicture(grid: Grid, scale: ColourScale, region: Region, box: Box): Layer {
  const [west, pixelWidth, , north, , minusPixelHeight] = grid.geometry.transform;
  const { columns, rows } = imageCells(grid.geometry);
  const place = placing(region, box);
  const first = place(west, north);
  const last = place(west + columns * pixelWidth, north + rows * minusPixelHeight);
  // 300 dpi is 3.125 image pixels to a px of 1/96 inch.
  const url = gridImage(grid, scale, Math.ceil(box.width * 3.125));
  return image(url, { ...first, width: last.left - first.left, height: last.top - first.top });
}
