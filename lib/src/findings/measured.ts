/** A number with what is known of its uncertainty. */
export interface Measured {
  readonly value: number;
  readonly interval?: readonly [number, number];
  /** What it was counted over, such as occurrences. */
  readonly n?: number;
}

/** Headline numbers under stable dotted keys. */
export type Metrics = { readonly [key: string]: Measured };
