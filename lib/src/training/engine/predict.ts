import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { PatchShape } from "../batches";
import { gradientsAtOnce, pathPoints } from "./gradient-slot";
import { host } from "./host";
import type { DropoutPasses, PredictionJob, WorkerDone } from "./job";
import { newLayout } from "./layout";
import { giveBackMemory, takeMemory } from "./memory";
import { multiplicationsOf } from "./multiplications";
import type { Network } from "./network";
import { placeParameters, planThread } from "./plan";
import { samplesAtOnce } from "./predict-slot";
import { pathOf, predictorOf } from "./predictor";
import { copyIn } from "./weights";
import { takeWorkers } from "./workers";

/** Fewer multiplications than these, some 50 ms of work, are done before workers have started. */
const fewMultiplications = 1e9;

/** Most bytes of patches in a slot, and most groups of patches that go through at once. */
const slotBytes = 2 ** 22;
const slotGroups = 8;

export interface PredictionOptions {
  /** Mean squared difference of output and patch, all outputs, or gradients by the patch. */
  readonly takes: PredictionJob["takes"];
  /** Threads that share the patches; all cores when absent. Results hang on it in no way. */
  readonly threads?: number;
  /** Passes in which values drop out; none when absent. */
  readonly dropout?: DropoutPasses;
}

/**
 * Results of some patches: errors, outputs or gradients, of those from the first on; over passes with
 * dropout the mean and the variance of each in turn.
 */
export type TakeResults = (first: number, results: Float64Array | Float32Array) => void;

/**
 * Takes patches through a network and hands results over as they come, some patches at a time and
 * in no fixed order; none are kept, so that memory does not grow with the number of patches. A small
 * work is done at once on the calling thread, a large one by workers.
 *
 * @param values [count, size, size, bands]; read until all are done
 */
export async function predictByEngine(
  model: LayersModel,
  network: Network,
  values: Float32Array,
  { count }: PatchShape,
  { takes, threads: wanted = host.cores, dropout }: PredictionOptions,
  take: TakeResults,
): Promise<void> {
  const path = pathOf(takes);
  const perPatch = network.size * network.size * network.bands;
  // Forth and back, point by point, where gradients are taken.
  const passes = path === null ? (dropout?.passes ?? 1) : 2 * pathPoints(path).length;
  const isSmall = count * passes * multiplicationsOf(network) < fewMultiplications;
  const groups = Math.floor(slotBytes / (samplesAtOnce * perPatch * 4));
  const inSlot =
    path === null ? samplesAtOnce * Math.max(1, Math.min(slotGroups, groups)) : gradientsAtOnce;
  const threads = isSmall ? 1 : Math.max(1, Math.min(wanted, Math.ceil(count / inSlot)));
  const job = prepare(model, network, {
    ...{ takes, threads, inSlot: Math.min(inSlot, count), dropout: dropout ?? null },
  });
  const floats = new Float32Array(job.memory.buffer);
  const numbers = numbersTaken(job);

  const fill = (thread: number, slot: number, first: number, samples: number) =>
    floats.set(
      values.subarray(first * perPatch, (first + samples) * perPatch),
      job.slots[thread][slot].values >>> 2,
    );
  function empty(thread: number, slot: number, first: number, samples: number): void {
    const { results } = job.slots[thread][slot];
    const { buffer } = job.memory;
    take(
      first,
      dropout !== undefined || takes === "errors"
        ? new Float64Array(buffer, results, samples * numbers)
        : new Float32Array(buffer, results, samples * numbers),
    );
  }

  if (isSmall) predictHere(job, count, inSlot, fill, empty);
  else await predictByWorkers(job, count, inSlot, fill, empty);
  giveBackMemory(job.memory);
}

