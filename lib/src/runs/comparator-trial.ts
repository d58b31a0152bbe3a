import {
  type Comparator,
  fitByZone,
  outOfFoldScores,
  type ZoneFit,
  type ZoneMembership,
} from "../comparators/by-zone";
import { takeRows } from "../comparators/features";
import type { PermutationImportance, RandomForest } from "../comparators/forest";
import { predictForest } from "../comparators/forest-predict";
import {
  fitMaximumEntropy,
  type MaximumEntropy,
  type MaximumEntropyOptions,
  predictMaximumEntropy,
} from "../comparators/maximum-entropy";
import { fitRandomForest, type RandomForestOptions } from "../comparators/random-forest";
import { type ResponseCurve, responseCurves } from "../comparators/response-curves";
import { shuffleImportance } from "../comparators/shuffle-importance";
import { presenceBackground } from "../comparators/training-rows";
import type { FeatureTable, TrainingRows } from "../comparators/types";
import { InputError } from "../errors";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";

/** Where and how a comparator is trained. */
export interface PlacementOptions {
  /** Background rows drawn among those without an occurrence; "all" when absent. */
  readonly background?: number | "all";
  /** Fitted apart in each zone where given, else once to the whole. */
  readonly zones?: ZoneMembership;
  /** Fold of each row, such as spatial blocks; scores by models that have not seen it are added. */
  readonly folds?: ArrayLike<number>;
}

/** A fitted model with what there is to show of it: nothing where a zone was skipped. */
export interface ComparatorFit<Model> extends ZoneFit<Model> {
  /** Random forest: rise of the out-of-bag error; maximum entropy: fall of the AUC. */
  readonly importance: readonly PermutationImportance[];
  readonly responses: readonly ResponseCurve[];
}

/** A comparator and what it says of each row. */
export interface ComparatorTrial<Model> {
  readonly label: string;
  /** Score of every row, those it was trained on among them; NaN where there is no model. */
  readonly scores: Float64Array;
  /** Score of every row by the model that has not seen its fold; null without folds. */
  readonly outOfFold: Float64Array | null;
  readonly training: TrainingRows;
  /** One for the whole, or one a zone. */
  readonly fits: readonly ComparatorFit<Model>[];
  /** Seconds that fitting and scoring took when it was computed. */
  readonly seconds: number;
}

/**
 * A random forest on presences and background, or the stored one.
 *
 * @param labels 1 for rows that hold an occurrence, else 0
 * @throws InputError as fitRandomForest, and when labels, zones or folds are not one a row
 */
export function randomForestTrial(
  run: RunContext,
  label: string,
  table: FeatureTable,
  labels: Uint8Array,
  options: PlacementOptions & Omit<RandomForestOptions, "seed"> = {},
): Promise<ComparatorTrial<RandomForest>> {
  const { background, zones, folds, ...forest } = options;
  const comparator: Comparator<RandomForest> = {
    presencesAtLeast: 2,
    fit: (rows, of) => fitRandomForest(rows, of, { ...forest, seed: run.seed }),
    score: predictForest,
  };
  return comparatorTrial(run, "random-forest", label, table, labels, options, {
    settings: forest,
    comparator,
    importanceOf: ({ permutationImportance }) => permutationImportance,
  });
}

/**
 * Maximum entropy on presences and background, or the stored one; scores are its cloglog output.
 *
 * @param labels 1 for rows that hold an occurrence, else 0
 * @throws InputError as fitMaximumEntropy, and when labels, zones or folds are not one a row
 */
export function maximumEntropyTrial(
  run: RunContext,
  label: string,
  table: FeatureTable,
  labels: Uint8Array,
  options: PlacementOptions & MaximumEntropyOptions = {},
): Promise<ComparatorTrial<MaximumEntropy>> {
  const { background, zones, folds, ...settings } = options;
  const comparator: Comparator<MaximumEntropy> = {
    presencesAtLeast: 2,
    fit: (rows, of) => fitMaximumEntropy(rows, of, settings),
    score: (model, rows) => predictMaximumEntropy(model, rows),
  };
  return comparatorTrial(run, "maximum-entropy", label, table, labels, options, {
    settings,
    comparator,
    importanceOf: (model, rows, of) =>
      shuffleImportance((shuffled) => comparator.score(model, shuffled), rows, of, run),
  });
}

