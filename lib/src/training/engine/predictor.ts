import { gradientSlot } from "./gradient-slot";
import type { GradientPath, PredictionJob } from "./job";
import { type PredictSlot, slotPredictor } from "./predict-slot";

/** The path along which gradients are taken; null where a prediction takes none. */
export function pathOf(takes: PredictionJob["takes"]): GradientPath | null {
  return typeof takes === "string" ? null : takes;
}

/** One thread's part in a prediction, of whatever it takes. */
export function predictorOf(job: PredictionJob, thread: number): PredictSlot {
  const path = pathOf(job.takes);
  return path === null ? slotPredictor(job, thread) : gradientSlot(job, path, thread);
}
