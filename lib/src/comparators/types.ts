/** Predictors at places, such as the mean evidence of each patch. */
export interface FeatureTable {
  /** Names in the order of the columns. */
  readonly names: readonly string[];
  /** [count, names.length]; a missing value is NaN. */
  readonly values: Float32Array | Float64Array;
}

/** Rows that a comparator is fitted to, and what they are. */
export interface TrainingRows {
  /** Numbers of rows of a feature table, rising. */
  readonly rows: Uint32Array;
  /** 1 for a presence, 0 for background; in the order of rows. */
  readonly labels: Uint8Array;
}

/** A fitted comparator: the score of every row of a table, high for favourable. */
export type ScoreRows = (table: FeatureTable) => Float64Array;
