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
  readonly order: number;
  readonly control: number;
  /** Two Float64 a part: loss and hits. */
  readonly sums: number;
  readonly count: number;
  readonly epochs: number;
  /** Epochs that are done already, when a training is resumed. */
  readonly epochsDone: number;
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

/** What the first thread says while it trains. */
export type TrainingMessage =
  | TrainingNews
  | { readonly type: "checkpoint"; readonly epoch: number; readonly state: Float32Array }
  | {
      readonly type: "diverged";
      readonly epoch: number;
      readonly batch: number;
      readonly loss: number;
    };
