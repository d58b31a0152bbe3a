import type { LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../errors";
import type { PatchShape } from "./batches";
import type { TrainingState } from "./engine/train";
import type { History, PatchLoss, TrainingOptions, TrainingProgress } from "./types";

/** A trained model; the caller disposes of it. */
export interface Trained {
  readonly model: LayersModel;
  readonly history: History;
  readonly seconds: number;
}

export type OnProgress = (progress: TrainingProgress) => void;

/** What a training may be told besides its settings. */
export interface TrainingControl {
  readonly onProgress?: OnProgress;
  /** Threads that share each batch; all cores when absent. */
  readonly threads?: number;
  /** Stops the training within a batch or two. */
  readonly signal?: AbortSignal;
  /** Goes on from here as if it had never stopped. TensorFlow.js starts anew, and says so. */
  readonly resume?: TrainingState;
  /** Told every few epochs, and when it is stopped, what to resume from; never by TensorFlow.js. */
  readonly onCheckpoint?: (state: TrainingState) => void;
}

/** Patches, and a label for each unless they are their own target. */
export interface Samples {
  readonly values: Float32Array;
  readonly labels: Uint8Array | null;
  /** Binary cross-entropy where there are labels. */
  readonly loss: PatchLoss;
  /**
   * Share of each patch's values, 0 to 1, that masking noise hides from the network, which is to give
   * the whole patch back; none when absent.
   */
  readonly mask?: number;
  /**
   * Takes label 1 for positive and 0 for unlabelled, by the non-negative risk with this share of
   * positives among the unlabelled, above 0 and below 1; cross-entropy when absent.
   */
  readonly prior?: number;
  readonly shape: PatchShape;
}

/** What a stopped training throws. */
export function stopped(epoch: number, epochs: number, remedy = "run it again to go on"): Error {
  const error = new Error(`training was stopped after ${epoch} of ${epochs} epochs; ${remedy}`);
  error.name = "AbortError";
  return error;
}

/** Refuses a loss that is no number. */
export function requireFinite(
  loss: number,
  epoch: number,
  batch: number,
  options: TrainingOptions,
): void {
  if (Number.isFinite(loss)) return;
  throw new InputError({
    kind: "values",
    field: `loss at epoch ${epoch}, batch ${batch}`,
    found: String(loss),
    expected: "a finite number",
    remedy: `Try a lower learning rate than ${options.learningRate}, and check the patches for values outside [0, 1].`,
  });
}
