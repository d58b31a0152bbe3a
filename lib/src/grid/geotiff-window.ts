import { closeSync, openSync } from "node:fs";
import { InputError } from "../errors";
import type { BandMeaning } from "./geotiff-bands";
import { type BlockLayout, readBlock, type Samples } from "./geotiff-blocks";
import { readHead, sizeOf } from "./geotiff-head";
import { type Refuse, refusal } from "./geotiff-refusal";
import { storedHash } from "./geotiff-stored";
import type { Grid, GridGeometry, GridStack } from "./grid";
import { type PixelWindow, windowOf } from "./window";

/** A GeoTIFF of which parts can be read. */
export interface OpenGeoTiff {
  /** The file as the user named it. */
  readonly file: string;
  readonly geometry: GridGeometry;
  /** Names of the bands, in the order of the file. */
  readonly names: readonly string[];
  /** What each declares as nodata; null where it declares none. */
  readonly nodata: readonly (number | null)[];
  /** Pixels of a strip or tile, which are decoded together; a strip is as wide as the raster. */
  readonly blockSize: { readonly width: number; readonly height: number };
  /**
   * Reads a window of some bands (numbers from 1, in the order wanted; all when absent), nodata as
   * NaN, with the geometry of the window.
   */
  readWindow(window: PixelWindow, bands?: readonly number[]): Promise<GridStack>;
  /**
   * SHA-256 of what the file holds of a window of some bands, without decoding it. Where it is the
   * same in two files, the window has the same values in both, wherever they lie.
   */
  hashWindow(window: PixelWindow, bands?: readonly number[]): string;
  close(): void;
}

export interface OpenOptions {
  /** What to call the file in errors; the path when absent. */
  readonly name?: string;
  /** Takes pixels alone, wherever they lie: their geometry is that of pixels counted from the corner. */
  readonly isPlaceless?: boolean;
  /** Bytes of decoded strips and tiles that are kept for the next window; 256 MB when absent. */
  readonly cacheBytes?: number;
}

/**
 * Opens a GeoTIFF in a projected CRS to read windows of it, north-up whichever way it is stored:
 * strips or tiles, plain or BigTIFF, sparse or not, uncompressed, deflate, LZW, PackBits, ZSTD or
 * LERC with any predictor. Whole numbers of 8 to 32 bits and floats of 32 and 64 bits become
 * float32, scaled where the file says so; the declared nodata value becomes NaN, and so does what a
 * mask or an alpha band leaves out.
 *
 * @throws InputError naming the file and what it is that cannot be read right: no file, no TIFF,
 * truncated, rotated, no CRS or one in degrees, another codec, complex or packed values, several
 * pages
 */
export async function openGeoTiff(path: string, options: OpenOptions = {}): Promise<OpenGeoTiff> {
  const { name: file = path, cacheBytes = 2 ** 28, isPlaceless = false } = options;
  const fileBytes = sizeOf(path, file);
  const refuse = refusal(file, "format");
  const { geometry, isSouthUp, layout, bands, alpha, mask } = await orContentsError(refuse, () =>
    readHead(path, fileBytes, file, isPlaceless),
  );
  const descriptor = openSync(path, "r");
  const blocksOf = (of: BlockLayout, bytes: number) =>
    cachedBlocks(descriptor, of, geometry.height, bytes);
  const blockOf = blocksOf(layout, cacheBytes);
  const maskBlockOf = mask === null ? null : blocksOf(mask, cacheBytes / 8);
  const all = bands.map((_, index) => index + 1);
  const requireParts = (window: PixelWindow, numbers: readonly number[]) => {
    requireInside(window, geometry, refuse);
    const absent = numbers.find((number) => bands[number - 1] === undefined);
    if (absent === undefined) return;
    throw refuse(`band ${absent}`, `${bands.length} bands`, `a band from 1 to ${bands.length}`);
  };
  /** As it is stored: the same rows, counted from the other end where the south is first. */
  const asStored = (window: PixelWindow): PixelWindow => {
    const row = isSouthUp ? geometry.height - window.row - window.height : window.row;
    return { ...window, row };
  };
  const { width, height } = geometry;
  const meaning = { width, height, isSouthUp, layout, mask, alpha, bands };
  return {
    file,
    geometry,
    names: bands.map(({ name }) => name),
    nodata: bands.map(({ nodata }) => nodata),
    blockSize: { width: layout.width, height: layout.height },
    hashWindow: (window, numbers = all) => {
      requireParts(window, numbers);
      return storedHash(descriptor, meaning, asStored(window), numbers);
    },
    readWindow: async (window, numbers = all) => {
      requireParts(window, numbers);
      const windowGeometry = windowOf(geometry, window);
      const grids: Grid[] = numbers.map((number) => ({
        name: bands[number - 1].name,
        geometry: windowGeometry,
        values: new Float32Array(window.width * window.height),
      }));
      const stored = asStored(window);
      await orContentsError(refuse, async () => {
        await fillWindow(stored, layout, blockOf, numbers, (at, band, samples, from, count) =>
          convert(samples, from, layout.samples, count, bands[numbers[band] - 1], grids[band], at),
        );
        const blankBy =
          (step: number): TakeRun =>
          (at, _, samples, from, count) => {
            for (const { values } of grids) blank(values, at, samples, from, step, count);
          };
        if (alpha !== null) {
          await fillWindow(stored, layout, blockOf, [alpha], blankBy(layout.samples));
        }
        if (mask !== null && maskBlockOf !== null) {
          await fillWindow(stored, mask, maskBlockOf, [1], blankBy(mask.samples));
        }
      });
      if (isSouthUp) for (const { values } of grids) turnRows(values, window.width);
      return { geometry: windowGeometry, bands: grids };
    },
    close: () => closeSync(descriptor),
  };
}

