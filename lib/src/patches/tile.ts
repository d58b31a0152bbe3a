import { InputError } from "../errors";
import type { GridGeometry, GridStack } from "../grid/grid";
import type { LeftOutPatch, Patches, PatchLayout, PatchPlace } from "./types";

export interface TileOptions {
  /** Edge of a patch in pixels. */
  readonly size: number;
  /** Pixels from one patch to the next; the size when absent, so that patches do not overlap. */
  readonly stride?: number;
  /** What becomes of windows that reach over the south or east edge; dropped when absent. */
  readonly partial?: "drop" | "reflect";
  /**
   * Largest share of nodata pixels that a kept patch may have, 0 to 1; 0 when absent. Where it is
   * above 0, nodata pixels of kept patches take the mean of their band.
   */
  readonly maximumNodataShare?: number;
}

/**
 * Cuts an evidence stack into square patches, row by row from the north-west corner. The paper's
 * 4,234 patches of 12 x 12 show that its windows do not overlap.
 *
 * @returns values of shape [count, size, size, bands]; patches with more nodata than allowed are
 *   left out and listed
 * @throws InputError when a patch does not fit the grid, or every patch is nodata
 */
export function tilePatches(stack: GridStack, options: TileOptions): Patches {
  const patches = cutPatches(stack, options);
  const { maximumNodataShare = 0 } = options;
  if (patches.places.length === 0) {
    throw new InputError({
      kind: "values",
      field: "patches",
      found: `nodata in more than ${maximumNodataShare * 100} % of every patch`,
      expected: "at least one patch with data",
      remedy:
        "Check the evidence layers' nodata and the study area, or allow a larger share of nodata.",
    });
  }
  return patches;
}

/** As tilePatches, but a stack in which every patch is nodata gives no patches. */
export function cutPatches(stack: GridStack, options: TileOptions): Patches {
  const { size, stride = options.size, partial = "drop", maximumNodataShare = 0 } = options;
  const layout = patchLayout(stack.geometry, size, stride, partial);
  const kept: PatchPlace[] = [];
  const leftOut: LeftOutPatch[] = [];
  for (const place of placesOf(layout)) {
    const nodataShare = shareOfNodata(stack, place, size);
    if (nodataShare > maximumNodataShare) leftOut.push({ ...place, nodataShare });
    else kept.push(place);
  }
  const bands = stack.bands.map((band) => band.name);
  return { layout, bands, values: cut(stack, kept, size), places: kept, leftOut };
}

/**
 * How a raster is cut into patches.
 *
 * @throws InputError when size or stride is no positive whole number, or a patch does not fit
 */
export function patchLayout(
  geometry: GridGeometry,
  size: number,
  stride: number,
  partial: "drop" | "reflect",
): PatchLayout {
  requirePositiveWhole("patch size", size);
  requirePositiveWhole("stride", stride);
  if (size > geometry.width || size > geometry.height) {
    throw new InputError({
      kind: "parameter",
      field: "patch size",
      found: `${size} pixels`,
      expected: `at most the grid's ${geometry.height} rows and ${geometry.width} columns`,
      remedy: "Take smaller patches, finer pixels, or a larger region.",
    });
  }
  const count = partial === "drop" ? Math.floor : Math.ceil;
  const along = (extent: number) => count((extent - size) / stride) + 1;
  const layout = { raster: geometry, size, stride };
  return { ...layout, rows: along(geometry.height), columns: along(geometry.width) };
}

function requirePositiveWhole(field: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new InputError({
    kind: "parameter",
    field,
    found: String(value),
    expected: "a positive whole number of pixels",
  });
}

function placesOf({ rows, columns, stride }: PatchLayout): PatchPlace[] {
  return Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    const column = index % columns;
    return { row, column, pixelRow: row * stride, pixelColumn: column * stride };
  });
}

function shareOfNodata(stack: GridStack, place: PatchPlace, size: number): number {
  const pixels = pixelsOf(stack, place, size);
  const empty = pixels.filter((pixel) =>
    stack.bands.some((band) => Number.isNaN(band.values[pixel])),
  );
  return empty.length / pixels.length;
}

/** Raster indices of a patch's pixels; beyond the raster they are reflected back into it. */
function pixelsOf({ geometry }: GridStack, place: PatchPlace, size: number): Uint32Array {
  const pixels = new Uint32Array(size * size);
  for (let row = 0, at = 0; row < size; row++) {
    const rasterRow = reflected(place.pixelRow + row, geometry.height);
    for (let column = 0; column < size; column++, at++) {
      const rasterColumn = reflected(place.pixelColumn + column, geometry.width);
      pixels[at] = rasterRow * geometry.width + rasterColumn;
    }
  }
  return pixels;
}

function reflected(index: number, extent: number): number {
  return index < extent ? index : 2 * extent - 1 - index;
}

function cut(stack: GridStack, places: readonly PatchPlace[], size: number): Float32Array {
  const bandCount = stack.bands.length;
  const means = stack.bands.map((band) => meanOfData(band.values));
  const values = new Float32Array(places.length * size * size * bandCount);
  let at = 0;
  for (const place of places) {
    for (const pixel of pixelsOf(stack, place, size)) {
      for (let band = 0; band < bandCount; band++, at++) {
        const value = stack.bands[band].values[pixel];
        values[at] = Number.isNaN(value) ? means[band] : value;
      }
    }
  }
  return values;
}

function meanOfData(values: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}
