/** A thread among those that compute a batch together. */
export interface Team {
  readonly thread: number;
  readonly threads: number;
  /** Waits until every thread of the team has come here. */
  barrier(): void;
}

/** What a pass is told besides its samples. */
export interface Pass {
  /** Samples of the thread, and of the whole batch; number of the thread's first in the batch. */
  readonly samples: number;
  readonly batch: number;
  readonly first: number;
  /** Seeds dropout for this step. */
  readonly seed: number;
  readonly step: string;
}

/** Addresses that a pass works with. */
export interface Addresses {
  readonly parameters: number;
  /** For each layer the scratch of all threads, for sums over the whole batch. */
  readonly scratches: readonly (readonly number[])[];
  /** Moving mean, then moving variance, of each normalising layer. */
  readonly moving: readonly number[];
}
