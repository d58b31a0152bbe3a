import { openGeoTiff } from "./geotiff-window";
import type { GridStack } from "./grid";
import { wholeWindow } from "./window";

/** Which part of a GeoTIFF to read and what to call the file in errors. */
export interface ReadOptions {
  /** Band numbers from 1, in the order wanted; all bands when absent. */
  readonly bands?: readonly number[];
  /** The file as the user named it; the path when absent. */
  readonly name?: string;
}

/**
 * Reads bands of a GeoTIFF whole, as openGeoTiff reads windows of it. Bands are named by their
 * GDAL description, or "band 1", "band 2" and so on.
 *
 * @throws InputError naming the file and what it is that cannot be read right, see openGeoTiff
 */
export async function readGeoTiff(path: string, options: ReadOptions = {}): Promise<GridStack> {
  const { name } = options;
  const raster = await openGeoTiff(path, name === undefined ? {} : { name });
  try {
    return await raster.readWindow(wholeWindow(raster.geometry), options.bands);
  } finally {
    raster.close();
  }
}
