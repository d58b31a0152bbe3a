import type { TrainingState } from "../training/engine/train";
import type { TrainingControl } from "../training/training";
import type { RunContext } from "./context";
import type { Checkpoint } from "./store";

/** What decides the last digits of a training: what computes it; never the number of threads. */
export function backendKey({ backend: { name, version } }: RunContext): string {
  return `${name} ${version}`;
}

/** A training that can be stopped, keeps checkpoints, and goes on from the last of them. */
export function trainingControl(
  checkpoint: Checkpoint,
  signal: AbortSignal | undefined,
  threads: number,
): TrainingControl {
  const resume = checkpoint.load() as TrainingState | null;
  return {
    ...(threads > 0 && { threads }),
    ...(resume !== null && { resume }),
    ...(signal !== undefined && { signal }),
    onCheckpoint: (state) => checkpoint.save(state),
  };
}
