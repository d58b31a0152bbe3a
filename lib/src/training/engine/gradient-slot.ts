import { computer } from "./compute";
import type { GradientPath, PredictionJob } from "./job";
import { kernelsIn } from "./kernels";
import type { PredictSlot } from "./predict-slot";

/**
 * Patches that go forth and back at once: all images of a network and their gradients take part,
 * several times what a prediction needs, and are to stay in the cache.
 */
export const gradientsAtOnce = 8;

/** Where along a straight path gradients are taken: the middles of its steps, or its end. */
export function pathPoints({ steps }: Pick<GradientPath, "steps">): number[] {
  if (steps === 0) return [1];
  return Array.from({ length: steps }, (_, step) => (step + 0.5) / steps);
}

/**
 * One thread's part in gradients by the input, with dropout left out and normalisation by moving
 * statistics, as in prediction. A slot's results are the mean gradient along the path to each patch.
 */
export function gradientSlot(job: PredictionJob, path: GradientPath, thread: number): PredictSlot {
  const { memory, network, addresses } = job;
  const { size, bands, layers } = network;
  const perPatch = size * size * bands;
  const plan = job.plans[thread];
  const { input, output, patches } = plan;
  const dx = plan.inputGradient!;
  const { dy } = plan.layers[plan.layers.length - 1];
  const last = layers[layers.length - 1];
  const isSigmoid = "activation" in last && last.activation === "sigmoid" ? 1 : 0;
  const floats = new Float32Array(memory.buffer);
  const kernels = kernelsIn(memory);
  const alone = { thread: 0, parts: 1, barrier: () => undefined };
  const compute = computer(kernels, floats, plan, addresses, alone);
  compute.pack(true);
  const points = pathPoints(path);
  const sums = new Float64Array(gradientsAtOnce * perPatch);
  /** Of the mean squared error, by what the network makes of a value. */
  const scale = 2 / perPatch;

  /** Puts what lies so far along the paths where patches come from. */
  function walkTo(share: number, from: number, samples: number): void {
    const start = patches >>> 2;
    for (let at = 0; at < samples * perPatch; at++) {
      const begin = path.baseline[at % perPatch];
      floats[start + at] = begin + share * (floats[from + at] - begin);
    }
    const { origin, ns, hs, cs } = input;
    kernels.gather(patches, plan.order, samples, size, bands, origin, ns, hs, cs);
  }

  /** The gradient by the last layer's output, before its activation. */
  function begin(samples: number): void {
    for (let sample = 0; sample < samples; sample++) {
      const [from, to] = [output.origin + sample * output.ns, dy.origin + sample * dy.ns];
      if (path.of === "logit") {
        floats[to >>> 2] = 1;
      } else {
        const target = patches + sample * perPatch * 4;
        const { hs, cs } = output;
        kernels.squaredErrorGradient(from, to, hs, cs, target, size, bands, scale, isSigmoid);
      }
    }
  }

  /** Adds the gradient by each value; an error hangs on its patch directly too. */
  function addUp(samples: number): void {
    const isError = path.of === "error";
    let at = 0;
    for (let sample = 0; sample < samples; sample++) {
      for (let row = 0; row < size; row++) {
        const gradient = (dx.origin + sample * dx.ns + row * dx.hs) >>> 2;
        const made = (output.origin + sample * output.ns + row * output.hs) >>> 2;
        for (let column = 0; column < size; column++) {
          for (let band = 0; band < bands; band++, at++) {
            sums[at] += floats[gradient + column * dx.cs + band];
            if (!isError) continue;
            const off = floats[(patches >>> 2) + at] - floats[made + column * output.cs + band];
            sums[at] += scale * off;
          }
        }
      }
    }
  }

  return (slot, _, count) => {
    const { values, results } = job.slots[thread][slot];
    for (let first = 0; first < count; first += gradientsAtOnce) {
      const samples = Math.min(gradientsAtOnce, count - first);
      const from = (values >>> 2) + first * perPatch;
      const pass = { samples, batch: samples, first: 0, parts: [], seed: 0, step: "" };
      sums.fill(0);
      for (const share of points) {
        walkTo(share, from, samples);
        compute.forward(pass, false);
        begin(samples);
        compute.backward(pass, false);
        addUp(samples);
      }
      const to = (results >>> 2) + first * perPatch;
      for (let at = 0; at < samples * perPatch; at++) floats[to + at] = sums[at] / points.length;
    }
  };
}
