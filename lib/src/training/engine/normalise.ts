import type { Kernels } from "./kernel-functions";
import { channelRows, type ImageBuffer } from "./layout";
import type { Addresses, Part, Pass, Team } from "./pass";
import type { PlannedLayer, ThreadPlan } from "./plan";

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) over the whole batch, which is divided among threads:
 * each adds up the samples of its parts, and all meet before they read the sums.
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

  function rowOf(number: number, row: keyof typeof channelRows): number {
    const { y, scratch } = plan.layers[number];
    return scratch + channelRows[row] * y.cs * 4;
  }

  /** Sums that each part has for all threads to read. */
  const sums = { sum: 0, squares: 1, products: 2 } as const;

  function sumOf(number: number, kind: keyof typeof sums, part: number): number {
    const { y } = plan.layers[number];
    return addresses.sums[number] + (3 * part + sums[kind]) * y.cs * 4;
  }

  /** Sums of all parts, added in their order, so that rounding is the same every time. */
  function total(number: number, kind: keyof typeof sums, channels: number): Float32Array {
    const sum = new Float32Array(channels);
    for (let part = 0; part < team.parts; part++) {
      const values = at(sumOf(number, kind, part), channels);
      for (let channel = 0; channel < channels; channel++) sum[channel] += values[channel];
    }
    return sum;
  }

  /** Adds up, for each of the thread's parts, what a kernel gives for its samples. */
  function addUp(
    number: number,
    kind: keyof typeof sums,
    { parts }: Pass,
    add: (part: Part, out: number) => void,
  ): void {
    const { cs } = plan.layers[number].y;
    for (const part of parts) {
      const out = sumOf(number, kind, part.number);
      at(out, cs).fill(0);
      add(part, out);
    }
  }

  function forward(planned: PlannedLayer, number: number, pass: Pass, isTraining: boolean): void {
    const { layer, x, y } = planned;
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
      const start = ({ from }: Part) => x.origin + from * x.ns;
      const over = ({ samples }: Part) => [x.ns, x.hs, samples, x.h, x.w, cs] as const;
      addUp(number, "sum", pass, (part, out) => kernels.sumPixels(start(part), ...over(part), out));
      team.barrier();
      mean.set(total(number, "sum", cs).map((sum) => sum / pixels));
      const middle = rowOf(number, "mean");
      addUp(number, "squares", pass, (part, out) =>
        kernels.sumProducts(start(part), 0, ...over(part), middle, out),
      );
      team.barrier();
      variance = total(number, "squares", cs).map((sum) => sum / pixels);
      if (team.thread === 0) {
        const keep = layer.momentum;
        for (let channel = 0; channel < cs; channel++) {
          movingMean[channel] = keep * movingMean[channel] + (1 - keep) * mean[channel];
          movingVariance[channel] = keep * movingVariance[channel] + (1 - keep) * variance[channel];
        }
      }
    }
    setRows(planned, number, mean, variance);
    if (planned.pools) combinePool(number, pass.samples);
    else combine(number, x, null, y, pass.samples);
  }

  /** The maxima of a x + e, which the pool behind would take. */
  function combinePool(number: number, samples: number): void {
    const { x } = plan.layers[number];
    const { y } = plan.layers[number + 1];
    const [a, e] = [rowOf(number, "a"), rowOf(number, "e")];
    kernels.combinePool(
      ...([x.origin, x.ns, x.hs, y.origin, y.ns, y.hs, samples, y.h, y.w, y.cs, a, e] as const),
    );
  }

  /** Rows to normalise by, from moving mean and variance: for a layer that the one before takes on. */
  function fold(planned: PlannedLayer, number: number): void {
    const { cs } = planned.y;
    const moving = addresses.moving[number];
    setRows(planned, number, at(moving, cs), at(moving + cs * 4, cs));
  }

  /** y = a x + e, from the layer's parameters and some mean and variance. */
  function setRows(
    { layer, y, place }: PlannedLayer,
    number: number,
    mean: Float32Array,
    variance: Float32Array,
  ): void {
    if (layer.kind !== "normalise") return;
    const { cs } = y;
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
  }

  /** Sums of the gradient and of its products with x - mean, of each of the thread's parts. */
  function addGradients({ x, dy, pools }: PlannedLayer, number: number, pass: Pass): void {
    const { cs } = x;
    const middle = rowOf(number, "mean");
    if (!pools) {
      const over = ({ samples }: Part) => [dy.ns, dy.hs, samples, dy.h, dy.w, cs] as const;
      addUp(number, "sum", pass, (part, out) =>
        kernels.sumPixels(dy.origin + part.from * dy.ns, ...over(part), out),
      );
      addUp(number, "products", pass, (part, out) => {
        const shift = part.from * dy.ns;
        kernels.sumProducts(x.origin + shift, dy.origin + shift, ...over(part), middle, out);
      });
      return;
    }
    const { dy: g } = plan.layers[number + 1];
    const [a, e] = [rowOf(number, "a"), rowOf(number, "e")];
    for (const part of pass.parts) at(sumOf(number, "sum", part.number), cs).fill(0);
    addUp(number, "products", pass, ({ number: part, from, samples }, products) => {
      const sum = sumOf(number, "sum", part);
      kernels.pooledSums(
        ...([x.origin + from * x.ns, g.origin + from * g.ns, x.ns, x.hs, g.ns, g.hs] as const),
        ...([samples, g.h, g.w, cs, a, e, middle, sum, products] as const),
      );
    });
  }

  /**
   * The gradient by the input, and those of the layer's own parameters.
   *
   * @param floor what inputs must be above to have a gradient, where a relu made them and the pool
   *   behind is taken on
   */
  function backward(planned: PlannedLayer, number: number, pass: Pass, floor: number): void {
    const { x, dx, dy, place, pools } = planned;
    const { cs } = x;
    addGradients(planned, number, pass);
    const inverse = at(rowOf(number, "inverse"), cs);
    for (const part of pass.parts) {
      const gradients = plan.gradients + part.number * addresses.gradientsApart;
      const gammaGradient = at(gradients + place!.weights, cs);
      const betaGradient = at(gradients + place!.bias, cs);
      const products = at(sumOf(number, "products", part.number), cs);
      const sum = at(sumOf(number, "sum", part.number), cs);
      for (let channel = 0; channel < cs; channel++) {
        gammaGradient[channel] += products[channel] * inverse[channel];
        betaGradient[channel] += sum[channel];
      }
    }
    team.barrier();
    const pixels = pass.batch * x.h * x.w;
    const sum = total(number, "sum", cs);
    const dot = total(number, "products", cs);
    const a = at(rowOf(number, "a"), cs);
    const b = at(rowOf(number, "b"), cs);
    const f = at(rowOf(number, "f"), cs);
    const mean = at(rowOf(number, "mean"), cs);
    for (let channel = 0; channel < cs; channel++) {
      b[channel] = (-a[channel] * inverse[channel] ** 2 * dot[channel]) / pixels;
      f[channel] = (-a[channel] * sum[channel]) / pixels - b[channel] * mean[channel];
    }
    if (!pools) {
      combine(number, dy, x, dx!, pass.samples, "f");
      return;
    }
    const { dy: g } = plan.layers[number + 1];
    const { ns, hs } = x;
    const rows = (["a", "e", "b", "f"] as const).map((row) => rowOf(number, row));
    const [rowA, rowE, rowB, rowF] = rows;
    kernels.combinePoolGradient(
      ...([
        x.origin,
        g.origin,
        dx!.origin,
        ns,
        hs,
        g.ns,
        g.hs,
        pass.samples,
        g.h,
        g.w,
        cs,
      ] as const),
      ...([rowA, rowE, rowB, rowF, floor] as const),
    );
  }

  /** Back where moving statistics normalised, which no input moves: dx = a dy. */
  function backThrough({ dx, dy }: PlannedLayer, number: number, pass: Pass): void {
    at(rowOf(number, "f"), dy.cs).fill(0);
    combine(number, dy, null, dx!, pass.samples, "f");
  }

  function combine(
    number: number,
    u: ImageBuffer,
    v: ImageBuffer | null,
    y: ImageBuffer,
    samples: number,
    shift: "e" | "f" = "e",
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
      rowOf(number, shift),
    );
  }

  return { forward, backward, backThrough, fold };
}
