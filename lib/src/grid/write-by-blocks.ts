import { createGeoTiff, type GeoTiffOptions } from "./geotiff-write";
import type { GridGeometry } from "./grid";
import { type PixelWindow, rowWindows } from "./window";

/** One band of a map that need not fit in memory. */
export interface BlockBand {
  readonly name: string;
  /** Values of a window, row-major, such as `(window) => distanceToSegments(geometry, s, window)`. */
  readonly values: (window: PixelWindow) => Float32Array;
}

/**
 * Computes a map some rows at a time and writes it as a cloud-optimised GeoTIFF.
 *
 * @param rowsAtOnce rows that are held; 256, a row of tiles, when absent
 * @throws InputError when there is no band or the file cannot be written
 */
export function writeByBlocks(
  path: string,
  geometry: GridGeometry,
  bands: readonly BlockBand[],
  options: GeoTiffOptions & { readonly rowsAtOnce?: number } = {},
): void {
  const names = bands.map(({ name }) => name);
  const writer = createGeoTiff(path, geometry, names, options);
  try {
    for (const window of rowWindows(geometry, options.rowsAtOnce ?? 256)) {
      writer.writeRows(bands.map(({ values }) => values(window)));
    }
    writer.finish();
  } finally {
    writer.abandon();
  }
}
