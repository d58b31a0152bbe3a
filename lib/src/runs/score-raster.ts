import { InputError } from "../errors";
import { type BandRange, scaleByRanges } from "../evidence/scale";
import type { OpenGeoTiff } from "../grid/geotiff-window";
import { createGeoTiff } from "../grid/geotiff-write";
import { rowWindows, wholeWindow } from "../grid/window";
import { patchGeometry, patchGrid } from "../patches/assemble";
import { patchTags } from "../patches/patch-tags";
import { cutPatches, patchLayout } from "../patches/tile";
import type { Patches, PatchLayout } from "../patches/types";
import type { ProgressReport } from "./context";

/** Bytes of evidence that are held at a time when nothing else is said. */
const BLOCK_BYTES = 2 ** 26;

export interface ReadingOptions {
  /** Band numbers of the raster from 1, in the order wanted; all when absent. */
  readonly bands?: readonly number[];
  readonly progress?: ProgressReport;
  /** Stops the work between two blocks; nothing is left behind. */
  readonly signal?: AbortSignal;
  /** Bytes of evidence that are held at a time; 64 MB when absent. */
  readonly blockBytes?: number;
}

export interface ScoreRasterOptions extends ReadingOptions {
  /** Edge of a patch in pixels. */
  readonly size: number;
  /** Pixels from one patch to the next; the size when absent. */
  readonly stride?: number;
  /** Range of each band that becomes 0 to 1: those of the training, or rasterRanges. */
  readonly ranges: readonly BandRange[];
  /** What the score is called; the name of the map's band. */
  readonly name: string;
  /** Scores of some patches, in their order; called with a block of the raster at a time. */
  readonly score: (patches: Patches) => ArrayLike<number> | Promise<ArrayLike<number>>;
  readonly provenance?: Readonly<Record<string, string>>;
}

/** What became of the patches of a scored raster. */
export interface ScoredRaster {
  readonly layout: PatchLayout;
  readonly scored: number;
  /** Patches with a nodata pixel in any band; nodata in the map. */
  readonly leftOut: number;
}

/**
 * Scores a raster that need not fit in memory: blocks of whole rows of patches are read, scaled,
 * cut and scored, and their row of the map is written before the next is read. The map has one
 * pixel a patch, as patchGrid lays them out, and is the same as if the raster were scored whole.
 *
 * @param output where the cloud-optimised GeoTIFF is written
 * @throws InputError when ranges and bands do not match or the map cannot be written; the reason
 *   of the signal when it is stopped
 */
export async function scoreRaster(
  raster: OpenGeoTiff,
  output: string,
  options: ScoreRasterOptions,
): Promise<ScoredRaster> {
  const { size, stride = size, ranges, name, score, progress, provenance } = options;
  const bands = bandNumbers(raster, options);
  if (ranges.length !== bands.length) {
    throw new InputError({
      kind: "parameter",
      field: "ranges",
      found: `${ranges.length} ranges`,
      expected: `${bands.length}, one a band`,
    });
  }
  const layout = patchLayout(raster.geometry, size, stride, "drop");
  const writer = createGeoTiff(output, patchGeometry(layout), [name], {
    provenance: { ...provenance, ...patchTags(layout) },
  });
  // Patches that overlap hold each pixel several times.
  const rowBytes = 4 * bands.length * raster.geometry.width * (size + (size / stride) * size);
  const rowsAtOnce = Math.max(1, Math.floor((options.blockBytes ?? BLOCK_BYTES) / rowBytes));
  let scored = 0;
  try {
    for (let row = 0; row < layout.rows; row += rowsAtOnce) {
      options.signal?.throwIfAborted();
      progress?.update(`${row} of ${layout.rows} rows of patches`, row / layout.rows);
      const rows = Math.min(rowsAtOnce, layout.rows - row);
      const place = { row: row * stride, height: (rows - 1) * stride + size };
      const window = { ...wholeWindow(raster.geometry), ...place };
      const stack = await raster.readWindow(window, bands);
      const patches = cutPatches(scaleByRanges(stack, ranges), { size, stride });
      const scores = patches.places.length === 0 ? [] : await score(patches);
      writer.writeRows([patchGrid(patches, name, scores).values]);
      scored += patches.places.length;
    }
    writer.finish();
  } finally {
    writer.abandon();
  }
  return { layout, scored, leftOut: layout.rows * layout.columns - scored };
}

/**
 * Smallest and largest value of each band, block by block; the ranges that scaleEvidence would
 * take. Percentiles need all values at once and are not to be had this way.
 *
 * @throws InputError when a band has no range
 */
export async function rasterRanges(
  raster: OpenGeoTiff,
  options: ReadingOptions = {},
): Promise<BandRange[]> {
  const bands = bandNumbers(raster, options);
  const { width, height } = raster.geometry;
  const rowBytes = 4 * bands.length * width;
  const rowsAtOnce = Math.max(1, Math.floor((options.blockBytes ?? BLOCK_BYTES) / rowBytes));
  const lows = bands.map(() => Number.POSITIVE_INFINITY);
  const highs = bands.map(() => Number.NEGATIVE_INFINITY);
  for (const window of rowWindows(raster.geometry, rowsAtOnce)) {
    options.signal?.throwIfAborted();
    options.progress?.update(`ranges: ${window.row} of ${height} rows`, window.row / height);
    const stack = await raster.readWindow(window, bands);
    stack.bands.forEach(({ values }, band) => {
      for (const value of values) {
        if (value < lows[band]) lows[band] = value;
        if (value > highs[band]) highs[band] = value;
      }
    });
  }
  return bands.map((number, index) => {
    const [band, low, high] = [raster.names[number - 1], lows[index], highs[index]];
    if (high > low && Number.isFinite(high - low)) return { band, low, high };
    throw new InputError({
      kind: "values",
      file: raster.file,
      field: `band ${band}`,
      found: low > high ? "nodata in every pixel" : `the range ${low} to ${high}`,
      expected: "finite values that differ",
    });
  });
}

function bandNumbers(raster: OpenGeoTiff, { bands }: ReadingOptions): readonly number[] {
  return bands ?? raster.names.map((_, index) => index + 1);
}
