import type { PatchLayout } from "./types";

/**
 * How a raster was cut, as metadata items of a patch-level map: patch size and stride in pixels,
 * rows and columns of patches, and of the raster that was cut its size, pixel size and north-west
 * corner.
 */
export function patchTags(layout: PatchLayout): Record<string, string> {
  const { raster, size, stride, rows, columns } = layout;
  const [west, pixelWidth, , north, , minusPixelHeight] = raster.transform;
  return {
    PATCH_SIZE: String(size),
    PATCH_STRIDE: String(stride),
    PATCH_GRID: `${rows} rows, ${columns} columns`,
    PATCH_RASTER: `${raster.height} rows, ${raster.width} columns`,
    PATCH_RASTER_PIXEL: `${pixelWidth} ${-minusPixelHeight}`,
    PATCH_ORIGIN: `${west} ${north}`,
  };
}
