/** Loss and, for a classifier, accuracy by epoch. */
export interface History {
  /** Mean training loss of each epoch. */
  readonly loss: readonly number[];
  /** Share of training samples classified right at 0.5, by epoch; absent for an auto-encoder. */
  readonly accuracy?: readonly number[];
}

/** How far an auto-encoder's output is from its patch, by the names that TensorFlow.js gives. */
export type PatchLoss = "meanSquaredError" | "meanAbsoluteError" | "binaryCrossentropy";

/** Optimiser settings; RMSprop with the Keras defaults unless the study says otherwise. */
export interface TrainingOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Seeds initial weights, shuffling and dropout. */
  readonly seed: number;
}

/** How far a training has come. */
export interface TrainingProgress {
  /** Epoch in progress, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Batches done in this epoch, and batches in an epoch. */
  readonly batch: number;
  readonly batches: number;
  /** Mean loss so far in this epoch. */
  readonly loss: number;
  readonly accuracy?: number;
  readonly secondsElapsed: number;
  readonly secondsLeft: number;
}
