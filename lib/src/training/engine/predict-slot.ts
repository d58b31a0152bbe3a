import { computer } from "./compute";
import type { PredictionJob } from "./job";
import { kernelsIn } from "./kernels";

/** Patches that go through the network at once: few, to stay in the cache, and whole tiles of products. */
export const samplesAtOnce = 24;

/** Takes the patches of a slot through the network, and leaves results there. */
export type PredictSlot = (slot: number, samples: number) => void;

/** One thread's part in a prediction; errors never need a whole reconstruction. */
export function slotPredictor(job: PredictionJob, thread: number): PredictSlot {
  const { memory, network, addresses } = job;
  const { size, bands } = network;
  const perPatch = size * size * bands;
  const plan = job.plans[thread];
  const { input, output } = plan;
  const floats = new Float32Array(memory.buffer);
  const doubles = new Float64Array(memory.buffer);
  const kernels = kernelsIn(memory);
  const alone = { thread: 0, parts: 1, barrier: () => undefined };
  const compute = computer(kernels, floats, plan, addresses, alone);
  compute.pack(false);
  const perOutput = output.h * output.w * output.c;

  function takeError(sample: number, target: number, to: number): void {
    const at = output.origin + sample * output.ns;
    const sum = kernels.squaredError(at, output.hs, output.cs, target, size, bands);
    doubles[to] = sum / perPatch;
  }

  function takeOutput(sample: number, to: number): void {
    let next = to;
    for (let row = 0; row < output.h; row++) {
      const from = (output.origin + sample * output.ns + row * output.hs) >>> 2;
      for (let column = 0; column < output.w; column++) {
        const pixel = from + column * output.cs;
        for (let channel = 0; channel < output.c; channel++) {
          floats[next++] = floats[pixel + channel];
        }
      }
    }
  }

  return (slot, count) => {
    const { values, results } = job.slots[thread][slot];
    for (let first = 0; first < count; first += samplesAtOnce) {
      const samples = Math.min(samplesAtOnce, count - first);
      const patches = values + first * perPatch * 4;
      const { origin, ns, hs, cs } = input;
      kernels.gather(patches, plan.order, samples, size, bands, origin, ns, hs, cs);
      compute.forward({ samples, batch: samples, first: 0, parts: [], seed: 0, step: "" }, false);
      for (let sample = 0; sample < samples; sample++) {
        const at = first + sample;
        if (job.takes === "outputs") takeOutput(sample, (results >>> 2) + at * perOutput);
        else takeError(sample, patches + sample * perPatch * 4, (results >>> 3) + at);
      }
    }
  };
}
