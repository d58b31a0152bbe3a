import { basename } from "node:path";
import { InputError } from "../errors";
import type { OpenGeoTiff } from "../grid/geotiff-window";
import type { RunContext } from "./context";
import { BLOCK_BYTES, requireRanges, type ScoredRaster, writeStrips } from "./score-raster";
import {
  type PatchRows,
  pixelsOfPatches,
  type ScorePatches,
  type ScoringLayout,
  type ScoringOptions,
  type StripScores,
  scoreStrip,
  scoringLayout,
} from "./score-strips";
import { findRun, type RunKey, storedRun } from "./store";
import { backendKey } from "./training-control";

/** A raster that is scored in tiles, as data: all that decides its scores beside its own values. */
export interface TiledScoring extends ScoringOptions {
  /** Hash of the networks that score. */
  readonly scorer: string;
  /** How many tiles were asked for; a raster has no more of them than strips. */
  readonly tiles: number;
}

/** One tile of a raster: whole strips, one below the other. */
export interface RasterTile {
  /** Its rows of pixels, from 0, the last included, as "rows 0 to 263 of FILE.tif". */
  readonly label: string;
  readonly strips: readonly PatchRows[];
  readonly patches: number;
}

/** What became of a tile. */
export interface ScoredTile {
  readonly label: string;
  readonly strips: number;
  /** Strips whose scores the store held already. */
  readonly fromStore: number;
}

/**
 * The tiles of a raster: as many as are asked for, or one a strip where there are fewer of these,
 * all of nearly as many strips.
 *
 * @throws InputError when the number of tiles is no positive whole number, or as scoringLayout
 */
export function rasterTiles(
  raster: Pick<OpenGeoTiff, "file" | "geometry" | "blockSize">,
  scoring: Pick<TiledScoring, "bands" | "size" | "stride" | "tiles">,
): RasterTile[] {
  const { tiles: wanted } = scoring;
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new InputError({
      kind: "parameter",
      ...{ field: "tiles", found: String(wanted), expected: "a positive whole number" },
    });
  }
  const { patches, strips } = scoringLayout(raster, scoring, BLOCK_BYTES);
  const count = Math.min(wanted, strips.length);
  return Array.from({ length: count }, (_, tile) => {
    const from = (at: number) => Math.round((at * strips.length) / count);
    const some = strips.slice(from(tile), from(tile + 1));
    const rows = some.reduce((sum, strip) => sum + strip.rows, 0);
    const all = { row: some[0].row, rows, column: 0, columns: patches.columns };
    const { row, height } = pixelsOfPatches(patches, all);
    return {
      label: `rows ${row} to ${row + height - 1} of ${basename(raster.file)}`,
      strips: some,
      patches: rows * patches.columns,
    };
  });
}

/**
 * Scores one tile of a raster, strip by strip, and leaves the scores in the run store under what
 * decides them: what the file holds of the strip, wherever it lies, how it is cut and scaled, the
 * networks and the backend. A strip that the store holds is not scored again; one tile may be scored
 * on one machine and the next on another.
 *
 * @param number of the tile, from 0
 * @param score called for strips that the store does not hold
 * @throws InputError when there is no such tile, or ranges and bands do not match; the reason of the
 *   run's signal when it is stopped, with the strips that were done kept
 */
export async function scoreTile(
  run: RunContext,
  raster: OpenGeoTiff,
  scoring: TiledScoring,
  number: number,
  score: ScorePatches,
): Promise<ScoredTile> {
  requireRanges(scoring);
  const tiles = rasterTiles(raster, scoring);
  const tile = tiles[number];
  if (tile === undefined) {
    throw new InputError({
      kind: "parameter",
      ...{ file: raster.file, field: "tile", found: String(number) },
      expected: `a number from 0 to ${tiles.length - 1}`,
      remedy: "Plan anew where the raster is another than it was.",
    });
  }
  const { label, strips } = tile;
  const layout = scoringLayout(raster, scoring, BLOCK_BYTES);
  const line = run.progress(label);
  let fromStore = 0;
  for (const [done, strip] of strips.entries()) {
    line.update(`${done} of ${strips.length} strips`, done / strips.length);
    const key = stripKey(run, raster, scoring, layout, strip);
    const scored = await storedRun(run.store, key, () =>
      scoreStrip(raster, layout, strip, scoring, score, () => run.signal?.throwIfAborted()),
    );
    if (scored.fromStore) fromStore++;
  }
  const stored = fromStore === 0 ? "" : `, ${fromStore} of them from the run store`;
  line.finish(`${strips.length} strips${stored}`);
  return { label, strips: strips.length, fromStore };
}

/**
 * Joins a raster's tiles into one cloud-optimised GeoTIFF with overviews, the bytes of which are
 * those that scoreRaster writes. A strip is in memory at a time.
 *
 * @param output where the map is written
 * @param options name of the map's band, and its metadata
 * @throws InputError that names the tiles that are missing, for the raster as it is now, or when the
 *   map cannot be written
 */
export async function joinTiles(
  run: RunContext,
  raster: OpenGeoTiff,
  scoring: TiledScoring,
  output: string,
  options: { readonly name: string; readonly provenance?: Readonly<Record<string, string>> },
): Promise<ScoredRaster> {
  requireRanges(scoring);
  const tiles = rasterTiles(raster, scoring);
  const layout = scoringLayout(raster, scoring, BLOCK_BYTES);
  const line = run.progress("tiles joined");
  const find = (strip: PatchRows) =>
    findRun(run.store, stripKey(run, raster, scoring, layout, strip)) as StripScores | null;
  const scored = await writeStrips(output, layout, options, (strip) => {
    run.signal?.throwIfAborted();
    line.update(`row ${strip.row} of ${layout.patches.rows}`, strip.row / layout.patches.rows);
    return find(strip) ?? refuseMissing(raster, tiles, strip, find);
  });
  line.finish(`${tiles.length} of ${layout.strips.length} strips`);
  return scored;
}

/** Says which tiles are missing, from that of a strip without scores on. */
function refuseMissing(
  { file }: OpenGeoTiff,
  tiles: readonly RasterTile[],
  { row }: PatchRows,
  find: (strip: PatchRows) => StripScores | null,
): never {
  const missing = tiles.filter(({ strips }) =>
    strips.some((strip) => strip.row >= row && find(strip) === null),
  );
  const most = 8;
  const others = missing.length > most ? ` and ${missing.length - most} others` : "";
  const labels = missing.slice(0, most).map(({ label }) => label);
  throw new InputError({
    kind: "missing-file",
    ...{ file, field: "tiles" },
    found: `no scores of ${missing.length} of ${tiles.length}: ${labels.join("; ")}${others}`,
    expected: "the scores of every tile in the run store, of the raster as it is now",
    remedy:
      "Score these tiles again, on a machine with the same kind of kernels; what is there is kept.",
  });
}

/** What decides a strip's scores. Where the file lies and how many tiles there are does not. */
function stripKey(
  run: RunContext,
  raster: OpenGeoTiff,
  { bands, size, stride, ranges, scorer }: TiledScoring,
  { patches }: ScoringLayout,
  strip: PatchRows,
): RunKey {
  const window = pixelsOfPatches(patches, { ...strip, column: 0, columns: patches.columns });
  const inputs = {
    ...{ stored: raster.hashWindow(window, bands), size, stride, scorer },
    ranges: ranges.map(({ low, high }) => ({ low, high })),
    backend: backendKey(run),
  };
  return { step: "scored-strip", inputs };
}
