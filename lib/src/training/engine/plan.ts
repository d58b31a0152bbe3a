import { channelRows, type ImageBuffer, type Layout, type ParameterPlace, upTo4 } from "./layout";
import type { EngineLayer, Network } from "./network";
import { finishOf, scratchBytes } from "./planes";
import { planProducts } from "./products";
import { noFinish, noProducts, type ProductPlan } from "./steps";

/** A layer with its buffers and descriptors; addresses are absolute, for one thread. */
export interface PlannedLayer {
  readonly layer: EngineLayer;
  readonly x: ImageBuffer;
  readonly y: ImageBuffer;
  /** Gradients by input and output; null in training where the input is the patches themselves. */
  readonly dx: ImageBuffer | null;
  readonly dy: ImageBuffer;
  readonly place: ParameterPlace | null;
  readonly products: ProductPlan;
  /** Rows of channel values (channelRows): for normalisation, and for sums of two images. */
  readonly scratch: number;
  /** Whether output and input are one and nothing is to do, or the layer before does it. */
  readonly isView: boolean;
  /** Whether a normalising layer takes the maxima of the pool behind it, and writes nothing else. */
  readonly pools: boolean;
  /** Whether the layer behind takes from the gradient what a relu does. */
  readonly isCut: boolean;
}

/** Everything that a thread needs to compute, by address. */
export interface ThreadPlan {
  readonly input: ImageBuffer;
  readonly output: ImageBuffer;
  /** The gradient by the input; null where none is taken. */
  readonly inputGradient: ImageBuffer | null;
  readonly layers: readonly PlannedLayer[];
  /** The first part's gradients of all parameters; 0 where none are taken. */
  readonly gradients: number;
  /** Patches as they come, and the order in which they are taken from there: that of coming. */
  readonly patches: number;
  readonly order: number;
}

/** Where each layer's parameters lie, and the bytes of them all. */
export function placeParameters(network: Network): {
  readonly places: readonly (ParameterPlace | null)[];
  readonly bytes: number;
} {
  let next = 0;
  const take = (count: number) => {
    const at = next;
    next += count * 4;
    return at;
  };
  const places = network.layers.map((layer): ParameterPlace | null => {
    if (layer.kind === "convolution" || layer.kind === "dense") {
      const row = upTo4(layer.outputs);
      const rows = layer.kind === "dense" ? layer.inputs : 9 * layer.inputs;
      return { weights: take(rows * row), bias: take(row), row };
    }
    if (layer.kind === "normalise") {
      const row = upTo4(layer.channels);
      return { weights: take(row), bias: take(row), row };
    }
    return null;
  });
  return { places, bytes: Math.ceil(next / 64) * 64 };
}

export interface ThreadPlanOptions {
  readonly network: Network;
  readonly places: readonly (ParameterPlace | null)[];
  /** Address of the shared parameters. */
  readonly parameters: number;
  /** Address of the first part's gradients; null to lay out nothing that only training needs. */
  readonly gradients: number | null;
  /** Whether to go back to the input, without gradients of weights; not when absent. */
  readonly goesToInput?: boolean;
  /** Most samples that the thread works on at once. */
  readonly samples: number;
  /** Whether values drop out in prediction too; false when absent. */
  readonly drops?: boolean;
}

