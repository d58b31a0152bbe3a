import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { PatchShape } from "../batches";
import type { History, PatchLoss, TrainingOptions } from "../types";
import { host } from "./host";
import type { TrainingJob, TrainingMessage, TrainingNews, WorkerDone } from "./job";
import { giveBackMemory, sharedValues, takeMemory } from "./memory";
import type { Network } from "./network";
import { restoreState } from "./state";
import { control } from "./team";
import { layOutTraining } from "./training-layout";
import { copyIn, copyOut } from "./weights";
import { takeWorkers } from "./workers";

/** From where a training goes on as if it had never stopped. */
export interface TrainingState {
  readonly epoch: number;
  readonly state: Float32Array;
  readonly history: History;
}

export interface EngineOptions extends TrainingOptions {
  /** Threads that share each batch; all cores when absent. */
  readonly threads?: number;
  /** Loss of patches that are their own target; the mean squared error when absent. */
  readonly loss?: PatchLoss;
  /** Share of each input's values that masking noise hides; none when absent. */
  readonly mask?: number;
  /** Prior of the non-negative risk of positives (1) and unlabelled (0); cross-entropy when absent. */
  readonly prior?: number;
  /** Stops the training within a batch or two. */
  readonly signal?: AbortSignal;
  /** Goes on from a checkpoint. */
  readonly resume?: TrainingState;
  readonly checkpointEvery?: number;
  readonly onCheckpoint?: (state: TrainingState) => void;
  /**
   * Stops after this epoch, with a checkpoint of it where checkpoints are heard, whatever the number of
   * epochs in all.
   */
  readonly pauseAfter?: number;
  readonly onNews?: (news: TrainingNews) => void;
}

/** How a training ended. */
export type EngineEnd =
  | { readonly status: "done" | "stopped"; readonly history: History }
  | {
      readonly status: "diverged";
      readonly epoch: number;
      readonly batch: number;
      readonly loss: number;
    };

/**
 * Trains a model's weights in place, each batch divided among threads over one shared memory.
 * Sums are taken in a fixed order over parts of the batch: the same seed gives the same bytes on any
 * number of threads.
 *
 * @param network the model's network, from networkOf
 * @param values [count, size, size, bands]; copied unless they are in shared memory
 * @param labels a label a patch for binary cross-entropy; null for a loss of patches
 *   against themselves
 * @throws InputError when patches and buffers exceed what WebAssembly can address
 */
export async function trainByEngine(
  model: LayersModel,
  network: Network,
  values: Float32Array,
  labels: Uint8Array | null,
  shape: PatchShape,
  options: EngineOptions,
): Promise<EngineEnd> {
  const { job, weightPlaces } = prepare(network, values, labels, shape, options);
  const floats = new Float32Array(job.memory.buffer);
  copyIn(model, floats, weightPlaces);
  const { resume } = options;
  if (resume !== undefined) restoreState(job, floats, resume.state);
  const end = await runThreads(job, options);
  copyOut(model, floats, weightPlaces);
  giveBackMemory(job.memory);
  return end;
}

function prepare(
  network: Network,
  values: Float32Array,
  labels: Uint8Array | null,
  { count }: PatchShape,
  options: EngineOptions,
) {
  const { batchSize, threads = host.cores, resume, mask = 0, prior = 0 } = options;
  const hasLabels = labels !== null;
  const laid = layOutTraining(network, { count, batchSize, threads, hasLabels, prior });
  const job: TrainingJob = {
    ...laid.job,
    ...{ network, count },
    values: sharedValues(values),
    memory: takeMemory(laid.bytes),
    epochs: options.epochs,
    epochsDone: resume?.epoch ?? 0,
    pauseAfter: options.pauseAfter ?? 0,
    batchSize,
    loss: options.loss ?? "meanSquaredError",
    ...{ mask, prior },
    learningRate: options.learningRate,
    seed: options.seed,
    checkpointEvery: options.onCheckpoint === undefined ? 0 : (options.checkpointEvery ?? 5),
  };
  const floats = new Float32Array(job.memory.buffer);
  const words = new Int32Array(job.memory.buffer);
  for (const write of laid.writes) words.set(write.values, write.at >>> 2);
  if (labels !== null) floats.set(labels, job.labels >>> 2);
  const { parameters, moving } = job.addresses;
  return { job, weightPlaces: { network, places: laid.places, parameters, moving } };
}

function runThreads(job: TrainingJob, options: EngineOptions): Promise<EngineEnd> {
  const words = new Int32Array(job.memory.buffer, job.control, control.count);
  const loss = [...(options.resume?.history.loss ?? [])];
  const accuracy = [...(options.resume?.history.accuracy ?? [])];
  const history = (): History =>
    job.labels === 0 ? { loss: [...loss] } : { loss: [...loss], accuracy: [...accuracy] };
  let diverged: Extract<EngineEnd, { readonly status: "diverged" }> | null = null;
  const hear = (message: TrainingMessage) => {
    if (message.type === "checkpoint") {
      const { epoch, state } = message;
      options.onCheckpoint?.({ epoch, state, history: history() });
      return;
    }
    if (message.type === "diverged") {
      const { epoch, batch, loss: value } = message;
      diverged = { status: "diverged", epoch, batch, loss: value };
      return;
    }
    if (message.type === "epoch") {
      loss.push(message.loss);
      accuracy.push(message.accuracy);
    }
    options.onNews?.(message);
  };
  const ask = () => Atomics.store(words, control.stopAsked, 1);
  options.signal?.addEventListener("abort", ask);
  if (options.signal?.aborted) ask();
  const workers = takeWorkers(job.threads);
  return new Promise<EngineEnd>((resolve, reject) => {
    let running = workers.length;
    const fail = (error: Error) => {
      // The others would wait for this one for ever.
      for (const worker of workers) worker.end();
      reject(error);
    };
    for (const [thread, worker] of workers.entries()) {
      worker.listen((message) => {
        const said = message as TrainingMessage | WorkerDone;
        if (said.type !== "trained") {
          hear(said as TrainingMessage);
          return;
        }
        worker.giveBack();
        running -= 1;
        if (running > 0) return;
        const isWhole = loss.length === job.epochs;
        resolve(diverged ?? { status: isWhole ? "done" : "stopped", history: history() });
      }, fail);
      worker.give({ type: "train", job, thread });
    }
  }).finally(() => options.signal?.removeEventListener("abort", ask));
}
