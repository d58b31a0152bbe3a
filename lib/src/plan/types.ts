import type { Method } from "../method/parameters";
import type { ScoreTask } from "../runs/score-plan";
import type { Steps } from "../steps/flow";
import type { JobGroup } from "./groups";

/** Where a job finds its study: a folder of data, or a district that is generated from a seed. */
export type StudyPlace = { readonly folder: string } | { readonly district: number };

/** What a job is to do: ask one step of one study, or do a share of its trainings. */
export interface StepTask {
  readonly place: StudyPlace;
  readonly step: keyof Steps;
  /** The parameters that the step hangs on, as they apply. */
  readonly method: Partial<Method>;
  /** Which batch of its trainings is shared out, from 1, and which share is this job's; absent from the job that asks for the whole. */
  readonly share?: { readonly batch: number; readonly part: number; readonly of: number };
}

/** A job of a plan: computed anywhere, its results lie in the run store. */
export interface PlannedJob {
  /** 32 hexadecimal digits: hash of the code, the study's files and the task. */
  readonly key: string;
  /** Title of the step, such as "ablations"; or "tile" and "join" of a raster that is scored. */
  readonly kind: string;
  /** For people, such as "ablations of golden-triangle, 3 of 10". */
  readonly label: string;
  /** Id of the study. */
  readonly study: string;
  /** Keys of the jobs whose results it takes; those come before it in the plan. */
  readonly needs: readonly string[];
  /** Estimated seconds on one thread. */
  readonly seconds: number;
  /** Estimated peak memory, MiB. */
  readonly mebibytes: number;
  readonly threads: number;
  readonly task: StepTask | ScoreTask;
}

/** All that has to be computed for some studies, needs first. */
export interface WorkPlan {
  readonly format: "prospectivity-plan/1";
  /** The command line that it stands for. */
  readonly command: readonly string[];
  /** Absolute path of the folder of results, whose run store the jobs share. */
  readonly results: string;
  readonly jobs: readonly PlannedJob[];
  /** The same jobs, put together to what a scheduler is given as one, needs first. */
  readonly groups: readonly JobGroup[];
  /** What makes reports of the results, once all is computed: the words after npm run. */
  readonly gather: readonly string[];
}
