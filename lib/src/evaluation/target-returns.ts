/** How often a target comes back when the method is run over and over. */
export interface TargetReturn {
  /** Rank of the target in the study's own list, from 1. */
  readonly rank: number;
  /** Share of the runs in which it is a target again, 0 to 1. */
  readonly share: number;
  /** Between which ranks it comes back. */
  readonly rankLow: number;
  readonly rankHigh: number;
}
