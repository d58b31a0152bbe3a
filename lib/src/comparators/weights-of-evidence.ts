import {
  type CutOptions,
  categoryPattern,
  classOf,
  cutPattern,
  type EvidencePattern,
  weightOf,
} from "./evidence-pattern";
import { requireFittable, requireSameFeatures, rowCount } from "./features";
import type { FeatureTable } from "./types";

/** How layers become patterns. */
export interface WeightsOfEvidenceOptions {
  /** Cuts of each layer are tried at shares of the area of 1 by this many; 20 when absent. */
  readonly steps?: number;
  /** Which side of a layer is held favourable beforehand, by name; either side of those not named. */
  readonly favourable?: Readonly<Record<string, CutOptions["favourable"]>>;
  /** Layers whose values are categories, by name. */
  readonly categories?: readonly string[];
  /** A pattern with a smaller studentised contrast is not used: 2 when absent. */
  readonly studentisedAtLeast?: number;
}

/** Fitted weights of evidence. */
export interface WeightsOfEvidence {
  readonly names: readonly string[];
  /** By layer; null for those that are not used. */
  readonly patterns: readonly (EvidencePattern | null)[];
  readonly cells: number;
  /** Cells with an occurrence. */
  readonly occurrences: number;
  /** ln of cells with an occurrence by those without. */
  readonly priorLogit: number;
  /** 1 by the number of occurrences. */
  readonly priorVariance: number;
}

/** What weights of evidence say of each cell. */
export interface Posterior {
  readonly probability: Float64Array;
  /** Prior logit and the weights of the classes that the cell lies in. */
  readonly logit: Float64Array;
  /** Of the logit, by the variances of prior and weights. */
  readonly logitDeviation: Float64Array;
  /** Of the probability, by that of the logit: p (1 - p) times it. */
  readonly deviation: Float64Array;
  /** Of the probability, by patterns that are unknown in the cell; 0 where none is. */
  readonly missingDeviation: Float64Array;
}

/**
 * Fits weights of evidence (Bonham-Carter et al. 1989; Agterberg et al. 1990): each layer becomes a
 * pattern of few classes, each class gets a weight, and weights add up to the logit of an occurrence
 * as if the patterns were independent of each other, with an occurrence and without.
 * conditionalIndependence says whether they are.
 *
 * Layers are cut by the cells that are fitted to and no others: fitted without a fold, neither cuts
 * nor weights nor the choice of layers have seen it.
 *
 * @param table one row a unit cell, NaN where a layer is unknown
 * @param labels 1 for cells that hold an occurrence, else 0
 * @throws InputError when a value is infinite or no cell holds an occurrence, or every one
 */
export function fitWeightsOfEvidence(
  table: FeatureTable,
  labels: ArrayLike<number>,
  options: WeightsOfEvidenceOptions = {},
): WeightsOfEvidence {
  requireFittable(table, labels, { presences: 1, background: 1 });
  const { steps, favourable = {}, categories = [], studentisedAtLeast = 2 } = options;
  const patterns = table.names.map((name, feature) => {
    const values = columnOf(table, feature);
    const pattern = categories.includes(name)
      ? categoryPattern(name, values, labels)
      : cutPattern(name, values, labels, { steps, favourable: favourable[name] });
    if (pattern === null || pattern.contrast.studentised < studentisedAtLeast) return null;
    return pattern;
  });
  const cells = labels.length;
  const occurrences = Array.from(labels).reduce((sum, label) => sum + label, 0);
  return {
    ...{ names: table.names, patterns, cells, occurrences },
    priorLogit: Math.log(occurrences / (cells - occurrences)),
    priorVariance: 1 / occurrences,
  };
}

/**
 * Posterior probability of an occurrence in each cell, with its deviations. A pattern that is
 * unknown in a cell weighs nothing there; that it might be in any of its classes, by their shares,
 * is the deviation by what is missing (Bonham-Carter et al. 1989).
 *
 * @throws InputError when the table has other layers than the model
 */
export function posteriorOf(model: WeightsOfEvidence, table: FeatureTable): Posterior {
  requireSameFeatures(model.names, table);
  const count = rowCount(table);
  const logit = new Float64Array(count);
  const logitDeviation = new Float64Array(count);
  const missingDeviation = new Float64Array(count);
  const width = table.names.length;
  for (let cell = 0; cell < count; cell++) {
    let sum = model.priorLogit;
    let variance = model.priorVariance;
    const missing: EvidencePattern[] = [];
    model.patterns.forEach((pattern, feature) => {
      if (pattern === null) return;
      const number = classOf(pattern, table.values[cell * width + feature]);
      if (number < 0) missing.push(pattern);
      const own = weightOf(pattern, number);
      sum += own.weight;
      variance += own.variance;
    });
    logit[cell] = sum;
    logitDeviation[cell] = Math.sqrt(variance);
    missingDeviation[cell] = Math.sqrt(
      missing.reduce((total, pattern) => total + missingVariance(pattern, sum), 0),
    );
  }
  const probability = logit.map(probabilityOf);
  const deviation = probability.map((p, cell) => p * (1 - p) * logitDeviation[cell]);
  return { probability, logit, logitDeviation, deviation, missingDeviation };
}

/** Mean square by which the probability would move if the unknown class were known. */
function missingVariance({ weights, shares }: EvidencePattern, logit: number): number {
  return weights.reduce(
    (sum, { weight }, at) =>
      sum + shares[at] * (probabilityOf(logit + weight) - probabilityOf(logit)) ** 2,
    0,
  );
}

function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function columnOf({ names, values }: FeatureTable, feature: number): Float64Array {
  return Float64Array.from(
    { length: values.length / names.length },
    (_, row) => values[row * names.length + feature],
  );
}