/** Lays out the buffers of a thread and writes down its descriptors. */
export function planThread(layout: Layout, options: ThreadPlanOptions): ThreadPlan {
  const { network, places, parameters, gradients, samples } = options;
  const { goesToInput = false, drops = false } = options;
  const [first] = network.layers;
  const isFirstDot = "outputs" in first && first.outputs % 4 !== 0;
  const image = (h: number, w: number, c: number, cs = upTo4(c), border = 1): ImageBuffer => {
    const hs = (w + 2 * border) * cs * 4;
    const ns = (h + 2 * border) * hs;
    // A row and some bytes more, since tiles and vectors may reach past the last pixel.
    const base = layout.take(samples * ns + hs + 64);
    return { base, origin: base + border * (hs + cs * 4), ns, hs, cs, h, w, c };
  };
  const takeRows = (layer: EngineLayer) =>
    layer.kind === "normalise" || layer.kind === "add"
      ? layout.take(channelRows.count * upTo4(layer.channels) * 4)
      : 0;
  const { size, bands } = network;
  const isFixed = gradients === null;
  const isPrediction = isFixed && !goesToInput;
  const order = layout.take(samples * 4);
  layout.writes.push({ at: order, values: Array.from({ length: samples }, (_, at) => at) });
  const patches = layout.take(samples * size * size * bands * 4 + 64);
  const scratch = layout.take(planesBytes(network, isPrediction));
  const memory = { parameters, gradients, isPrediction, scratch };
  const input = image(size, size, bands, isFirstDot ? upTo4(bands) : bands);
  let x = input;
  /** In training only, since gradients of predictions go back through what each layer has made. */
  const poolsAt = (at: number, { h, w }: ImageBuffer) =>
    !isFixed &&
    network.layers[at]?.kind === "normalise" &&
    network.layers[at + 1]?.kind === "pool" &&
    h % 2 === 0 &&
    w % 2 === 0;
  // Vectors are written to it, however few bands there are.
  const inputGradient = goesToInput ? image(size, size, bands) : null;
  let dx: ImageBuffer | null = inputGradient;
  let finish = noFinish;
  // Layers that the convolution before has done already.
  let done = 0;
  const layers = network.layers.map((layer, at): PlannedLayer => {
    const isDone = done > 0;
    const isIdle = isFixed && !drops && layer.kind === "dropout";
    const isPooled = at > 0 && poolsAt(at - 1, x);
    const isView = isDone || layer.kind === "flatten" || isIdle;
    const pools = poolsAt(at, x);
    const rows = isDone && layer.kind === "normalise" ? finish.folded : takeRows(layer);
    done = Math.max(0, done - 1);
    if (isPrediction && layer.kind === "convolution") {
      finish = finishOf(layer, x, network.layers.slice(at + 1), takeRows);
      done = Number(finish.folded > 0) + Number(finish.pools);
    }
    // No window ever reads beyond the one pixel of a dense layer.
    const border = layer.kind === "dense" ? 0 : 1;
    const like = ([h, w, c]: [number, number, number]) =>
      isView || pools ? x : image(h, w, c, upTo4(c), border);
    const [h, w, c] = outputShape(layer, x);
    const y = like(layer.kind === "convolution" && finish.pools ? [h >> 1, w >> 1, c] : [h, w, c]);
    const dy = isPrediction ? y : isView || pools ? (dx as ImageBuffer) : like([h, w, c]);
    const place = places[at];
    const planned = { layer, x, y, dx, dy, place };
    const products =
      layer.kind === "convolution" || layer.kind === "dense"
        ? planProducts(layout, { ...planned, layer, place: place! }, { ...memory, finish })
        : noProducts;
    x = y;
    dx = dy;
    const behind = network.layers[at + 1]?.kind;
    const isRelu = "activation" in layer && layer.activation === "relu";
    const isCut = isRelu && !isPrediction && (behind === "pool" || poolsAt(at + 1, y));
    return { ...planned, products, scratch: rows, isView: isView || isPooled, pools, isCut };
  });
  return { input, output: x, inputGradient, layers, gradients: gradients ?? 0, patches, order };
}

/** The most that any layer's planes take. */
function planesBytes({ size, bands, layers }: Network, isPrediction: boolean): number {
  let shape = { h: size, w: size, c: bands };
  let most = 0;
  for (const layer of layers) {
    most = Math.max(most, scratchBytes(layer, shape, isPrediction));
    const [h, w, c] = outputShape(layer, shape);
    shape = { h, w, c };
  }
  return most;
}

type Shape = Pick<ImageBuffer, "h" | "w" | "c">;

/** Rows, columns and channels that a layer makes of its input. */
export function outputShape(layer: EngineLayer, { h, w, c }: Shape): [number, number, number] {
  switch (layer.kind) {
    case "convolution":
      return layer.grows ? [2 * h, 2 * w, layer.outputs] : [h, w, layer.outputs];
    case "dense":
    case "sample":
      return [1, 1, layer.outputs];
    case "average":
      return [1, 1, c];
    case "unfold":
      return [layer.h, layer.w, layer.c];
    case "pool":
      return [h >> 1, w >> 1, c];
    case "grow":
      return [2 * h, 2 * w, c];
    default:
      return [h, w, c];
  }
}
