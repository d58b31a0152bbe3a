import type { Tree } from "./tree";

/** How much a forest's error grows when the values of a feature are shuffled. */
export interface PermutationImportance {
  readonly name: string;
  /** Mean over the trees of the rise of the out-of-bag mean squared error. */
  readonly value: number;
  /** Of that mean, over the trees: how far another forest on the same rows may differ. */
  readonly standardError: number;
}

/** A fitted random forest. */
export interface RandomForest {
  readonly names: readonly string[];
  readonly trees: readonly Tree[];
  /** Each training row's probability by the trees that were grown without it; NaN if there is none. */
  readonly outOfBag: Float64Array;
  /** Share of training rows that the out-of-bag probability puts on the wrong side of 0.5. */
  readonly outOfBagError: number;
  /** Mean squared difference of out-of-bag probability and label (Brier score). */
  readonly outOfBagBrier: number;
  /** By feature. */
  readonly permutationImportance: readonly PermutationImportance[];
  /** Fall of the Gini impurity by the splits of each feature, shares that add up to 1. */
  readonly impurityImportance: Float64Array;
}
