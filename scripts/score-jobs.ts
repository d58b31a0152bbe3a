import { join } from "node:path";
import {
  applyMethod,
  bandsForScorer,
  joinTiles,
  loadStudy,
  type Method,
  openGeoTiff,
  openRunStore,
  type RunContext,
  readMethod,
  scoreRaster,
  scoreTile,
  studyScorer,
  studySteps,
  useBackend,
} from "prospectivity";
import { InputError } from "../lib/src/errors";
import type { OpenGeoTiff } from "../lib/src/grid/geotiff-window";
import { storeFolder } from "../lib/src/method/variant-files";
import { projectFolders, studyFolder } from "../lib/src/project";
import { readRun } from "../lib/src/runs/record-files";
import {
  rasterFile,
  type ScoreJob,
  type ScoreTask,
  type ScoreWish,
  scorePlan,
} from "../lib/src/runs/score-plan";
import type { ScoredRaster } from "../lib/src/runs/score-raster";
import type { StudyScorer } from "../lib/src/steps/study-scorer";
import { progressLine } from "./progress-line";

/** The notebook that makes the map, and with it the networks that score. */
const NOTEBOOK = "07-prospectivity-map";

/** What is to be scored, by which of a study's networks. */
export interface ScoreWords {
  /** The raster as its user named it, and where it is. */
  readonly given: string;
  readonly path: string;
  readonly study: string;
  readonly by: ScoreWish["by"];
  /** Numbers of the bands in the order of the study's layers; by name when absent. */
  readonly bands?: readonly number[];
  /** Pixels from one patch to the next; a patch when absent. */
  readonly stride?: number;
  readonly tiles: number;
  /** Folder of the study's results. */
  readonly results: string;
  readonly output: string;
}

/** A raster and the networks that are to score it, opened; whoever opens them closes them. */
export interface OpenScoring {
  readonly run: RunContext;
  readonly raster: OpenGeoTiff;
  readonly scorer: StudyScorer;
  readonly wish: ScoreWish;
  /** Of whose evidence the ranges are, in a few words. */
  readonly origin: string;
  close(): void;
}

/**
 * Opens a raster and the networks of a study.
 *
 * @throws InputError when there is no such study, its map has not been made, or the raster's bands
 *   and pixels are not those that the networks know
 */
export async function openScoring(root: string, words: ScoreWords): Promise<OpenScoring> {
  const { given, path, by, tiles, results, output } = words;
  // What can be refused at once is opened first.
  const raster = await openGeoTiff(path);
  try {
    const { run, study, method, scorer } = await networksOf(root, results, words.study, by);
    const { size, ranges, name, hash } = scorer;
    const bands = bandsForScorer(raster, scorer, words.bands);
    const provenance = {
      ...{ study: study.id, kind: study.kind, profile: method.profile, raster: given },
      ...{ seed: String(method.seed), ranges: `of the evidence of ${study.id}` },
    };
    return {
      ...{ run, raster, scorer },
      wish: {
        ...{ raster: rasterFile(path), study: study.id, results, by, output, name, provenance },
        scoring: { bands, size, stride: words.stride ?? size, ranges, scorer: hash, tiles },
      },
      origin: `${study.id} (${study.kind}, profile ${method.profile})`,
      close() {
        raster.close();
        scorer.dispose();
      },
    };
  } catch (error) {
    raster.close();
    throw error;
  }
}

/** The jobs that score a raster, for a plan. */
export async function planScore(root: string, words: ScoreWords): Promise<ScoreJob[]> {
  const { run, raster, wish, scorer, close } = await openScoring(root, words);
  try {
    return scorePlan(run, raster, wish, scorer.multiplications);
  } finally {
    close();
  }
}

/** How a task is done. */
export interface TaskControl {
  /** Threads that score; all cores when absent. */
  readonly threads?: number;
  /** Stops a tile between two blocks, with the strips that are done kept. */
  readonly signal?: AbortSignal;
  /** The run store, where whoever asks hears of each result; that of the task's results when absent. */
  readonly store?: RunContext["store"];
}

