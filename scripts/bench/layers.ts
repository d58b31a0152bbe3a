import { kernelsIn } from "../../lib/dist/training/engine/kernels";
import { type ImageBuffer, newLayout } from "../../lib/dist/training/engine/layout";
import { sharedMemory } from "../../lib/dist/training/engine/memory";
import { networkOf } from "../../lib/dist/training/engine/network";
import { partsOf } from "../../lib/dist/training/engine/parts";
import {
  type PlannedLayer,
  placeParameters,
  planThread,
} from "../../lib/dist/training/engine/plan";
import { make } from "../../lib/dist/training/engine/steps";
import { operationsOf } from "./arithmetic";
import type { Recorder } from "./record";
import type { Trial } from "./trials";

type Kernels = ReturnType<typeof kernelsIn>;

const samples = 32;
const rounds = 7;

/** Milliseconds of processor time, which do not grow with what else the machine does. */
function milliseconds(work: () => unknown): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** Billions of multiplications and additions a second that one thread can do on registers alone. */
function peakOf(kernels: Kernels): number {
  const turns = 50_000;
  return (384 * turns) / milliseconds(() => kernels.peak(turns)) / 1e6;
}

/** Until V8 has compiled the loop for speed, which it does once it has run for a while. */
function warmUp(kernels: Kernels): void {
  for (let turn = 0; turn < 50; turn++) peakOf(kernels);
}

/**
 * Speed of every product of a network on one thread. Two are told: of the arithmetic that the kernel
 * really does, and its share of the peak, which each round measures before and after and of which the
 * higher counts; and of the definition's arithmetic, which a convolution by fewer multiplications does
 * not do and which may thus pass the peak.
 */
export function layerSpeeds(trial: Trial, { keep }: Recorder): void {
  const network = networkOf(trial.build());
  if ("unknown" in network) throw new Error(network.unknown);
  const layout = newLayout();
  const { places, bytes: parameterBytes } = placeParameters(network);
  const parameters = layout.take(parameterBytes);
  const plan = planThread(layout, {
    ...{ network, places, parameters, gradients: layout.take(parameterBytes), samples },
  });
  const memory = sharedMemory(layout.size());
  const floats = new Float32Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  for (const { at, values } of layout.writes) words.set(values, at >>> 2);
  floats.subarray(parameters >>> 2, (parameters + parameterBytes) >>> 2).fill(0.01);
  const kernels = kernelsIn(memory);
  warmUp(kernels);
  for (const planned of plan.layers) {
    const { layer, x, y, dy, products } = planned;
    if (layer.kind !== "convolution" && layer.kind !== "dense") continue;
    for (const image of [x, dy]) fill(floats, image);
    for (const call of [...products.pack, ...products.packBackward]) make(kernels, call);
    const taps = layer.kind === "dense" ? 1 : 9 * y.h * y.w;
    const ofDefinition = 2 * samples * taps * layer.inputs * layer.outputs;
    for (const { what, title, run, operations } of productsOf(planned, kernels, words)) {
      const once = milliseconds(() => repeat(run, 20)) / 20;
      const repeats = Math.max(1, Math.ceil(4 / once));
      const speeds: number[] = [];
      const shares: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const before = peakOf(kernels);
        const taken = milliseconds(() => repeat(run, repeats)) / repeats;
        speeds.push(operations / taken / 1e6);
        shares.push(speeds[round] / Math.max(before, peakOf(kernels)));
      }
      const name = `${trial.name}, ${layer.name} (${layer.inputs} to ${layer.outputs}), ${title}`;
      const key = `${trial.id}.layers.${layer.name}.${what}`;
      const saved = speeds.map((speed) => (speed * ofDefinition) / operations);
      keep(`${key}.gflops`, `${name}: GFLOP/s done`, speeds);
      keep(`${key}.overPeak`, `${name}: share of the peak`, shares);
      keep(`${key}.definitionGflops`, `${name}: GFLOP/s of the definition`, saved);
    }
  }
}

function repeat(run: () => void, times: number): void {
  for (let time = 0; time < times; time++) run();
}

/** The products of a layer, as work to time and to count; the first layer's input needs no gradient. */
function productsOf({ products }: PlannedLayer, kernels: Kernels, words: Int32Array) {
  const { forward, backward, gradient } = products;
  const parts = partsOf(samples);
  const each = samples / parts;
  const run = (steps: typeof forward) => () => {
    for (const { kernel, at } of steps) kernels[kernel](at, samples);
  };
  const runGradient = () => {
    for (let part = 0; part < parts; part++)
      for (const { kernel, at } of gradient) kernels[kernel](at, part * each, each, 0);
  };
  const count = (steps: typeof forward | typeof gradient, some: number) =>
    steps.reduce((sum, step) => sum + operationsOf(step, some, words), 0);
  const ofGradient = parts * count(gradient, each);
  const work = [
    {
      ...{ what: "forward", title: "forward", run: run(forward) },
      operations: count(forward, samples),
    },
    {
      ...{ what: "inputGradient", title: "gradient by input", run: run(backward) },
      operations: count(backward, samples),
    },
    {
      ...{ what: "filterGradient", title: "gradient by weights", run: runGradient },
      operations: ofGradient,
    },
  ] as const;
  return work.filter(({ what }) => what !== "inputGradient" || backward.length > 0);
}

/** Values in the images but not in their borders. */
function fill(floats: Float32Array, { origin, ns, hs, cs, h, w }: ImageBuffer): void {
  for (let sample = 0; sample < samples; sample++) {
    for (let row = 0; row < h; row++) {
      const at = (origin + sample * ns + row * hs) >>> 2;
      for (let value = 0; value < w * cs; value++) floats[at + value] = Math.sin(value + row);
    }
  }
}
