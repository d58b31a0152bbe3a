import { createHash } from "node:crypto";
import { type GroupableJob, groupJobs, type JobGroup } from "../../lib/src/plan/groups";

/** A plan of jobs that only wait: what the workflow reads of one. */
export interface EmptyPlan {
  readonly format: "prospectivity-plan/1";
  readonly gather: readonly string[];
  /** The results folder. */
  readonly results: string;
  readonly jobs: readonly (GroupableJob & { readonly study: string })[];
  readonly groups: readonly JobGroup[];
}

export interface EmptyPlanOptions {
  readonly results: string;
  readonly studies: number;
  /** Jobs of each study at the second and third depth; one stands at the first. */
  readonly width: number;
  readonly jobSeconds: number;
  readonly groupSeconds: number;
}

/**
 * A plan in the shape of ours: of each study a map that all need, networks that need it, and scores
 * that need a network each.
 */
export function emptyPlan(options: EmptyPlanOptions): EmptyPlan {
  const { results, studies, width, jobSeconds, groupSeconds } = options;
  const jobs = Array.from({ length: studies }, (_, number) => {
    const study = `district-${number}`;
    const job = (label: string, needs: readonly string[]) => ({
      key: createHash("sha256").update(`${study} ${label}`).digest("hex").slice(0, 32),
      ...{ study, needs, seconds: jobSeconds, mebibytes: 60, threads: 1 },
    });
    const map = job("map", []);
    const networks = Array.from({ length: width }, (_, at) => job(`network ${at}`, [map.key]));
    const scores = networks.map(({ key }, at) => job(`scores ${at}`, [map.key, key]));
    return [map, ...networks, ...scores];
  }).flat();
  const groups = groupJobs(jobs, groupSeconds);
  return { format: "prospectivity-plan/1", gather: ["study"], results, jobs, groups };
}
