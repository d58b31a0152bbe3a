import type { PlannedJob } from "prospectivity";

/** Jobs in the order in which they can be done. */
export interface JobQueue {
  /** The job to begin now: all that it needs is done; undefined where there is none at the moment. */
  next(): PlannedJob | undefined;
  /** Whether one may come, once those that were begun are done. */
  mayCome(): boolean;
  done(job: PlannedJob): void;
  /**
   * Those that need it, and those that need these, are not begun.
   *
   * @returns these
   */
  failed(job: PlannedJob): readonly PlannedJob[];
}

/**
 * Of the jobs that can be begun the most urgent comes first, and of equally urgent ones that on which the
 * longest chain of others waits, so that side by side all of them end soonest. Needs that are none of the
 * jobs count as done.
 *
 * @param urgency the less, the sooner; equal for all when absent
 */
export function jobQueue(
  jobs: readonly PlannedJob[],
  urgency: (job: PlannedJob) => number = () => 0,
): JobQueue {
  const ours = new Set(jobs.map(({ key }) => key));
  const chains = chainSeconds(jobs);
  const order = [...jobs].sort(
    (one, other) => urgency(one) - urgency(other) || chains(other) - chains(one),
  );
  const waiting = new Set(order);
  const begun = new Set<PlannedJob>();
  const done = new Set<string>();
  const canBegin = ({ needs }: PlannedJob) =>
    needs.every((need) => done.has(need) || !ours.has(need));
  return {
    next() {
      const job = order.find((each) => waiting.has(each) && canBegin(each));
      if (job === undefined) return undefined;
      waiting.delete(job);
      begun.add(job);
      return job;
    },
    mayCome: () => waiting.size > 0 && begun.size > 0,
    done(job) {
      begun.delete(job);
      done.add(job.key);
    },
    failed(job) {
      begun.delete(job);
      const gone = [job];
      for (const { key } of gone) {
        for (const each of [...waiting].filter(({ needs }) => needs.includes(key))) {
          waiting.delete(each);
          gone.push(each);
        }
      }
      return gone.slice(1);
    },
  };
}

/** Seconds of a job and of the longest chain of jobs after it. */
function chainSeconds(jobs: readonly PlannedJob[]): (job: PlannedJob) => number {
  const seconds = new Map<string, number>();
  // Needs come first in a plan, so that from its end all that need a job are known.
  const after = new Map<string, number>();
  for (const job of [...jobs].reverse()) {
    const whole = job.seconds + (after.get(job.key) ?? 0);
    seconds.set(job.key, whole);
    for (const need of job.needs) after.set(need, Math.max(after.get(need) ?? 0, whole));
  }
  return ({ key }) => seconds.get(key) ?? 0;
}
