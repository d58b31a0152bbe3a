import { statSync } from "node:fs";
import { basename } from "node:path";
import type { OpenGeoTiff } from "../grid/geotiff-window";
import { patchLayout } from "../patches/tile";
import type { RunContext } from "./context";
import { rasterTiles, type TiledScoring } from "./score-tiles";
import { runHash } from "./store";

/** A raster to be scored by a study's networks, as data that another machine understands. */
export interface ScoreWish {
  /** The file, and what it was when it was looked at; its values are looked at anew by every task. */
  readonly raster: { readonly path: string; readonly bytes: number; readonly modified: string };
  /** Whose networks: the study, the folder of its results, and which of them. */
  readonly study: string;
  readonly results: string;
  readonly by: "probability" | "error";
  readonly scoring: TiledScoring;
  /** Where the map is written, what its band is called, and its metadata. */
  readonly output: string;
  readonly name: string;
  readonly provenance: Readonly<Record<string, string>>;
}

/** A part of the work: one tile, or joining them all. */
export type ScoreTask = ScoreWish &
  ({ readonly kind: "tile"; readonly tile: number } | { readonly kind: "join" });

/** A task as a job of a plan, with what it is likely to need. */
export interface ScoreJob {
  /** 32 hexadecimal digits: another task, file or code has others. */
  readonly key: string;
  readonly kind: ScoreTask["kind"];
  readonly label: string;
  readonly study: string;
  readonly variant: null;
  /** Keys of the jobs that must be done before. */
  readonly needs: readonly string[];
  /** On one thread. */
  readonly seconds: number;
  readonly mebibytes: number;
  readonly threads: 1;
  readonly task: ScoreTask;
}

/** Path, size and time of change of a file. */
export function rasterFile(path: string): ScoreWish["raster"] {
  const { size, mtime } = statSync(path);
  return { path, bytes: size, modified: mtime.toISOString() };
}

/**
 * The jobs that score a raster: its tiles, which need nothing of each other, then the join, which
 * needs them all.
 *
 * @param multiplications of the networks for a patch
 * @throws InputError as rasterTiles
 */
export function scorePlan(
  { store }: Pick<RunContext, "store">,
  raster: OpenGeoTiff,
  wish: ScoreWish,
  multiplications: number,
): ScoreJob[] {
  const { scoring, study } = wish;
  const jobOf = (
    task: ScoreTask,
    label: string,
    needs: readonly string[],
    cost: Pick<ScoreJob, "seconds" | "mebibytes">,
  ): ScoreJob => ({
    key: runHash(store, { step: "score-task", inputs: { ...task } }),
    ...{ kind: task.kind, label, study, variant: null, needs, ...cost, threads: 1, task },
  });
  const tiles = rasterTiles(raster, scoring).map(({ label, patches }, tile) =>
    jobOf({ ...wish, kind: "tile", tile }, label, [], tileCost(scoring, patches, multiplications)),
  );
  const needs = tiles.map(({ key }) => key);
  const label = `the tiles of ${basename(wish.raster.path)}, joined`;
  const cost = joinCost(raster, scoring, wish.raster.bytes);
  return [...tiles, jobOf({ ...wish, kind: "join" }, label, needs, cost)];
}

/**
 * Seconds of a core and MiB of a process, measured in November 2026 on an AMD EPYC, on one thread, by
 * scripts/large/score-raster.ts on 20,000 x 20,000 pixels of 9 bands, and rounded up. In brackets what
 * was measured.
 */
export const SCORE_COST = {
  /** To start, networks from the run store among it (1.9). */
  start: 2,
  /** To read, scale and cut a value (2.1e-8). */
  value: 2.5e-8,
  /** A thousand million multiplications, in networks of the usual size (0.014 to 0.017). */
  billion: 0.02,
  /** To join a score (5e-7 to 9e-7). */
  score: 1e-6,
  /** To hash a byte of the file (9e-10). */
  byte: 1e-9,
  /** The most that was held, as much with an eighth of the rows (683 and 677). */
  mebibytes: 800,
} as const;

function tileCost(
  { size, stride, bands }: TiledScoring,
  patches: number,
  multiplications: number,
): Pick<ScoreJob, "seconds" | "mebibytes"> {
  // Those that are read, and those of patches, which hold a pixel several times where they overlap.
  const values = patches * bands.length * (stride ** 2 + size ** 2);
  const seconds =
    values * SCORE_COST.value + ((patches * multiplications) / 1e9) * SCORE_COST.billion;
  return { seconds: SCORE_COST.start + seconds, mebibytes: SCORE_COST.mebibytes };
}

function joinCost(
  { geometry }: OpenGeoTiff,
  { size, stride }: TiledScoring,
  bytes: number,
): Pick<ScoreJob, "seconds" | "mebibytes"> {
  const { rows, columns } = patchLayout(geometry, size, stride, "drop");
  const seconds = SCORE_COST.start + rows * columns * SCORE_COST.score + bytes * SCORE_COST.byte;
  return { seconds, mebibytes: SCORE_COST.mebibytes };
}
