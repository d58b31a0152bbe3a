/** A thread among those that compute a batch together. */
export interface Team {
  readonly thread: number;
  /** Parts of a batch, over all threads. */
  readonly parts: number;
  /** Waits until every thread of the team has come here. */
  barrier(): void;
}

/**
 * A part of a batch. Whatever is added up over samples is added up part by part, and then over the
 * parts in their order, so that results do not hang on how many threads share the parts.
 */
export interface Part {
  readonly number: number;
  /** Its samples, and the first of them among those of the thread. */
  readonly samples: number;
  readonly from: number;
}

/** What a pass is told besides its samples. */
export interface Pass {
  /** Samples of the thread, and of the whole batch; number of the thread's first in the batch. */
  readonly samples: number;
  readonly batch: number;
  readonly first: number;
  /** The parts that are the thread's own. */
  readonly parts: readonly Part[];
  /** Seeds dropout for this step. */
  readonly seed: number;
  readonly step: string;
}

/** Addresses that a pass works with. */
export interface Addresses {
  readonly parameters: number;
  /** Bytes from one part's gradients to the next one's. */
  readonly gradientsApart: number;
  /** For each normalising layer the sums of all parts, three rows a part. */
  readonly sums: readonly number[];
  /** Moving mean, then moving variance, of each normalising layer. */
  readonly moving: readonly number[];
}
