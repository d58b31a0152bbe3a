import { closeSync, openSync, statSync } from "node:fs";
import { fromFile, type GeoTIFF, type GeoTIFFImage } from "geotiff";
import { InputError } from "../errors";
import { type BandMeaning, bandMeaning } from "./geotiff-bands";
import { type BlockLayout, blockLayout, readBlock, type Samples } from "./geotiff-blocks";
import { geometryOf } from "./geotiff-geometry";
import { type Refuse, refusal } from "./geotiff-refusal";
import type { Grid, GridGeometry, GridStack } from "./grid";
import { type PixelWindow, windowOf } from "./window";

/** A GeoTIFF of which parts can be read. */
export interface OpenGeoTiff {
  /** The file as the user named it. */
  readonly file: string;
  readonly geometry: GridGeometry;
  /** Names of the bands, in the order of the file. */
  readonly names: readonly string[];
  /**
   * Reads a window of some bands (numbers from 1, in the order wanted; all when absent), nodata as
   * NaN, with the geometry of the window.
   */
  readWindow(window: PixelWindow, bands?: readonly number[]): Promise<GridStack>;
  close(): void;
}

export interface OpenOptions {
  /** What to call the file in errors; the path when absent. */
  readonly name?: string;
  /** Bytes of decoded strips and tiles that are kept for the next window; 256 MB when absent. */
  readonly cacheBytes?: number;
}

/**
 * Opens a north-up GeoTIFF in a projected CRS to read windows of it: strips or tiles, plain or
 * BigTIFF, sparse or not, uncompressed, deflate, LZW or PackBits with any predictor. Whole numbers
 * of 8 to 32 bits and floats of 32 and 64 bits become float32, scaled where the file says so; the
 * declared nodata value becomes NaN.
 *
 * @throws InputError naming the file and what it is that cannot be read right: no file, no TIFF,
 * truncated, rotated, south-up, no CRS or one in degrees, another codec, complex or packed values,
 * masks, several pages
 */
export async function openGeoTiff(path: string, options: OpenOptions = {}): Promise<OpenGeoTiff> {
  const { name: file = path, cacheBytes = 2 ** 28 } = options;
  const fileBytes = sizeOf(path, file);
  const refuse = refusal(file, "format");
  const { geometry, layout, bands } = await orContentsError(refuse, () =>
    readHead(path, fileBytes, file),
  );
  const descriptor = openSync(path, "r");
  const blockOf = cachedBlocks(descriptor, layout, geometry.height, cacheBytes);
  return {
    file,
    geometry,
    names: bands.map(({ name }) => name),
    readWindow: async (window, numbers = bands.map((_, index) => index + 1)) => {
      requireInside(window, geometry, refuse);
      const windowGeometry = windowOf(geometry, window);
      const grids: Grid[] = numbers.map((number) => {
        const band = bands[number - 1];
        if (band === undefined) {
          throw refuse(
            `band ${number}`,
            `${bands.length} bands`,
            `a band from 1 to ${bands.length}`,
          );
        }
        const values = new Float32Array(window.width * window.height);
        return { name: band.name, geometry: windowGeometry, values };
      });
      await orContentsError(refuse, () =>
        fillWindow(window, layout, blockOf, numbers, (at, band, samples, from, count) =>
          convert(samples, from, layout.samples, count, bands[numbers[band] - 1], grids[band], at),
        ),
      );
      return { geometry: windowGeometry, bands: grids };
    },
    close: () => closeSync(descriptor),
  };
}

function sizeOf(path: string, file: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw new InputError({
      kind: "missing-file",
      file,
      found: error instanceof Error ? error.message : String(error),
      expected: "a GeoTIFF that can be read",
    });
  }
}

async function readHead(path: string, fileBytes: number, file: string) {
  const refuse = refusal(file, "format");
  const tiff = await fromFile(path);
  try {
    const image = await onlyImage(tiff, refuse);
    const layout = await blockLayout(image, refuse);
    requireComplete(layout, fileBytes, refuse);
    const geometry = geometryOf(image, refusal(file, "georeference"));
    const bands: BandMeaning[] = [];
    for (let band = 0; band < image.getSamplesPerPixel(); band++) {
      bands.push(await bandMeaning(image, band, refuse));
    }
    return { geometry, layout, bands };
  } finally {
    await tiff.close();
  }
}

/** The one full-size image; overviews beside it are passed over. */
async function onlyImage(tiff: GeoTIFF, refuse: Refuse): Promise<GeoTIFFImage> {
  const count = await tiff.getImageCount();
  for (let index = 1; index < count; index++) {
    const subfile = (await tiff.getImage(index)).fileDirectory.getValue("NewSubfileType") ?? 0;
    if ((subfile & 1) === 0 || (subfile & 4) !== 0) {
      throw refuse(
        "pages",
        subfile & 4 ? "a mask beside the image" : `${count} pages`,
        "one image, nodata declared by value",
        "gdal_translate -a_nodata nan -mask none writes it so, a page at a time.",
      );
    }
  }
  return tiff.getImage(0);
}

/** Every strip or tile must lie inside the file: a decoder may take what is missing for zeros. */
function requireComplete(layout: BlockLayout, fileBytes: number, refuse: Refuse): void {
  layout.offsets.forEach((offset, part) => {
    const end = offset + layout.byteCounts[part];
    if (end > fileBytes) {
      throw refuse(
        "contents",
        `${fileBytes} bytes`,
        `at least ${end} bytes, where part ${part + 1} of the image ends`,
        "The file is truncated: copy it again.",
      );
    }
  });
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
