/** How often a target comes back in replicas of the map, and where it then ranks. */
export interface TargetReturn {
  /** The target's rank on the method's own map, from 1. */
  readonly rank: number;
  /** Share of the replicas, 0 to 1, whose own targets cover at least half of its area. */
  readonly share: number;
  /** Best and worst rank of its mean score among the targets, over the replicas. */
  readonly rankLow: number;
  readonly rankHigh: number;
}
