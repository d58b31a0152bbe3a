import type { BackendInfo } from "../training/backend";
import type { Share } from "./share";
import type { RunStore } from "./store";

/** One line about long work, replaced in place. */
export interface ProgressReport {
  update(text: string, shareDone?: number): void;
  finish(text: string): void;
}

/** What a step needs beside its input: where results are kept, the seed, and whom to tell. */
export interface RunContext {
  readonly store: RunStore;
  readonly seed: number;
  readonly backend: BackendInfo;
  /** Stops trainings; what they had come to is kept, and the next run goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** Where given, a list of trainings of which some are missing is done in part, and ends in ShareDone. */
  readonly share?: Share | undefined;
  /** Opens a progress line. */
  progress(label: string): ProgressReport;
  /** Told of each training once it is done. */
  onTrial(trial: { label: string; seconds: number; fromStore: boolean }): void;
}
