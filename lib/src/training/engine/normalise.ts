import type { Kernels } from "./kernels";
import type { ImageBuffer } from "./layout";
import type { Addresses, Pass, Team } from "./pass";
import type { PlannedLayer, ThreadPlan } from "./plan";

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) over the whole batch, which is divided among threads:
 * each adds up its own samples, and all meet before they read the sums.
 */
export function normaliser(
  kernels: Kernels,
  floats: Float32Array,
  plan: ThreadPlan,
  addresses: Addresses,
  team: Team,
) {
  const at = (address: number, count: number) =>
    floats.subarray(address >>> 2, (address >>> 2) + count);

  /** Scratch of a normalising layer: rows of channel values. */
  const rows = { sum: 0, sum2: 1, dot: 2, mean: 3, a: 4, b: 5, e: 6, inverse: 7 } as const;

  function rowOf(number: number, row: keyof typeof rows, thread = team.thread): number {
    const { y } = plan.layers[number];
    return addresses.scratches[number][thread] + rows[row] * y.cs * 4;
  }

  /** A row summed over the threads in their order, so that rounding is the same every time. */
  function total(number: number, row: keyof typeof rows, channels: number): Float32Array {
    const sum = new Float32Array(channels);
    for (let thread = 0; thread < team.threads; thread++) {
      const part = at(rowOf(number, row, thread), channels);
      for (let channel = 0; channel < channels; channel++) sum[channel] += part[channel];
    }
    return sum;
  }

  function forward(planned: PlannedLayer, number: number, pass: Pass, isTraining: boolean): void {
    const { layer, x, y, place } = planned;
    if (layer.kind !== "normalise") return;
    const { cs } = x;
    const moving = addresses.moving[number];
    const movingMean = at(moving, cs);
    const movingVariance = at(moving + cs * 4, cs);
    const mean = at(rowOf(number, "mean"), cs);
    let variance = movingVariance;
    mean.set(movingMean);
    if (isTraining) {
      const pixels = pass.batch * x.h * x.w;
      const over = [x.origin, x.ns, x.hs, pass.samples, x.h, x.w, cs] as const;
      at(rowOf(number, "sum"), cs).fill(0);
      kernels.sumPixels(...over, rowOf(number, "sum"));
      team.barrier();
      mean.set(total(number, "sum", cs).map((sum) => sum / pixels));
      at(rowOf(number, "sum2"), cs).fill(0);
      kernels.sumSquares(...over, rowOf(number, "mean"), rowOf(number, "sum2"));
      team.barrier();
      variance = total(number, "sum2", cs).map((sum) => sum / pixels);
      if (team.thread === 0) {
        const keep = layer.momentum;
        for (let channel = 0; channel < cs; channel++) {
          movingMean[channel] = keep * movingMean[channel] + (1 - keep) * mean[channel];
          movingVariance[channel] = keep * movingVariance[channel] + (1 - keep) * variance[channel];
        }
      }
    }
    const gamma = at(addresses.parameters + place!.weights, cs);
    const beta = at(addresses.parameters + place!.bias, cs);
    const a = at(rowOf(number, "a"), cs);
    const e = at(rowOf(number, "e"), cs);
    const inverse = at(rowOf(number, "inverse"), cs);
    for (let channel = 0; channel < cs; channel++) {
      inverse[channel] = 1 / Math.sqrt(variance[channel] + layer.epsilon);
      a[channel] = gamma[channel] * inverse[channel];
      e[channel] = beta[channel] - mean[channel] * a[channel];
    }
    combine(number, x, null, y, pass.samples);
  }

  function backward(planned: PlannedLayer, number: number, pass: Pass): void {
    const { x, dx, dy, place } = planned;
    const { cs } = x;
    const over = [dy.ns, dy.hs, pass.samples, dy.h, dy.w, cs] as const;
    at(rowOf(number, "sum"), cs).fill(0);
    at(rowOf(number, "dot"), cs).fill(0);
    kernels.sumPixels(dy.origin, ...over, rowOf(number, "sum"));
    kernels.sumProducts(x.origin, dy.origin, ...over, rowOf(number, "mean"), rowOf(number, "dot"));
    const inverse = at(rowOf(number, "inverse"), cs);
    const own = at(rowOf(number, "dot"), cs);
    const gammaGradient = at(plan.gradients + place!.weights, cs);
    const betaGradient = at(plan.gradients + place!.bias, cs);
    for (let channel = 0; channel < cs; channel++) {
      gammaGradient[channel] += own[channel] * inverse[channel];
      betaGradient[channel] += at(rowOf(number, "sum"), cs)[channel];
    }
    team.barrier();
    const pixels = pass.batch * x.h * x.w;
    const sum = total(number, "sum", cs);
    const dot = total(number, "dot", cs);
    const a = at(rowOf(number, "a"), cs);
    const b = at(rowOf(number, "b"), cs);
    const e = at(rowOf(number, "e"), cs);
    const mean = at(rowOf(number, "mean"), cs);
    for (let channel = 0; channel < cs; channel++) {
      b[channel] = (-a[channel] * inverse[channel] ** 2 * dot[channel]) / pixels;
      e[channel] = (-a[channel] * sum[channel]) / pixels - b[channel] * mean[channel];
    }
    combine(number, dy, x, dx!, pass.samples);
  }

  function combine(
    number: number,
    u: ImageBuffer,
    v: ImageBuffer | null,
    y: ImageBuffer,
    samples: number,
  ): void {
    kernels.combine(
      u.origin,
      v?.origin ?? 0,
      y.origin,
      u.ns,
      u.hs,
      samples,
      u.h,
      u.w,
      u.cs,
      rowOf(number, "a"),
      rowOf(number, "b"),
      rowOf(number, "e"),
    );
  }

  return { forward, backward };
}
