import {
  type BoostedTrees,
  type BoostedTreesOptions,
  fitBoostedTrees,
  predictBoostedTrees,
} from "../comparators/boosted-trees";
import type { Comparator } from "../comparators/by-zone";
import type { RandomForest } from "../comparators/forest";
import { predictForest } from "../comparators/forest-predict";
import {
  fitLogisticRegression,
  type LogisticRegression,
  predictLogistic,
} from "../comparators/logistic-regression";
import {
  fitPositiveUnlabelled,
  type Learner,
  type PositiveUnlabelled,
  type PositiveUnlabelledOptions,
  predictPositiveUnlabelled,
} from "../comparators/positive-unlabelled";
import { fitRandomForest } from "../comparators/random-forest";
import type { FeatureTable } from "../comparators/types";
import {
  fitWeightsOfEvidence,
  posteriorOf,
  type WeightsOfEvidence,
  type WeightsOfEvidenceOptions,
} from "../comparators/weights-of-evidence";
import { type ComparatorTrial, comparatorTrial, type PlacementOptions } from "./comparator-trial";
import type { RunContext } from "./context";

/**
 * Weights of evidence, or the stored ones; scores are the logit of the posterior probability. Out of
 * fold, layers are cut and chosen without the fold.
 *
 * @param labels 1 for rows that hold an occurrence, else 0
 * @throws InputError as fitWeightsOfEvidence, and when labels, zones or folds are not one a row
 */
export function weightsOfEvidenceTrial(
  run: RunContext,
  table: FeatureTable,
  labels: Uint8Array,
  options: PlacementOptions & WeightsOfEvidenceOptions = {},
): Promise<ComparatorTrial<WeightsOfEvidence>> {
  const { background, zones, folds, ...settings } = options;
  return trial(
    run,
    "weights-of-evidence",
    "Weights of evidence",
    table,
    labels,
    options,
    settings,
    {
      presencesAtLeast: 2,
      fit: (rows, of) => fitWeightsOfEvidence(rows, of, settings),
      score: (model, rows) => posteriorOf(model, rows).logit,
    },
  );
}

/**
 * Plain logistic regression, or the stored one; scores are probabilities.
 *
 * @param labels 1 for rows that hold an occurrence, else 0
 * @throws InputError as fitLogisticRegression, and when labels, zones or folds are not one a row
 */
export function logisticRegressionTrial(
  run: RunContext,
  table: FeatureTable,
  labels: Uint8Array,
  options: PlacementOptions = {},
): Promise<ComparatorTrial<LogisticRegression>> {
  return trial(
    run,
    "logistic-regression",
    "Logistic regression",
    table,
    labels,
    options,
    {},
    {
      presencesAtLeast: 2,
      fit: fitLogisticRegression,
      score: predictLogistic,
    },
  );
}

/**
 * Gradient-boosted trees, or the stored ones; scores are probabilities.
 *
 * @param labels 1 for rows that hold an occurrence, else 0
 * @throws InputError as fitBoostedTrees, and when labels, zones or folds are not one a row
 */
export function boostedTreesTrial(
  run: RunContext,
  table: FeatureTable,
  labels: Uint8Array,
  options: PlacementOptions & Omit<BoostedTreesOptions, "seed"> = {},
): Promise<ComparatorTrial<BoostedTrees>> {
  const { background, zones, folds, ...settings } = options;
  return trial(run, "boosted-trees", "Boosted trees", table, labels, options, settings, {
    presencesAtLeast: 2,
    fit: (rows, of) => fitBoostedTrees(rows, of, { ...settings, seed: run.seed }),
    score: predictBoostedTrees,
  });
}

/** Trees of each forest that positive-unlabelled bagging repeats. */
const TREES = 10;

/** A small forest as what positive-unlabelled bagging repeats. */
const smallForest: Learner<RandomForest> = {
  fit: (table, labels, seed) => fitRandomForest(table, labels, { seed, trees: TREES }),
  score: predictForest,
};

/**
 * Positive-unlabelled bagging of small random forests, or the stored one. Scores of rows that it was
 * fitted to take part of them for background; outOfBagScores gives those by the forests that did not.
 *
 * @param labels 1 for rows that hold an occurrence, else 0
 * @throws InputError as fitPositiveUnlabelled, and when labels, zones or folds are not one a row
 */
export function positiveUnlabelledTrial(
  run: RunContext,
  table: FeatureTable,
  labels: Uint8Array,
  options: PlacementOptions & Omit<PositiveUnlabelledOptions, "seed"> = {},
): Promise<ComparatorTrial<PositiveUnlabelled<RandomForest>>> {
  const { background, zones, folds, ...own } = options;
  const settings = { ...own, trees: TREES };
  return trial(run, "positive-unlabelled", "PU bagging", table, labels, options, settings, {
    presencesAtLeast: 2,
    fit: (rows, of) => fitPositiveUnlabelled(smallForest, rows, of, { ...own, seed: run.seed }),
    score: (model, rows) => predictPositiveUnlabelled(smallForest, model, rows),
  });
}

/** A trial of which no importance is shown: it would take longer than the fit that is timed. */
function trial<Model>(
  run: RunContext,
  step: string,
  label: string,
  table: FeatureTable,
  labels: Uint8Array,
  placement: PlacementOptions,
  settings: object,
  comparator: Comparator<Model>,
): Promise<ComparatorTrial<Model>> {
  const method = { settings, comparator, importanceOf: () => [] };
  return comparatorTrial(run, step, label, table, labels, placement, method);
}
