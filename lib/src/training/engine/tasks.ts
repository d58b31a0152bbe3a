import type { TrainingMessage, WorkerDone, WorkerTask } from "./job";
import type { PredictSlot } from "./predict-slot";
import { predictorOf } from "./predictor";
import { trainThread } from "./thread";

/**
 * What a thread of the engine does of one task after another. A training yields after each batch, so
 * that a thread which has more to hear than its tasks can stop there.
 */
export function taskDoer(
  say: (message: TrainingMessage | WorkerDone) => void,
): (task: WorkerTask) => Generator<void, void> {
  let predict: PredictSlot | null = null;
  return function* doTask(task) {
    switch (task.type) {
      case "train":
        yield* trainThread(task.job, task.thread, say);
        say({ type: "trained" });
        break;
      case "predict":
        predict = predictorOf(task.job, task.thread);
        break;
      case "slot":
        predict?.(task.slot, task.first, task.samples);
        say({ type: "slot", slot: task.slot });
        break;
      case "end":
        predict = null;
    }
  };
}

/** Does a task in one go. */
export function toEnd(steps: Generator<void, void>): void {
  while (!steps.next().done);
}
