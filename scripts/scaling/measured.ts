import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Seconds by the clock, and of processors: the latter hardly hang on what else the machine does. */
export interface Timing {
  readonly clock: number;
  readonly processor: number;
}

/** What `npm run scaling -- --measure` found. */
export interface Measured {
  readonly machine: string;
  readonly versions: { readonly [program: string]: string };
  /** Processes that waited for a core when it began, on the average of a minute. */
  readonly load: number;
  /** Snakemake reads a plan and decides what to do. */
  readonly graph: readonly (Timing & { readonly groups: number })[];
  /** The Snakemake that a group starts on its node, in a plan of so many. */
  readonly nodeSnakemake: readonly (Timing & { readonly groups: number })[];
  /** Node, the library and a study, before the first job begins. */
  readonly desk: Timing;
  /** Results a second that one process, and four side by side, write into one store. */
  readonly write: { readonly one: number; readonly four: number };
  /** Seconds until `sbatch` returns, and until an empty job has ended. */
  readonly slurm: { readonly submit: number; readonly whole: number };
  /** Snakemake in charge of so many empty groups, reports among them, on a cluster of four cores. */
  readonly runs: readonly (Timing & { readonly groups: number })[];
}

/** Plans that are really run on a cluster: of one group and of 44, each with its reports. */
export const RUN = [
  { studies: 1, width: 0 },
  { studies: 4, width: 5 },
] as const;

export const measuredPath = join(__dirname, "measured.json");

export function readMeasured(): Measured {
  return JSON.parse(readFileSync(measuredPath, "utf8")) as Measured;
}