/**
 * Does one of the jobs: leaves a tile's scores in the run store of the task's results, or joins all.
 *
 * @throws InputError when the networks are others than when it was planned, or tiles are missing; the
 *   reason of the signal when it is stopped
 */
export async function runScoreTask(
  root: string,
  task: ScoreTask,
  { threads, signal, store }: TaskControl = {},
): Promise<void> {
  const run = {
    ...(await runIn(task.results, 0)),
    ...(signal !== undefined && { signal }),
    ...(store !== undefined && { store }),
  };
  const { name, provenance, output, scoring } = task;
  const raster = await openGeoTiff(task.raster.path);
  let scorer: StudyScorer | null = null;
  try {
    if (task.kind === "join") {
      await joinTiles(run, raster, scoring, output, { name, provenance });
      return;
    }
    await scoreTile(run, raster, scoring, task.tile, async (patches) => {
      scorer ??= await plannedScorer(root, task, threads);
      return scorer.score(patches);
    });
  } finally {
    raster.close();
    (scorer as StudyScorer | null)?.dispose();
  }
}

/** Scores the raster in one go; nothing is kept but the map. */
export function scoreAtOnce({ raster, scorer, wish }: OpenScoring): Promise<ScoredRaster> {
  const { scoring, output, name, provenance } = wish;
  const { bands, size, stride, ranges } = scoring;
  return scoreRaster(raster, output, {
    ...{ bands, size, stride, ranges, name, provenance },
    score: scorer.score,
    progress: progressLine("score"),
  });
}

/** Scores all tiles, one after the other, those that the store does not hold, and joins them. */
export async function scoreInTiles({
  run,
  raster,
  scorer,
  wish,
}: OpenScoring): Promise<ScoredRaster> {
  const { scoring, output, name, provenance } = wish;
  for (const { task } of scorePlan(run, raster, wish, scorer.multiplications)) {
    if (task.kind === "tile") await scoreTile(run, raster, scoring, task.tile, scorer.score);
  }
  return joinTiles(run, raster, scoring, output, { name, provenance });
}

async function plannedScorer(root: string, task: ScoreTask, threads?: number) {
  const { results, study, by, scoring } = task;
  const { scorer } = await networksOf(root, results, study, by, threads);
  if (scorer.hash === scoring.scorer) return scorer;
  scorer.dispose();
  throw new InputError({
    kind: "parameter",
    ...{ file: join(results, study), field: "network" },
    found: "another network than when the work was planned",
    expected: "the network of the plan",
    remedy: "Plan again: npm run plan -- --score FILE.tif --study NAME --tiles N.",
  });
}

async function networksOf(
  root: string,
  results: string,
  name: string,
  by: ScoreWish["by"],
  threads?: number,
) {
  const file = readMethod(join(root, "notebooks", "method.json"));
  const { method } = applyMethod(file, { notebook: parametersOf(results, name) });
  const study = await loadStudy(studyFolder(projectFolders(root).data, name));
  const run = await runIn(results, method.seed);
  const steps = studySteps({ study, run, method, file });
  const scorer = await studyScorer(steps, by, threads === undefined ? {} : { threads });
  return { run, study, method, scorer };
}

async function runIn(results: string, seed: number): Promise<RunContext> {
  return {
    store: openRunStore(storeFolder(results)),
    seed,
    backend: await useBackend(),
    progress: progressLine,
    onTrial: () => undefined,
  };
}

/** The parameters as they applied when the map was made. */
function parametersOf(results: string, name: string): Partial<Method> {
  const folder = join(results, name);
  const parameters = readRun(folder)?.notebooks?.[NOTEBOOK]?.parameters;
  if (parameters !== undefined) return parameters as Partial<Method>;
  throw new InputError({
    kind: "missing-file",
    ...{ file: join(folder, "run.json"), found: `no ${NOTEBOOK}` },
    expected: "the networks that made the study's map",
    remedy: `npm run study -- --study ${name} --only 07 makes them.`,
  });
}
