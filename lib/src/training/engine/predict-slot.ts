import { computer } from "./compute";
import type { PredictionJob } from "./job";
import { kernelsIn } from "./kernels";
import type { Pass } from "./pass";

/** Patches that go through the network at once: few, to stay in the cache, and whole tiles of products. */
export const samplesAtOnce = 24;

/**
 * Takes the patches of a slot through the network, and leaves results there.
 *
 * @param first number of the first patch among all, on which what drops out hangs
 */
export type PredictSlot = (slot: number, first: number, samples: number) => void;

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

  function takeError(sample: number, target: number, into: Float64Array, to: number): void {
    const at = output.origin + sample * output.ns;
    const sum = kernels.squaredError(at, output.hs, output.cs, target, size, bands);
    into[to] = sum / perPatch;
  }

  function takeOutput(sample: number, into: Float32Array | Float64Array, to: number): void {
    let next = to;
    for (let row = 0; row < output.h; row++) {
      const from = (output.origin + sample * output.ns + row * output.hs) >>> 2;
      for (let column = 0; column < output.w; column++) {
        const pixel = from + column * output.cs;
        for (let channel = 0; channel < output.c; channel++) {
          into[next++] = floats[pixel + channel];
        }
      }
    }
  }

  const firstDropout = network.layers.findIndex(({ kind }) => kind === "dropout");
  /** The layers before anything drops out; all where nothing does. */
  const settled = firstDropout < 0 ? network.layers.length : firstDropout;
  const passes = job.dropout?.passes ?? 0;

  /** Mean and variance of each number over the passes, whose values are not kept (Welford 1962). */
  function gatherPasses(pass: Pass, patches: number, to: number): void {
    const each = job.takes === "errors" ? 1 : perOutput;
    const taken = new Float64Array(pass.samples * each);
    doubles.fill(0, to, to + 2 * taken.length);
    for (let number = 1; number <= passes; number++) {
      compute.forward({ ...pass, step: `pass ${number}` }, false, { from: settled, drops: true });
      takeNumbers(taken, pass.samples, patches);
      for (let at = 0; at < taken.length; at++) {
        const mean = to + 2 * at;
        const off = taken[at] - doubles[mean];
        doubles[mean] += off / number;
        doubles[mean + 1] += off * (taken[at] - doubles[mean]);
      }
    }
    for (let at = 0; at < taken.length; at++) doubles[to + 2 * at + 1] /= passes - 1;
  }

  function takeNumbers(taken: Float64Array, samples: number, patches: number): void {
    for (let sample = 0; sample < samples; sample++) {
      if (job.takes === "outputs") takeOutput(sample, taken, sample * perOutput);
      else takeError(sample, patches + sample * perPatch * 4, taken, sample);
    }
  }

  return (slot, firstOfSlot, count) => {
    const { values, results } = job.slots[thread][slot];
    for (let first = 0; first < count; first += samplesAtOnce) {
      const samples = Math.min(samplesAtOnce, count - first);
      const patches = values + first * perPatch * 4;
      const { origin, ns, hs, cs } = input;
      kernels.gather(patches, plan.order, samples, size, bands, origin, ns, hs, cs);
      const seed = job.dropout?.seed ?? 0;
      const pass = {
        samples,
        batch: samples,
        first: firstOfSlot + first,
        parts: [],
        seed,
        step: "",
      };
      if (passes > 0) {
        compute.forward(pass, false, { to: settled });
        const each = job.takes === "errors" ? 1 : perOutput;
        gatherPasses(pass, patches, (results >>> 3) + 2 * first * each);
        continue;
      }
      compute.forward(pass, false);
      for (let sample = 0; sample < samples; sample++) {
        const at = first + sample;
        if (job.takes === "outputs") takeOutput(sample, floats, (results >>> 2) + at * perOutput);
        else takeError(sample, patches + sample * perPatch * 4, doubles, (results >>> 3) + at);
      }
    }
  };
}
