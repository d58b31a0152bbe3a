/** A number with the interval that its sample allows. */
export interface Estimate {
  readonly value: number;
  /** Lower and upper bound of the interval. */
  readonly interval: readonly [number, number];
  /** Coverage of the interval, such as 0.95. */
  readonly confidence: number;
}

/** A receiver operating characteristic: one point a distinct score, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** Share of negatives at or above each threshold. */
  readonly falsePositiveRate: readonly number[];
  /** Share of positives at or above each threshold. */
  readonly truePositiveRate: readonly number[];
  /** Falling; the first is infinity. */
  readonly thresholds: readonly number[];
  /** Area under the curve, ties counted half. */
  readonly auc: number;
  readonly positives: number;
  readonly negatives: number;
}

/** Cumulative share of occurrences against cumulative share of area by falling score. */
export interface SuccessRateCurve {
  /** From 0 to 1; one point a distinct score, so that tied area is one straight step. */
  readonly areaShare: readonly number[];
  readonly occurrenceShare: readonly number[];
  /** Score at or above which each point selects; the first is infinity. */
  readonly thresholds: readonly number[];
  /** Area under the curve. */
  readonly auc: number;
  readonly occurrences: number;
}

/** A score of each patch as published, and by models that have not seen the ground they score. */
export interface SampledScores {
  /** Under which its numbers are kept, such as "rf". */
  readonly id: string;
  readonly name: string;
  readonly inSample: ArrayLike<number>;
  readonly outOfSample: ArrayLike<number>;
  /** Of a forest: by the trees that were grown without each patch. */
  readonly outOfBag?: ArrayLike<number>;
}
