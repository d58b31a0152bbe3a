/** Time of some work: by the clock, and of all cores together that worked on it. */
export interface Spent {
  readonly seconds: number;
  readonly processor: number;
}

/** The clock, and the processor time of this process and its threads so far. */
export function spentSoFar(): Spent {
  const { user, system } = process.cpuUsage();
  return { seconds: performance.now() / 1000, processor: (user + system) / 1e6 };
}