/** A comparator with the settings that are part of its key in the store. */
export interface ComparatorMethod<Model> {
  readonly settings: object;
  readonly comparator: Comparator<Model>;
  importanceOf(
    model: Model,
    rows: FeatureTable,
    labels: Uint8Array,
  ): readonly PermutationImportance[];
}

/**
 * A comparator fitted to presences and background, in-sample and, where folds are given, by models
 * that have not seen the fold; or the stored one.
 *
 * @param step under which it is kept in the store
 * @param labels 1 for rows that hold an occurrence, else 0
 * @throws InputError as the comparator, and when labels, zones or folds are not one a row
 */
export async function comparatorTrial<Model>(
  run: RunContext,
  step: string,
  label: string,
  table: FeatureTable,
  labels: Uint8Array,
  { background = "all", zones, folds }: PlacementOptions,
  { settings, comparator, importanceOf }: ComparatorMethod<Model>,
): Promise<ComparatorTrial<Model>> {
  requireOneARow("labels", labels, table);
  if (zones !== undefined) requireOneARow("zones", zones.zoneOf, table);
  if (folds !== undefined) requireOneARow("folds", folds, table);
  const inputs = {
    names: table.names,
    values: contentHash(table.values),
    labels: contentHash(labels),
    background,
    zones: zones && { names: zones.names, zoneOf: contentHash(zones.zoneOf) },
    folds: folds && contentHash(Int32Array.from(folds)),
    settings,
    seed: run.seed,
  };
  const line = run.progress(label);
  const pause = async (text: string, share: number) => {
    line.update(text, share);
    // Lets the line be drawn, and a stop be heard, before the fit takes the thread.
    await new Promise((resolve) => setImmediate(resolve));
    run.signal?.throwIfAborted();
  };
  const { result, fromStore } = await storedRun(run.store, { step, inputs }, async () => {
    const start = performance.now();
    await pause("fitting", 0);
    const training = presenceBackground(labels, { background, seed: run.seed });
    const { scores, fits } = fitByZone(comparator, table, training, zones ?? null);
    const shown = fits.map((fit, number) => {
      if (fit.model === null) return { ...fit, importance: [], responses: [] };
      const { model } = fit;
      const isOwn = training.rows.map((row) =>
        zones === undefined || zones.zoneOf[row] === number ? 1 : 0,
      );
      const own = takeRows(
        table,
        training.rows.filter((_, at) => isOwn[at] === 1),
      );
      const ownLabels = training.labels.filter((_, at) => isOwn[at] === 1);
      const score = (rows: FeatureTable) => comparator.score(model, rows);
      return {
        ...fit,
        importance: importanceOf(model, own, ownLabels),
        responses: responseCurves(score, own, ownLabels),
      };
    });
    const outOfFold =
      folds === undefined
        ? null
        : await outOfFoldScores(comparator, table, training, zones ?? null, folds, (done, of) =>
            pause(`fold ${done + 1}/${of}`, (done + 1) / (of + 1)),
          );
    const seconds = (performance.now() - start) / 1000;
    return { scores, outOfFold, training, fits: shown, seconds };
  });
  const origin = fromStore ? "from the run store, fitted in" : "fitted in";
  const skipped = result.fits.flatMap(({ zone, skipped: why }) =>
    why === null ? [] : [`; ${zone ?? "whole area"} skipped: ${why}`],
  );
  line.finish(`${origin} ${result.seconds.toFixed(1)} s${skipped.join("")}`);
  run.onTrial({ label, seconds: result.seconds, fromStore });
  return { label, ...result };
}

/** Checks that there is a value for each row. */
export function requireOneARow(
  field: string,
  values: ArrayLike<number>,
  table: FeatureTable,
): void {
  const rows = table.values.length / table.names.length;
  if (values.length === rows) return;
  throw new InputError({
    kind: "values",
    field,
    found: String(values.length),
    expected: `one for each of ${rows} rows`,
  });
}
