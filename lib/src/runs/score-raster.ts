import { InputError } from "../errors";
import type { BandRange } from "../evidence/scale";
import type { OpenGeoTiff } from "../grid/geotiff-window";
import { createGeoTiff } from "../grid/geotiff-write";
import { blocksOf } from "../grid/window";
import { patchGeometry } from "../patches/assemble";
import { patchTags } from "../patches/patch-tags";
import type { PatchLayout } from "../patches/types";
import type { ProgressReport } from "./context";
import {
  type PatchRows,
  type ScorePatches,
  type ScoringLayout,
  type ScoringOptions,
  type StripScores,
  scoreStrip,
  scoringLayout,
} from "./score-strips";

/** Bytes of evidence that are held at a time when nothing else is said. */
export const BLOCK_BYTES = 2 ** 26;

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
  readonly score: ScorePatches;
  readonly provenance?: Readonly<Record<string, string>>;
}

/** What became of the patches of a scored raster. */
export interface ScoredRaster {
  readonly layout: PatchLayout;
  readonly scored: number;
  /** Patches with a nodata pixel in any band; nodata in the map. */
  readonly leftOut: number;
  /** Share of the scored patches' values that lie at an end of their range or beyond, 0 to 1. */
  readonly shareAtEnds: number;
}

/**
 * Scores a raster that need not fit in memory: blocks of patches are read, scaled, cut and scored,
 * and a strip of the map is written before the next is read. The map has one pixel a patch, as
 * patchGrid lays them out, and is the same as if the raster were scored whole.
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
  const { size, stride = size, ranges, score, signal, progress } = options;
  const scoring = { bands: bandNumbers(raster, options), size, stride, ranges };
  requireRanges(scoring);
  const layout = scoringLayout(raster, scoring, options.blockBytes ?? BLOCK_BYTES);
  const { rows } = layout.patches;
  return writeStrips(output, layout, options, async (strip) => {
    progress?.update(`${strip.row} of ${rows} rows of patches`, strip.row / rows);
    return scoreStrip(raster, layout, strip, scoring, score, () => signal?.throwIfAborted());
  });
}

/** @throws InputError when there is not one range a band */
export function requireRanges({ ranges, bands }: Pick<ScoringOptions, "ranges" | "bands">): void {
  if (ranges.length === bands.length) return;
  throw new InputError({
    kind: "parameter",
    field: "ranges",
    found: `${ranges.length} ranges`,
    expected: `${bands.length}, one a band`,
  });
}

/**
 * Writes strips of scores, one after the other, as one map.
 *
 * @param scoresOf the scores of a strip; what it throws leaves no file behind
 * @throws InputError when the map cannot be written
 */
export async function writeStrips(
  output: string,
  { patches: layout, strips }: ScoringLayout,
  { name, provenance }: Pick<ScoreRasterOptions, "name" | "provenance">,
  scoresOf: (strip: PatchRows) => StripScores | Promise<StripScores>,
): Promise<ScoredRaster> {
  const writer = createGeoTiff(output, patchGeometry(layout), [name], {
    provenance: { ...provenance, ...patchTags(layout) },
  });
  let [scored, taken, atEnds] = [0, 0, 0];
  try {
    for (const strip of strips) {
      const scores = await scoresOf(strip);
      writer.writeRows([scores.values]);
      scored += scores.scored;
      taken += scores.taken;
      atEnds += scores.atEnds;
    }
    writer.finish();
  } finally {
    writer.abandon();
  }
  const leftOut = layout.rows * layout.columns - scored;
  return { layout, scored, leftOut, shareAtEnds: atEnds / Math.max(1, taken) };
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
  const { geometry, blockSize } = raster;
  const pixelsAtOnce = (options.blockBytes ?? BLOCK_BYTES) / (4 * bands.length);
  const lows = bands.map(() => Number.POSITIVE_INFINITY);
  const highs = bands.map(() => Number.NEGATIVE_INFINITY);
  for (const window of blocksOf(geometry, blockSize, pixelsAtOnce)) {
    options.signal?.throwIfAborted();
    const share = window.row / geometry.height;
    options.progress?.update(`ranges: ${window.row} of ${geometry.height} rows`, share);
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
