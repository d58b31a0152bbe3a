import { InputError } from "../errors";
import type { Grid, GridGeometry, GridStack } from "../grid/grid";
import type { Patches, PatchLayout } from "./types";

/**
 * Lays patches back onto the raster that they were cut from: the inverse of tiling. Where patches
 * overlap, the mean of what they say; where none lies, nodata.
 *
 * @param values [count, size, size, bands] in the order of patches.places, such as reconstructions
 */
export function assemblePatches(patches: Patches, values: Float32Array): GridStack {
  const { raster, size } = patches.layout;
  const bandCount = patches.bands.length;
  requireLength("values", values.length, patches.places.length * size * size * bandCount);
  const pixels = raster.width * raster.height;
  const sums = patches.bands.map(() => new Float64Array(pixels));
  const counts = new Uint32Array(pixels);
  patches.places.forEach(({ pixelRow, pixelColumn }, patch) => {
    for (let within = 0; within < size * size; within++) {
      const row = pixelRow + Math.floor(within / size);
      const column = pixelColumn + (within % size);
      if (row >= raster.height || column >= raster.width) continue;
      const pixel = row * raster.width + column;
      const from = (patch * size * size + within) * bandCount;
      counts[pixel] += 1;
      for (let band = 0; band < bandCount; band++) sums[band][pixel] += values[from + band];
    }
  });
  const bands = sums.map((sum, band) => ({
    name: patches.bands[band],
    geometry: raster,
    values: Float32Array.from(sum, (total, pixel) => total / counts[pixel]),
  }));
  return { geometry: raster, bands };
}

/**
 * One number a patch as a grid whose pixels are as wide as the stride, each centred on its patch;
 * patches that were left out are nodata.
 *
 * @param scores one number a patch, in the order of patches.places
 */
export function patchGrid(
  patches: Pick<Patches, "layout" | "places">,
  name: string,
  scores: ArrayLike<number>,
): Grid {
  const { rows, columns, size, stride } = patches.layout;
  requireLength(name, scores.length, patches.places.length);
  const values = new Float32Array(rows * columns).fill(Number.NaN);
  patches.places.forEach(({ row, column }, patch) => {
    values[row * columns + column] = scores[patch];
  });
  const cell = stride === size ? "patch" : "window";
  return { name, cell, values, geometry: patchGeometry(patches.layout) };
}

/** The geometry of a map with one pixel a patch, see patchGrid. */
export function patchGeometry({ raster, size, stride, rows, columns }: PatchLayout): GridGeometry {
  const [west, pixelWidth, , north, , minusPixelHeight] = raster.transform;
  // A window wider than the stride stands for the stride-wide cell around its own centre.
  const margin = (size - stride) / 2;
  return {
    width: columns,
    height: rows,
    crs: raster.crs,
    transform: [
      west + margin * pixelWidth,
      stride * pixelWidth,
      0,
      north + margin * minusPixelHeight,
      0,
      stride * minusPixelHeight,
    ],
  };
}

function requireLength(field: string, found: number, expected: number): void {
  if (found === expected) return;
  throw new InputError({
    kind: "parameter",
    field,
    found: `${found} numbers`,
    expected: `${expected}, as the patches have`,
  });
}
