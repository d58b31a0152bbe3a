import { type GroupableJob, groupJobs } from "../../lib/src/plan/groups";
import { SCORE_COST } from "../../lib/src/runs/score-plan";
import { engineNetwork, trainingCost } from "../../lib/src/training/cost";
import { multiplicationsOf } from "../../lib/src/training/engine/multiplications";
import type { SimulatedGroup } from "./simulate";

/** Work that is too much for one machine, as jobs whose length is estimated before they are begun. */
export interface Scenario {
  readonly title: string;
  /** What is computed, in a sentence. */
  readonly what: string;
  readonly jobs: readonly ScenarioJob[];
}

/** A job, and how many results it leaves in the store. */
export interface ScenarioJob extends GroupableJob {
  readonly results: number;
}

/** The method's defaults (notebooks/method.json). */
const PATCH_SIZE = 12;
const EPOCHS = 20;
const NETWORK = { kind: "autoencoder", architecture: "full", filters: [8, 4] } as const;
const BANDS = 9;

/** Start, study and evidence from the store: what any job takes besides, as plans have it. */
const JOB_SECONDS = 3;
/** To interpolate nine layers from samples, a patch: the step evidence's estimate. */
const EVIDENCE_SECONDS_OF_PATCH = 0.008;
/** A generated district at the paper's scale: 34.8 by 43.8 km in pixels of 50 m, 58 by 73 patches. */
const DISTRICT_PATCHES = 58 * 73;
/** Patches that a network learns from where there are more than it needs. */
const LEARNT_PATCHES = 200_000;
/** Pixels along the edge of a tile, and the patches in it. */
const TILE = 4096;
const TILE_PATCHES = Math.floor(TILE / PATCH_SIZE) ** 2;

/** Assumed: to read the patches of one tile that a sample takes from it. */
const SAMPLE_SECONDS_OF_TILE = 1;

const SEEDS = 30;
const ABLATIONS = 10;

/** Seconds of a training on so many patches, on one core. */
export function trainingSeconds(patches: number): number {
  return trainingCost(NETWORK, shapeOf(patches), EPOCHS).seconds;
}

/** MiB of a training on so many patches. */
export function trainingMebibytes(patches: number): number {
  return trainingCost(NETWORK, shapeOf(patches), EPOCHS).mebibytes;
}

/** Seconds in which networks give patches back, each with its pixels read and cut once. */
function scoringSeconds(patches: number, networks: number): number {
  const values = 2 * PATCH_SIZE ** 2 * BANDS;
  const billions = multiplicationsOf(engineNetwork(NETWORK, shapeOf(1))) / 1e9;
  return patches * (values * SCORE_COST.value + networks * billions * SCORE_COST.billion);
}

const shapeOf = (count: number) => ({ count, size: PATCH_SIZE, bands: BANDS });

/** Ablations of many districts and variants of the method, by many seeds. */
export function manyTrainings(districts: number, variants: number): Scenario {
  const seconds = JOB_SECONDS + ABLATIONS * trainingSeconds(DISTRICT_PATCHES);
  const jobs = range(districts).flatMap((district) => {
    const evidence = job(`evidence ${district}`, [], {
      seconds: JOB_SECONDS + EVIDENCE_SECONDS_OF_PATCH * DISTRICT_PATCHES,
    });
    const trainings = range(variants * SEEDS).map((at) =>
      job(`ablations ${district} ${at}`, [evidence.key], { seconds, results: ABLATIONS }),
    );
    return [evidence, ...trainings];
  });
  const count = districts * variants * SEEDS * ABLATIONS;
  return {
    title: `${count.toLocaleString("en")} trainings`,
    what: `${ABLATIONS} ablations by ${SEEDS} seeds of ${districts} districts and ${variants} variants of the method, each on ${DISTRICT_PATCHES.toLocaleString("en")} patches`,
    jobs,
  };
}

/** Evidence by tiles, ablations by many seeds on a sample of patches, errors of all tiles by all seeds. */
export function largeGround(title: string, pixels: number): Scenario {
  const tiles = Math.ceil(pixels / TILE ** 2);
  const evidence = range(tiles).map((tile) =>
    job(`evidence ${tile}`, [], {
      seconds: JOB_SECONDS + EVIDENCE_SECONDS_OF_PATCH * TILE_PATCHES,
      mebibytes: 300 + Math.ceil((2 * 4 * BANDS * TILE ** 2) / 2 ** 20),
    }),
  );
  const sample = job(
    "sample",
    evidence.map(({ key }) => key),
    { seconds: JOB_SECONDS + SAMPLE_SECONDS_OF_TILE * tiles },
  );
  const networks = range(SEEDS * ABLATIONS).map((at) =>
    job(`network ${at}`, [sample.key], {
      seconds: JOB_SECONDS + trainingSeconds(LEARNT_PATCHES),
      mebibytes: 300 + Math.ceil(trainingMebibytes(LEARNT_PATCHES)),
    }),
  );
  const used = networks.slice(0, SEEDS).map(({ key }) => key);
  const scores = range(tiles).map((tile) =>
    job(`scores ${tile}`, used, {
      seconds: JOB_SECONDS + scoringSeconds(TILE_PATCHES, SEEDS),
      mebibytes: 300 + Math.ceil((2 * 4 * BANDS * TILE ** 2) / 2 ** 20),
      results: SEEDS,
    }),
  );
  return {
    title,
    what: `${pixels.toExponential(1).replace("e+", "e")} pixels in ${tiles} tiles of ${TILE} by ${TILE}: nine layers from samples, ${SEEDS * ABLATIONS} trainings (${ABLATIONS} ablations by ${SEEDS} seeds) on ${LEARNT_PATCHES.toLocaleString("en")} patches, errors of all patches by ${SEEDS} seeds`,
    jobs: [...evidence, sample, ...networks, ...scores],
  };
}

/** Jobs that do nothing and need nothing. */
export function emptyJobs(count: number): Scenario {
  return {
    title: `${count.toLocaleString("en")} empty jobs`,
    what: "each a group of its own, with no work at all",
    jobs: range(count).map((at) => job(`empty ${at}`, [], { seconds: 0 })),
  };
}

/** A scenario's groups of a length. */
export function groupsOf({ jobs }: Scenario, seconds: number): SimulatedGroup[] {
  const results = new Map(jobs.map((each) => [each.key, each.results]));
  return groupJobs(jobs, seconds).map((group) => ({
    ...group,
    results: group.keys.reduce((sum, key) => sum + (results.get(key) ?? 0), 0),
  }));
}

function job(
  key: string,
  needs: readonly string[],
  costs: Partial<ScenarioJob> & { readonly seconds: number },
): ScenarioJob {
  return { key, needs, mebibytes: 330, threads: 1, results: 1, ...costs };
}

const range = (count: number) => Array.from({ length: count }, (_, at) => at);
