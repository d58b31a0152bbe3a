import { InputError } from "../errors";
import type { Grid, GridGeometry } from "../grid/grid";

/**
 * A band on a coarser grid with the same north-west corner: each value is the mean of the block of
 * pixels that it covers, nodata left out; a block of nodata alone is nodata, and so is the part of
 * the coarse grid that reaches past the fine one.
 *
 * @param file how errors name the band's file
 * @throws InputError when the coarse pixel is no whole multiple of the fine one
 */
export function averagedOver(fine: Grid, coarse: GridGeometry, file: string): Float32Array {
  const { width, height, transform } = fine.geometry;
  const across = coarse.transform[1] / transform[1];
  const down = coarse.transform[5] / transform[5];
  if (!Number.isInteger(across) || !Number.isInteger(down)) {
    throw new InputError({
      kind: "parameter",
      file,
      field: "pixelSize",
      found: String(coarse.transform[1]),
      expected: `a whole multiple of the raster's ${transform[1]}`,
    });
  }
  const sums = new Float64Array(coarse.width * coarse.height);
  const counts = new Uint32Array(sums.length);
  for (let row = 0; row < height; row++) {
    const coarseRow = Math.floor(row / down) * coarse.width;
    for (let column = 0; column < width; column++) {
      const value = fine.values[row * width + column];
      if (Number.isNaN(value)) continue;
      const pixel = coarseRow + Math.floor(column / across);
      sums[pixel] += value;
      counts[pixel]++;
    }
  }
  // 0 / 0 is NaN: a block without a value is nodata.
  return Float32Array.from(sums, (sum, pixel) => sum / counts[pixel]);
}
