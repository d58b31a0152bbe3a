import type { TrainingState } from "../training/engine/train";
import type { TrainingControl } from "../training/training";
import type { RunContext } from "./context";
import type { Checkpoint } from "./store";

/** What decides the last digits of a training: what computes it; never the number of threads. */
export function backendKey({ backend: { name, version } }: RunContext): string {
  return `${name} ${version}`;
}

/**
 * A training that can be stopped, keeps checkpoints, and goes on from the last of them. A checkpoint
 * that is none of a training counts as absent.
 */
export function trainingControl(
  checkpoint: Checkpoint,
  signal: AbortSignal | undefined,
  threads: number,
): TrainingControl {
  const loaded = checkpoint.load();
  const resume = loaded !== null && isState(loaded) ? loaded : null;
  return {
    ...(threads > 0 && { threads }),
    ...(resume !== null && { resume }),
    ...(signal !== undefined && { signal }),
    onCheckpoint: (state) => checkpoint.save(state),
  };
}

function isState(found: object): found is TrainingState {
  const { epoch, state, history } = found as Partial<Record<keyof TrainingState, unknown>>;
  const isHistory = typeof history === "object" && history !== null;
  return Number.isInteger(epoch) && state instanceof Float32Array && isHistory;
}
