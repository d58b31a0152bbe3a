import { derivedSeed } from "../../random";
import type { Kernels } from "./kernel-functions";
import { latentLayers } from "./latent";
import type { ImageBuffer } from "./layout";
import { normaliser } from "./normalise";
import type { Addresses, Part, Pass, Team } from "./pass";
import type { PlannedLayer, ThreadPlan } from "./plan";
import { shortcuts } from "./shortcuts";
import { further, make, type ProductPlan } from "./steps";

/** Layers that a pass forward goes through: from one to before another; all when absent. */
interface SomeLayers {
  readonly from?: number;
  readonly to?: number;
  /** Whether values drop out; as in training, when absent. */
  readonly drops?: boolean;
}

/** The passes of a thread over its plan. */
export function computer(
  kernels: Kernels,
  floats: Float32Array,
  plan: ThreadPlan,
  addresses: Addresses,
  team: Team,
) {
  const normalise = normaliser(kernels, floats, plan, addresses, team);
  const shortcut = shortcuts(kernels, floats, plan);
  const latent = latentLayers(floats, plan);

  /** Weights as the products want them, once a step. */
  function pack(goesBack: boolean): void {
    for (const [number, planned] of plan.layers.entries()) {
      const { products } = planned;
      // Whoever normalises in its place reads the rows.
      if (planned.isView && planned.layer.kind === "normalise") normalise.fold(planned, number);
      for (const call of products.pack) make(kernels, call);
      if (goesBack) for (const call of products.packBackward) make(kernels, call);
    }
  }

  function forward(pass: Pass, isTraining: boolean, some: SomeLayers = {}): void {
    const { samples: n } = pass;
    const { from = 0, to = plan.layers.length, drops = isTraining } = some;
    for (let number = from; number < to; number++) {
      const planned = plan.layers[number];
      const { layer, x, y } = planned;
      if (planned.isView) continue;
      switch (layer.kind) {
        case "convolution":
        case "dense":
          for (const { kernel, at } of planned.products.forward) kernels[kernel](at, n);
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
          drop(planned, x, y, pass, drops);
          break;
        case "normalise":
          normalise.forward(planned, number, pass, isTraining);
          break;
        case "relu":
        case "add":
        case "average":
          shortcut.forward(planned, n);
          break;
        case "sample":
        case "unfold":
          latent.forward(planned, pass, isTraining);
          break;
        case "flatten":
          break;
      }
    }
  }

  /**
   * From the gradient by the last layer's output, before its activation, to those of the weights of
   * the pass's parts, and to that of the input where the plan goes there.
   *
   * @param isTraining whether layers normalise by the batch and drop values, as they did forward
   */
  function backward(pass: Pass, isTraining: boolean): void {
    const { samples: n } = pass;
    for (let number = plan.layers.length - 1; number >= 0; number--) {
      const planned = plan.layers[number];
      const { layer, x, y, dx, dy, place } = planned;
      switch (layer.kind) {
        case "convolution":
        case "dense":
          if (layer.activation === "relu" && !planned.isCut) {
            kernels.reluGradient(y.base, dy.base, n * y.ns);
          }
          // A part without samples has no gradients: a last batch may be smaller than there are parts.
          for (const part of pass.parts.filter(({ samples }) => samples > 0)) {
            addWeightGradients(planned.products, part);
            const { origin, ns, hs, h, w, cs } = dy;
            const bias = plan.gradients + place!.bias + part.number * addresses.gradientsApart;
            kernels.sumPixels(origin + part.from * ns, ns, hs, part.samples, h, w, cs, bias);
          }
          for (const { kernel, at } of planned.products.backward) kernels[kernel](at, n);
          break;
        case "pool":
          if (planned.isView) break;
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
            floorOf(number),
          );
          break;
        case "grow":
          kernels.growGradient(dy.origin, dy.ns, dy.hs, dx!.origin, x.ns, x.hs, n, x.h, x.w, x.cs);
          break;
        case "dropout":
          if (!planned.isView) drop(planned, dy, dx!, pass, isTraining);
          break;
        case "normalise":
          if (isTraining) normalise.backward(planned, number, pass, floorOf(number));
          else normalise.backThrough(planned, number, pass);
          break;
        case "relu":
        case "add":
        case "average":
          shortcut.backward(planned, n);
          break;
        case "sample":
        case "unfold":
          latent.backward(planned, pass);
          break;
        case "flatten":
          break;
      }
      shortcut.gather(number, n);
    }
  }

  /** What a layer's inputs must be above to have a gradient, where the layer before is a relu of its. */
  const floorOf = (number: number) => (plan.layers[number - 1].isCut ? 0 : -Infinity);

  function addWeightGradients(products: ProductPlan, { number, from, samples }: Part): void {
    const apart = number * addresses.gradientsApart;
    for (const call of products.clear) make(kernels, call);
    // Products that are gathered afterwards go to a place of the thread.
    const shift = products.gather.length > 0 ? 0 : apart;
    for (const { kernel, at } of products.gradient) kernels[kernel](at, from, samples, shift);
    for (const call of products.gather) make(kernels, further(call, apart));
  }

  /** The same values fall out of outputs and of gradients, since chance hangs on place and step. */
  function drop(
    { layer }: PlannedLayer,
    from: ImageBuffer,
    to: ImageBuffer,
    { samples, first, seed, step }: Pass,
    drops: boolean,
  ): void {
    if (layer.kind !== "dropout") return;
    const rate = drops ? layer.rate : 0;
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

  return { pack, forward, backward };
}
