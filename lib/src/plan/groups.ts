import { createHash } from "node:crypto";
import { InputError } from "../errors";

/** What grouping looks at in a job of a plan. */
export interface GroupableJob {
  readonly key: string;
  /** Keys of the jobs whose results it reads; they stand before it in the plan. */
  readonly needs: readonly string[];
  /** Estimated time with its threads. */
  readonly seconds: number;
  /** Estimated memory at its peak. */
  readonly mebibytes: number;
  readonly threads: number;
}

/** Jobs that one process computes one after the other: what a scheduler is given as one. */
export interface JobGroup {
  /** Made of its keys: the same jobs are the same group in any plan. */
  readonly name: string;
  readonly keys: readonly string[];
  /** Names of the groups that must be done before. */
  readonly needs: readonly string[];
  /** The sum of its jobs' estimates. */
  readonly seconds: number;
  /** The largest of its jobs' estimates. */
  readonly mebibytes: number;
  readonly threads: number;
}

/** A group's keys stand on one line of a shell, which takes 128 KiB. */
const MOST_JOBS = 1000;

/**
 * Puts jobs together into groups of about a length, so that a scheduler's seconds a job are small
 * beside the work. Only jobs of the same depth come together (the longest way to a job that needs
 * none), which need neither each other nor, by way of others, their own group; of these, only jobs
 * with the same threads and with memory of the same power of two, so that no small job waits for a
 * large node. They keep the plan's order: jobs of one study mostly stay together.
 *
 * @param jobs with those that a job needs before it
 * @param seconds the length aimed at: no group is longer, but one of a single job that is
 * @returns groups, with those that a group needs before it
 * @throws InputError for a length that is not positive, and for a job before one that it needs
 */
export function groupJobs(jobs: readonly GroupableJob[], seconds: number): JobGroup[] {
  if (!(seconds > 0)) throw parameterError("length of a group", `${seconds}`, "seconds above 0");
  const depths = depthsOf(jobs);
  const open = new Map<string, GroupableJob[]>();
  const bins: GroupableJob[][] = [];
  for (const job of jobs) {
    const doubling = Math.ceil(Math.log2(Math.max(1, job.mebibytes)));
    const kind = [depths.get(job.key), job.threads, doubling].join();
    const bin = open.get(kind);
    if (bin !== undefined && bin.length < MOST_JOBS && total(bin) + job.seconds <= seconds) {
      bin.push(job);
    } else {
      const begun = [job];
      open.set(kind, begun);
      bins.push(begun);
    }
  }
  const depthOf = ([{ key }]: readonly GroupableJob[]) => depths.get(key) ?? 0;
  return grouped(bins.sort((one, other) => depthOf(one) - depthOf(other)));
}

/** How many jobs stand on the longest way from a job to one that needs none. */
function depthsOf(jobs: readonly GroupableJob[]): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { key, needs } of jobs) {
    let depth = 0;
    for (const need of needs) {
      const below = depths.get(need);
      if (below === undefined)
        throw parameterError(`job ${key}`, `it needs ${need}`, "a job that stands before it");
      depth = Math.max(depth, below + 1);
    }
    depths.set(key, depth);
  }
  return depths;
}

function grouped(bins: readonly (readonly GroupableJob[])[]): JobGroup[] {
  const groupOf = new Map<string, string>();
  return bins.map((jobs) => {
    const keys = jobs.map(({ key }) => key);
    const name = createHash("sha256").update(keys.join()).digest("hex").slice(0, 16);
    for (const key of keys) groupOf.set(key, name);
    const needs = new Set(jobs.flatMap((job) => job.needs.map((need) => groupOf.get(need) ?? "")));
    return {
      ...{ name, keys, needs: [...needs], threads: jobs[0].threads },
      seconds: total(jobs),
      mebibytes: Math.max(...jobs.map(({ mebibytes }) => mebibytes)),
    };
  });
}

function total(jobs: readonly GroupableJob[]): number {
  return jobs.reduce((sum, job) => sum + job.seconds, 0);
}

function parameterError(field: string, found: string, expected: string): InputError {
  return new InputError({ kind: "parameter", ...{ field, found, expected } });
}
