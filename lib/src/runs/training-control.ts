import type { TrainingState } from "../training/engine/train";
import { progressText, shareDone } from "../training/progress";
import type { TrainingControl } from "../training/training";
import type { ProgressReport, RunContext } from "./context";
import type { Checkpoint } from "./store";

/** What decides the last digits of a training: what computes it; never the number of threads. */
export function backendKey({ backend: { name, version } }: RunContext): string {
  return `${name} ${version}`;
}

/** A training that shows how far it is, keeps checkpoints, and goes on from the last of them. */
export function trainingControl(
  run: RunContext,
  line: ProgressReport,
  checkpoint: Checkpoint,
): TrainingControl {
  const resume = checkpoint.load() as TrainingState | null;
  return {
    onProgress: (progress) => line.update(progressText(progress), shareDone(progress)),
    ...(run.backend.threads > 0 && { threads: run.backend.threads }),
    ...(resume !== null && { resume }),
    ...(run.signal !== undefined && { signal: run.signal }),
    onCheckpoint: (state) => checkpoint.save(state),
  };
}
