import { parentPort } from "node:worker_threads";
import type { TrainingMessage, WorkerDone, WorkerTask } from "./job";
import { type PredictSlot, slotPredictor } from "./predict-slot";
import { trainThread } from "./thread";

/** A thread of the engine: does what it is given, one task after another. */
const say = (message: TrainingMessage | WorkerDone) => parentPort?.postMessage(message);

let predict: PredictSlot | null = null;

parentPort?.on("message", (task: WorkerTask) => {
  switch (task.type) {
    case "train":
      trainThread(task.job, task.thread, say);
      say({ type: "trained" });
      break;
    case "predict":
      predict = slotPredictor(task.job, task.thread);
      break;
    case "slot":
      predict?.(task.slot, task.samples);
      say({ type: "slot", slot: task.slot });
      break;
    case "end":
      predict = null;
  }
});