function requireInside(window: PixelWindow, { width, height }: GridGeometry, refuse: Refuse): void {
  const { row, column } = window;
  const isWhole = [row, column, window.width, window.height].every(Number.isInteger);
  const isInside = row >= 0 && column >= 0 && row + window.height <= height;
  if (isWhole && isInside && column + window.width <= width) return;
  throw refuse(
    "window",
    `row ${row}, column ${column}, ${window.width} x ${window.height} pixels`,
    `whole numbers within ${width} x ${height} pixels`,
  );
}

/** Blocks as they are asked for; those used last are kept up to a number of bytes. */
function cachedBlocks(
  descriptor: number,
  layout: BlockLayout,
  imageHeight: number,
  cacheBytes: number,
): (block: number) => Promise<Samples | null> {
  const kept = new Map<number, Samples>();
  let keptBytes = 0;
  return async (block) => {
    const known = kept.get(block);
    if (known !== undefined) {
      kept.delete(block);
      kept.set(block, known);
      return known;
    }
    const samples = await readBlock(descriptor, layout, block, imageHeight);
    if (samples === null) return null;
    kept.set(block, samples);
    keptBytes += samples.byteLength;
    for (const [oldest, { byteLength }] of kept) {
      if (keptBytes <= cacheBytes || oldest === block) break;
      kept.delete(oldest);
      keptBytes -= byteLength;
    }
    return samples;
  };
}

/** Called with each run of pixels of a window's band: where it goes, and where it stands. */
type TakeRun = (
  at: number,
  band: number,
  samples: Samples | null,
  from: number,
  count: number,
) => void;

async function fillWindow(
  window: PixelWindow,
  layout: BlockLayout,
  blockOf: (block: number) => Promise<Samples | null>,
  numbers: readonly number[],
  take: TakeRun,
): Promise<void> {
  const { width, height, across, down, samples: perPixel } = layout;
  const lastRow = window.row + window.height;
  const lastColumn = window.column + window.width;
  for (let y = Math.floor(window.row / height); y * height < lastRow; y++) {
    for (let x = Math.floor(window.column / width); x * width < lastColumn; x++) {
      const [top, left] = [Math.max(y * height, window.row), Math.max(x * width, window.column)];
      const count = Math.min((x + 1) * width, lastColumn) - left;
      for (const [band, number] of numbers.entries()) {
        const plane = perPixel === 1 ? number - 1 : 0;
        const samples = await blockOf((plane * down + y) * across + x);
        for (let row = top; row < Math.min((y + 1) * height, lastRow); row++) {
          const pixel = (row - y * height) * width + left - x * width;
          const from = pixel * perPixel + (perPixel === 1 ? 0 : number - 1);
          const at = (row - window.row) * window.width + left - window.column;
          take(at, band, samples, from, count);
        }
      }
    }
  }
}

/** Stored numbers as values: nodata as NaN, scale and offset applied. */
function convert(
  samples: Samples | null,
  from: number,
  step: number,
  count: number,
  { scale, offset, nodata: declared }: BandMeaning,
  { values }: Grid,
  at: number,
): void {
  // A float32 band holds the declared number as nearly as float32 can.
  const nodata =
    declared !== null && samples instanceof Float32Array ? Math.fround(declared) : declared;
  // A block left out of a sparse file is nodata, or zero where none is declared.
  if (samples === null) {
    values.fill(nodata === null ? offset : Number.NaN, at, at + count);
    return;
  }
  for (let pixel = 0; pixel < count; pixel++) {
    const stored = samples[from + pixel * step];
    values[at + pixel] = stored === nodata ? Number.NaN : stored * scale + offset;
  }
}

/** Makes nodata of what a mask, or transparency, leaves out: 0 there, or a block that is none. */
function blank(
  values: Float32Array,
  at: number,
  samples: Samples | null,
  from: number,
  step: number,
  count: number,
): void {
  for (let pixel = 0; pixel < count; pixel++) {
    if (samples === null || samples[from + pixel * step] === 0) values[at + pixel] = Number.NaN;
  }
}

/** Puts the last row first, and so on. */
function turnRows(values: Float32Array, width: number): void {
  const stored = values.slice();
  const rows = values.length / width;
  for (let row = 0; row < rows; row++) {
    values.set(stored.subarray(row * width, (row + 1) * width), (rows - 1 - row) * width);
  }
}

async function orContentsError<T>(refuse: Refuse, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refuse(
      "contents",
      error instanceof Error ? error.message : String(error),
      "a whole GeoTIFF",
      "Check that the file was copied completely; gdal_translate -of GTiff rewrites it plainly.",
    );
  }
}
