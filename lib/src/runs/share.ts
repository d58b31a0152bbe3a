/** Which of several jobs that share the trainings of one step is at work. */
export interface Share {
  /** From 0. */
  readonly part: number;
  readonly of: number;
}

/**
 * How a job ends that was to do its share of some trainings only: the step that asked for them cannot go
 * on, since the others' are not there yet.
 */
export class ShareDone extends Error {
  override readonly name = "ShareDone";
}

/** By name: the compiled library and its source have a class each. */
export function isShareDone(error: unknown): boolean {
  return error instanceof Error && error.name === "ShareDone";
}

/** Whether a training is this job's, by its number among those of its list. */
export function isOwn({ part, of }: Share, number: number): boolean {
  return number % of === part;
}
