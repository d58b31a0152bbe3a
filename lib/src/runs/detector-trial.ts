import { takeRows } from "../comparators/features";
import type { FeatureTable } from "../comparators/types";
import { InputError } from "../errors";
import { withoutScore } from "../evaluation/capture";
import { rankShares } from "../evaluation/ranks";
import { requireOneARow } from "./comparator-trial";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";
import { type Detector, type NamedDetector, usualDetectors } from "./usual-detectors";

/** A detector and what it says of each row. */
export interface DetectorTrial {
  readonly id: string;
  readonly label: string;
  /** Score of every row by all rows; NaN where a value is missing. */
  readonly scores: Float64Array;
  /**
   * Share of the rows that a row's score exceeds, ties half, by a detector that was fitted to all
   * other folds; ranks, since two fits measure by different yardsticks. Null without folds.
   */
  readonly outOfFold: Float64Array | null;
  /** Features that the detector cannot take. */
  readonly leftOut: readonly string[];
  /** Why there are no scores; null where there are. */
  readonly skipped: string | null;
  /** Seconds that it took when it was computed. */
  readonly seconds: number;
}

/**
 * The four detectors in their usual form, or the stored ones: robust Mahalanobis distance (FAST-MCD
 * of 500 starts), the distance of the fifth nearest neighbour, an isolation forest of 100 trees of
 * 256 rows, and a one-class support vector machine with half outside and a gamma of 1 by the features (libsvm's
 * defaults). None is told of an
 * occurrence. One that a table does not allow, such as a robust distance where half of the rows lie
 * in a plane, is skipped and says why.
 *
 * @param table one row a patch: the mean of each layer, as the field has it; whole patches have far
 *   more numbers than a covariance or a distance can bear
 * @param folds fold of each row, such as spatial blocks; scores by rows outside it are added
 * @throws InputError when folds are not one a row
 */
export async function detectorTrials(
  run: RunContext,
  table: FeatureTable,
  { folds }: { readonly folds?: ArrayLike<number> } = {},
): Promise<DetectorTrial[]> {
  return namedDetectorTrials(run, table, usualDetectors(table, run.seed), folds);
}

/**
 * Some detectors by all rows and out of fold, or the stored trials.
 *
 * @throws InputError when folds are not one a row
 */
export async function namedDetectorTrials(
  run: RunContext,
  table: FeatureTable,
  detectors: readonly NamedDetector[],
  folds: ArrayLike<number> | undefined,
): Promise<DetectorTrial[]> {
  if (folds !== undefined) requireOneARow("folds", folds, table);
  const trials: DetectorTrial[] = [];
  for (const detector of detectors) trials.push(await detectorTrial(run, table, detector, folds));
  return trials;
}

async function detectorTrial(
  run: RunContext,
  table: FeatureTable,
  { id, label, leftOut, seed, detector }: NamedDetector,
  folds: ArrayLike<number> | undefined,
): Promise<DetectorTrial> {
  const taken = withoutFeatures(table, leftOut);
  const inputs = {
    ...{ id, names: taken.names, values: contentHash(taken.values), seed },
    folds: folds && contentHash(Int32Array.from(folds)),
  };
  const line = run.progress(label);
  line.update("computing", 0);
  await new Promise((resolve) => setImmediate(resolve));
  run.signal?.throwIfAborted();
  const key = { step: "detector", inputs };
  const { result, fromStore } = await storedRun(run.store, key, async () =>
    timed(detector, taken, folds),
  );
  const origin = fromStore ? "from the run store, computed in" : "computed in";
  const why = result.skipped === null ? "" : `; skipped: ${result.skipped}`;
  line.finish(`${origin} ${result.seconds.toFixed(1)} s${why}`);
  run.onTrial({ label, seconds: result.seconds, fromStore });
  return { id, label, leftOut, ...result };
}

function timed(detector: Detector, table: FeatureTable, folds: ArrayLike<number> | undefined) {
  const start = performance.now();
  const count = table.values.length / table.names.length;
  const scored = () => ({
    scores: detector(table).own,
    outOfFold: folds === undefined ? null : outOfFold(detector, table, folds),
    skipped: null,
  });
  const none = { scores: withoutScore(count), outOfFold: folds && withoutScore(count) };
  const result = orReason(scored, (why) => ({
    ...none,
    outOfFold: none.outOfFold ?? null,
    skipped: why,
  }));
  return { ...result, seconds: (performance.now() - start) / 1000 };
}

function outOfFold(
  detector: Detector,
  table: FeatureTable,
  folds: ArrayLike<number>,
): Float64Array {
  const rows = Array.from({ length: folds.length }, (_, row) => row);
  const joined = withoutScore(folds.length);
  for (const fold of new Set(Array.from(folds))) {
    const inside = rows.filter((row) => folds[row] === fold);
    const outside = rows.filter((row) => folds[row] !== fold);
    const fitted = detector(takeRows(table, outside));
    const scores = [...fitted.of(takeRows(table, inside)), ...fitted.own];
    const known = scores.filter((score) => !Number.isNaN(score));
    const shares = rankShares(known);
    let at = 0;
    inside.forEach((row, place) => {
      if (Number.isNaN(scores[place])) return;
      joined[row] = shares[at];
      at += 1;
    });
  }
  return joined;
}

function orReason<Result, Other>(
  compute: () => Result,
  skip: (why: string) => Other,
): Result | Other {
  try {
    return compute();
  } catch (error) {
    if (error instanceof InputError) return skip(error.message);
    throw error;
  }
}

function withoutFeatures(table: FeatureTable, names: readonly string[]): FeatureTable {
  if (names.length === 0) return table;
  const kept = table.names.flatMap((name, at) => (names.includes(name) ? [] : [at]));
  const width = table.names.length;
  const count = table.values.length / width;
  return {
    names: kept.map((at) => table.names[at]),
    values: Float64Array.from(
      { length: count * kept.length },
      (_, at) => table.values[Math.floor(at / kept.length) * width + kept[at % kept.length]],
    ),
  };
}