/** Lays out what threads share: weights, and for each its buffers and two slots. */
function prepare(
  model: LayersModel,
  network: Network,
  {
    takes,
    dropout,
    threads,
    inSlot,
  }: Pick<PredictionJob, "takes" | "dropout"> & {
    readonly threads: number;
    readonly inSlot: number;
  },
): PredictionJob {
  const path = pathOf(takes);
  const layout = newLayout();
  const { places, bytes: parameterBytes } = placeParameters(network);
  const parameters = layout.take(parameterBytes);
  const moving = network.layers.map((layer, at) =>
    layer.kind === "normalise" ? layout.take(2 * places[at]!.row * 4) : 0,
  );
  const samples = path === null ? samplesAtOnce : gradientsAtOnce;
  const weights = { network, places, parameters, gradients: null };
  const plans = Array.from({ length: threads }, () =>
    planThread(layout, {
      ...{ ...weights, samples },
      ...{ goesToInput: path !== null, drops: dropout !== null },
    }),
  );
  const patchBytes = network.size * network.size * network.bands * 4;
  const numberBytes = takes === "errors" || dropout !== null ? 8 : 4;
  const resultBytes = numbersTaken({ network, plans, takes, dropout }) * numberBytes;
  const slots = plans.map(() =>
    [0, 1].map(() => ({
      // Vectors may reach past the last value.
      values: layout.take(inSlot * patchBytes + 64),
      results: layout.take(inSlot * resultBytes),
    })),
  );
  const memory = takeMemory(layout.size());
  const words = new Int32Array(memory.buffer);
  for (const write of layout.writes) words.set(write.values, write.at >>> 2);
  copyIn(model, new Float32Array(memory.buffer), { network, places, parameters, moving });
  const addresses = { parameters, gradientsApart: 0, sums: moving, moving };
  return { memory, network, addresses, plans, slots, takes, dropout };
}

/** How many numbers are taken of each patch. */
function numbersTaken({
  network: { size, bands },
  plans,
  takes,
  dropout,
}: Pick<PredictionJob, "network" | "plans" | "takes" | "dropout">): number {
  if (pathOf(takes) !== null) return size * size * bands;
  const { h, w, c } = plans[0].output;
  return (takes === "errors" ? 1 : h * w * c) * (dropout === null ? 1 : 2);
}

type AtSlot = (thread: number, slot: number, first: number, samples: number) => void;

function predictHere(
  job: PredictionJob,
  count: number,
  inSlot: number,
  fill: AtSlot,
  empty: AtSlot,
): void {
  const predict = predictorOf(job, 0);
  for (let first = 0; first < count; first += inSlot) {
    const samples = Math.min(inSlot, count - first);
    fill(0, 0, first, samples);
    predict(0, first, samples);
    empty(0, 0, first, samples);
  }
}

/** Gives each worker the next patches whenever it has done with a slot, until there are no more. */
function predictByWorkers(
  job: PredictionJob,
  count: number,
  inSlot: number,
  fill: AtSlot,
  empty: AtSlot,
): Promise<void> {
  const workers = takeWorkers(job.plans.length);
  let next = 0;
  let done = 0;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      for (const worker of workers) worker.end();
      reject(error);
    };
    for (const [thread, worker] of workers.entries()) {
      const firsts = job.slots[thread].map(() => 0);
      const samplesFrom = (first: number) => Math.min(inSlot, count - first);
      const giveNext = (slot: number) => {
        if (next >= count) return;
        const first = next;
        const samples = samplesFrom(first);
        next += samples;
        firsts[slot] = first;
        fill(thread, slot, first, samples);
        worker.give({ type: "slot", slot, first, samples });
      };
      worker.listen((message) => {
        const said = message as WorkerDone;
        if (said.type !== "slot") return;
        const first = firsts[said.slot];
        try {
          empty(thread, said.slot, first, samplesFrom(first));
        } catch (error) {
          fail(error);
          return;
        }
        done += samplesFrom(first);
        giveNext(said.slot);
        if (done < count) return;
        for (const other of workers) {
          other.give({ type: "end" });
          other.giveBack();
        }
        resolve();
      }, fail);
      worker.give({ type: "predict", job, thread });
      for (const slot of firsts.keys()) giveNext(slot);
    }
  });
}
