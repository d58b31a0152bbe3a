import { type BandRange, scaleByRanges } from "../evidence/scale";
import type { OpenGeoTiff } from "../grid/geotiff-window";
import type { PixelWindow } from "../grid/window";
import { patchGrid } from "../patches/assemble";
import { cutPatches, patchLayout } from "../patches/tile";
import type { Patches, PatchLayout } from "../patches/types";

/** Some whole rows of patches. */
export interface PatchRows {
  /** The first, from 0 in the north. */
  readonly row: number;
  readonly rows: number;
}

/** How a raster is gone through: in strips of whole rows of patches, each in blocks that fit in memory. */
export interface ScoringLayout {
  readonly patches: PatchLayout;
  readonly strips: readonly PatchRows[];
  /** Patches of a block from north to south and from west to east. */
  readonly blockRows: number;
  readonly blockColumns: number;
}

/** What is to be scored: which bands, cut and scaled how. */
export interface ScoringOptions {
  /** Band numbers of the raster from 1, in the order wanted. */
  readonly bands: readonly number[];
  /** Edge of a patch in pixels. */
  readonly size: number;
  /** Pixels from one patch to the next. */
  readonly stride: number;
  /** Range of each band that becomes 0 to 1, in the order of bands. */
  readonly ranges: readonly BandRange[];
}

/** Scores of some patches, in their order; called with a block of the raster at a time. */
export type ScorePatches = (patches: Patches) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** What a strip was scored. */
export interface StripScores {
  /** [rows, columns] of patches; NaN for those left out. */
  readonly values: Float32Array;
  /** Patches with a score. */
  readonly scored: number;
  /** Values of their pixels and bands, and how many lie at an end of their range or beyond. */
  readonly taken: number;
  readonly atEnds: number;
}

/** Pixels from north to south of a strip, and scores that it has at most. */
const STRIP_PIXELS = 256;
const STRIP_SCORES = 2 ** 22;
/** Strips of a small raster, where it has as many rows of patches. */
const FEWEST_STRIPS = 16;

/**
 * How to go through a raster. Strips hang on the raster, the patches and how the file is tiled,
 * never on how many machines share them.
 *
 * @param blockBytes bytes of evidence that are held at a time
 * @throws InputError as patchLayout
 */
export function scoringLayout(
  { geometry, blockSize }: Pick<OpenGeoTiff, "geometry" | "blockSize">,
  { bands, size, stride }: Pick<ScoringOptions, "bands" | "size" | "stride">,
  blockBytes: number,
): ScoringLayout {
  const patches = patchLayout(geometry, size, stride, "drop");
  const { rows, columns } = patches;
  const stripRows = Math.max(
    1,
    Math.min(
      Math.floor(Math.max(STRIP_PIXELS, Math.min(blockSize.height, 4 * STRIP_PIXELS)) / stride),
      Math.floor(STRIP_SCORES / columns),
      Math.ceil(rows / FEWEST_STRIPS),
    ),
  );
  const strips = Array.from({ length: Math.ceil(rows / stripRows) }, (_, strip) => {
    const row = strip * stripRows;
    return { row, rows: Math.min(stripRows, rows - row) };
  });
  // A patch's own pixels, since patches that overlap hold each pixel several times.
  const patchBytes = 4 * bands.length * (stride ** 2 + size ** 2);
  const atOnce = Math.max(1, Math.floor(blockBytes / patchBytes));
  // What is decoded together is used together: strips of a file all across, tiles from north to south.
  if (blockSize.width >= geometry.width) {
    const blockColumns = Math.min(columns, atOnce);
    const blockRows = Math.max(1, Math.min(stripRows, Math.floor(atOnce / blockColumns)));
    return { patches, strips, blockRows, blockColumns };
  }
  const blockRows = Math.min(stripRows, atOnce);
  const blockColumns = Math.max(1, Math.min(columns, Math.floor(atOnce / blockRows)));
  return { patches, strips, blockRows, blockColumns };
}

/** The pixels that some rows and columns of patches cover. */
export function pixelsOfPatches(
  { size, stride }: Pick<PatchLayout, "size" | "stride">,
  block: PatchRows & { readonly column: number; readonly columns: number },
): PixelWindow {
  return {
    row: block.row * stride,
    column: block.column * stride,
    height: (block.rows - 1) * stride + size,
    width: (block.columns - 1) * stride + size,
  };
}

/**
 * Scores a strip block by block: reads, scales, cuts and scores. A patch with a nodata pixel in any
 * band has no score.
 *
 * @param isWanted asked before each block; throws to stop the work
 */
export async function scoreStrip(
  raster: OpenGeoTiff,
  { patches: layout, blockRows, blockColumns }: ScoringLayout,
  strip: PatchRows,
  { bands, size, stride, ranges }: ScoringOptions,
  score: ScorePatches,
  isWanted: () => void = () => undefined,
): Promise<StripScores> {
  const values = new Float32Array(strip.rows * layout.columns);
  let [scored, taken, atEnds] = [0, 0, 0];
  for (let row = 0; row < strip.rows; row += blockRows) {
    const rows = Math.min(blockRows, strip.rows - row);
    for (let column = 0; column < layout.columns; column += blockColumns) {
      isWanted();
      const columns = Math.min(blockColumns, layout.columns - column);
      const block = { row: strip.row + row, rows, column, columns };
      const stack = await raster.readWindow(pixelsOfPatches(layout, block), bands);
      const patches = cutPatches(scaleByRanges(stack, ranges), { size, stride });
      const scores = patches.places.length === 0 ? [] : await score(patches);
      const grid = patchGrid(patches, "score", scores);
      for (let down = 0; down < rows; down++) {
        const across = grid.values.subarray(down * columns, (down + 1) * columns);
        values.set(across, (row + down) * layout.columns + column);
      }
      for (const value of patches.values) if (value <= 0 || value >= 1) atEnds++;
      scored += patches.places.length;
      taken += patches.values.length;
    }
  }
  return { values, scored, taken, atEnds };
}
