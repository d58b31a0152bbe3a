import type { PatchLoss } from "../types";
import type { Network } from "./network";
import type { Addresses } from "./pass";
import type { ThreadPlan } from "./plan";

/** Everything that the threads of a training are told at their start; addresses are in bytes. */
export interface TrainingJob {
  readonly memory: WebAssembly.Memory;
  readonly network: Network;
  readonly threads: number;
  /** Parts of a batch, however many threads share them. */
  readonly parts: number;
  readonly plans: readonly ThreadPlan[];
  readonly addresses: Addresses;
  readonly parameterBytes: number;
  /** Mean squares of gradients, which RMSprop keeps. */
  readonly squares: number;
  readonly movingBytes: number;
  /** All patches, [count, size, size, bands], in memory that threads and trainings share. */
  readonly values: Float32Array;
  /** A label a patch as float32; 0 when patches are their own target. */
  readonly labels: number;
  /** Loss of patches that are their own target. */
  readonly loss: PatchLoss;
  /** Share of an input's values that masking noise hides; 0 for none. */
  readonly mask: number;
  /** Prior of the non-negative risk, to which label 1 is positive and 0 unlabelled; 0 for cross-entropy. */
  readonly prior: number;
  readonly order: number;
  readonly control: number;
  /** Two Float64 a part: loss and hits. */
  readonly sums: number;
  /** Five Float64 a part: what its samples say towards the non-negative risk. */
  readonly classSums: number;
  readonly count: number;
  readonly epochs: number;
  /** Epochs that are done already, when a training is resumed. */
  readonly epochsDone: number;
  /** Epoch after which the training stops with a checkpoint; 0 to go through. */
  readonly pauseAfter: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
  /** Epochs from one checkpoint to the next; 0 for none. */
  readonly checkpointEvery: number;
}

/** How far a training has come; means are over the samples of the epoch so far. */
export interface TrainingNews {
  readonly type: "batch" | "epoch";
  readonly epoch: number;
  readonly batch: number;
  readonly batches: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** The state after a whole epoch. */
export interface Checkpoint {
  readonly type: "checkpoint";
  readonly epoch: number;
  readonly state: Float32Array;
}

/** What the first thread says while it trains. */
export type TrainingMessage =
  | TrainingNews
  | Checkpoint
  | {
      readonly type: "diverged";
      readonly epoch: number;
      readonly batch: number;
      readonly loss: number;
    };

/** Where a thread finds some patches and leaves what it makes of them, in bytes. */
export interface PredictionSlot {
  readonly values: number;
  readonly results: number;
}

/**
 * A straight path to each patch, along which the gradient by the input is averaged: at the middle of
 * each of so many equal steps, or at the patch itself where it has none.
 */
export interface GradientPath {
  /** Of the last layer's one output before its sigmoid, or of the mean squared error of the patch. */
  readonly of: "logit" | "error";
  /** Where all paths begin, [size, size, bands]. */
  readonly baseline: Float32Array;
  readonly steps: number;
}

/** Passes in which values drop out, of which mean and variance are told. */
export interface DropoutPasses {
  /** Two at least. */
  readonly passes: number;
  readonly seed: number;
}

/** Everything that the threads of a prediction are told at their start. */
export interface PredictionJob {
  readonly memory: WebAssembly.Memory;
  readonly network: Network;
  readonly addresses: Addresses;
  /** For each thread. */
  readonly plans: readonly ThreadPlan[];
  /** For each thread: while it works on one, another is filled. */
  readonly slots: readonly (readonly PredictionSlot[])[];
  /**
   * Errors as Float64, one a patch; outputs as Float32, [count, row, column, channel]; or the mean
   * gradient along a path as Float32, [count, size, size, bands].
   */
  readonly takes: "errors" | "outputs" | GradientPath;
  /**
   * Where there are some, results are two Float64 for each number that is taken: its mean and its
   * variance over the passes; null for one pass in which nothing drops out, as for gradients.
   */
  readonly dropout: DropoutPasses | null;
}

/** What a worker of the engine may be given to do. */
export type WorkerTask =
  | { readonly type: "train"; readonly job: TrainingJob; readonly thread: number }
  | { readonly type: "predict"; readonly job: PredictionJob; readonly thread: number }
  | {
      readonly type: "slot";
      readonly slot: number;
      /** Number of the first patch among all, and how many there are. */
      readonly first: number;
      readonly samples: number;
    }
  | { readonly type: "end" };

/** What a worker says when it is done: with a training, or with a slot. */
export type WorkerDone =
  | { readonly type: "trained" }
  | { readonly type: "slot"; readonly slot: number };
