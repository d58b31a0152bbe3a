import { derivedSeed } from "../../random";
import type { Kernels } from "./kernels";
import type { ImageBuffer } from "./layout";
import type { PlannedLayer, ThreadPlan } from "./plan";
import { make } from "./products";

/** A thread among those that compute a batch together. */
export interface Team {
  readonly thread: number;
  readonly threads: number;
  /** Waits until every thread of the team has come here. */
  barrier(): void;
}

/** What a pass is told besides its samples. */
export interface Pass {
  /** Samples of the thread, and of the whole batch; number of the thread's first in the batch. */
  readonly samples: number;
  readonly batch: number;
  readonly first: number;
  /** Seeds dropout for this step. */
  readonly seed: number;
  readonly step: string;
}

/** Addresses that a pass works with. */
export interface Addresses {
  readonly parameters: number;
  /** For each layer the scratch of all threads, for sums over the whole batch. */
  readonly scratches: readonly (readonly number[])[];
  /** Moving mean, then moving variance, of each normalising layer. */
  readonly moving: readonly number[];
}

/** The passes of a thread over its plan. */
export function computer(
  kernels: Kernels,
  floats: Float32Array,
  plan: ThreadPlan,
  addresses: Addresses,
  team: Team,
) {
  const at = (address: number, count: number) =>
    floats.subarray(address >>> 2, (address >>> 2) + count);

  /** Weights as the products want them, once a step. */
  function pack(isTraining: boolean): void {
    for (const { products } of plan.layers) {
      for (const call of products.pack) make(kernels, call);
      if (isTraining) for (const call of products.packBackward) make(kernels, call);
    }
  }

  function forward(pass: Pass, isTraining: boolean): void {
    const { samples: n } = pass;
    for (const [number, planned] of plan.layers.entries()) {
      const { layer, x, y } = planned;
      switch (layer.kind) {
        case "convolution":
        case "dense":
          for (const product of planned.products.forward) {
            if (planned.products.isDot) kernels.dots(product, n);
            else kernels.product(product, n);
          }
          if (layer.activation === "sigmoid") {
            kernels.sigmoid(y.origin, y.ns, y.hs, n, y.h, y.w * y.cs * 4);
          }
          break;
        case "pool":
          kernels.pool(x.origin, x.ns, x.hs, y.origin, y.ns, y.hs, n, y.h, y.w, y.cs);
          break;
        case "grow":
          kernels.grow(x.origin, x.ns, x.hs, y.origin, y.ns, y.hs, n, x.h, x.w, x.cs);
          break;
        case "dropout":
          drop(planned, x, y, pass, isTraining);
          break;
        case "normalise":
          normalise(planned, number, pass, isTraining);
          break;
        case "flatten":
          break;
      }
    }
  }

  /** From the gradient by the last layer's output, before its activation, to those of all weights. */
  function backward(pass: Pass): void {
    const { samples: n } = pass;
    for (let number = plan.layers.length - 1; number >= 0; number--) {
      const planned = plan.layers[number];
      const { layer, x, y, dx, dy, place } = planned;
      switch (layer.kind) {
        case "convolution":
        case "dense":
          if (layer.activation === "relu") kernels.reluGradient(y.base, dy.base, n * y.ns);
          for (const product of planned.products.gradient) kernels.outer(product, n);
          for (const call of planned.products.gather) make(kernels, call);
          kernels.sumPixels(
            dy.origin,
            dy.ns,
            dy.hs,
            n,
            dy.h,
            dy.w,
            dy.cs,
            plan.gradients + place!.bias,
          );
          for (const product of planned.products.backward) kernels.product(product, n);
          break;
        case "pool":
          kernels.poolGradient(
            x.origin,
            y.origin,
            dy.origin,
            dx!.origin,
            x.ns,
            x.hs,
            y.ns,
            y.hs,
            n,
            y.h,
            y.w,
            y.cs,
          );
          break;
        case "grow":
          kernels.growGradient(dy.origin, dy.ns, dy.hs, dx!.origin, x.ns, x.hs, n, x.h, x.w, x.cs);
          break;
        case "dropout":
          drop(planned, dy, dx!, pass, true);
          break;
        case "normalise":
          normaliseGradient(planned, number, pass);
          break;
        case "flatten":
          break;
      }
    }
  }

  /** The same values fall out of outputs and of gradients, since chance hangs on place and step. */
  function drop(
    { layer }: PlannedLayer,
    from: ImageBuffer,
    to: ImageBuffer,
    { samples, first, seed, step }: Pass,
    isTraining: boolean,
  ): void {
    if (layer.kind !== "dropout") return;
    const rate = isTraining ? layer.rate : 0;
    const key = rate > 0 ? derivedSeed(seed, `${layer.name}/${step}`) : 0;
    const { h, w, cs } = from;
    kernels.dropout(
      from.origin,
      from.ns,
      from.hs,
      to.origin,
      to.ns,
      to.hs,
      samples,
      first,
      h,
      w,
      cs,
      key,
      rate,
    );
  }

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

  function normalise(planned: PlannedLayer, number: number, pass: Pass, isTraining: boolean): void {
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

  function normaliseGradient(planned: PlannedLayer, number: number, pass: Pass): void {
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

  return { pack, forward, backward };
}
