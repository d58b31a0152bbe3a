import type { Measured, Timing } from "./measured";
import type { Overheads } from "./simulate";

/** Snakemake's wait between two rounds of asking, and the profile's most groups at once. */
const POLL_SECONDS = 10;
const MOST_AT_ONCE = 500;
/** Groups that the profile hands over in a second, at most. */
export const MOST_A_SECOND = 10;

/**
 * What a plan of so many groups costs beside its work. Of programs the processor's time is taken, since
 * the machine that they were timed on was doing other things as well.
 */
export function overheadsOf(measured: Measured, groups: number): Overheads {
  const { graph, nodeSnakemake, desk, write, slurm } = measured;
  return {
    plan: between(graph, groups),
    handle: Math.max(1 / MOST_A_SECOND, handleSeconds(measured)),
    dispatch: slurm.whole,
    start: between(nodeSnakemake, groups) + desk.processor,
    poll: POLL_SECONDS,
    write: 1 / Math.max(write.one, write.four),
    most: MOST_AT_ONCE,
  };
}

/**
 * What each group takes of the Snakemake in charge: the wait for `sbatch`, and what a run of many groups
 * took of its processor more than one of few.
 */
export function handleSeconds({ runs: [few, many], graph, slurm }: Measured): number {
  const reading = between(graph, many.groups) - between(graph, few.groups);
  const own = (many.processor - few.processor - reading) / (many.groups - few.groups);
  return slurm.submit + own;
}

type Sized = Timing & { readonly groups: number };

/** The processor's seconds for so many groups, along straight lines between and beyond those timed. */
function between(timings: readonly Sized[], groups: number): number {
  const after = timings.findIndex((each) => each.groups >= groups);
  const at = after < 0 ? timings.length - 1 : Math.max(1, after);
  const [low, high] = [timings[at - 1], timings[at]];
  const share = (groups - low.groups) / (high.groups - low.groups);
  return low.processor + share * (high.processor - low.processor);
}
