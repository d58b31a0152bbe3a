import type { Part } from "./pass";

/** Losses clip probabilities here, as Keras and TensorFlow.js do. */
export const CLIP = 1e-7;

/** What a part of a batch adds to the loss, and how many of its samples are classified right. */
export interface PartLoss {
  readonly loss: number;
  readonly hits: number;
}

/**
 * The loss of a part, and its gradient by the last layer's output before that one's activation.
 *
 * @param numbers of the thread's samples of this batch, among all
 * @param batch samples of the whole batch
 */
export type LossOfPart = (part: Part, numbers: Uint32Array, batch: number) => PartLoss;

/** How a thread takes losses. */
export interface Losses {
  readonly lossOfPart: LossOfPart;
  /** Leaves what a part says towards the non-negative risk, which all read before they take losses. */
  readonly addClassSums: (part: Part, numbers: Uint32Array) => void;
}
