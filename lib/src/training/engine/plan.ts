import type { EngineLayer, Network } from "./network";

/** Images of one layer for the samples of a thread: [sample, row, column, channel]. */
export interface ImageBuffer {
  readonly base: number;
  /** Address of the first pixel; a border of zeros lies around each image. */
  readonly origin: number;
  /** Bytes from one sample to the next, and from one row to the next. */
  readonly ns: number;
  readonly hs: number;
  /** Values from one pixel to the next: the channels, filled up to a multiple of four. */
  readonly cs: number;
  readonly h: number;
  readonly w: number;
  readonly c: number;
}

/** Where a layer's trained values lie in the block of parameters, in bytes from its start. */
export interface ParameterPlace {
  readonly weights: number;
  readonly bias: number;
  /** Values of a weights row, filled up to a multiple of four. */
  readonly row: number;
}

/** A layer with its buffers and descriptors; addresses are absolute, for one thread. */
export interface PlannedLayer {
  readonly layer: EngineLayer;
  readonly x: ImageBuffer;
  readonly y: ImageBuffer;
  /** Gradients by input and output; null where the input is the patches themselves. */
  readonly dx: ImageBuffer | null;
  readonly dy: ImageBuffer;
  readonly place: ParameterPlace | null;
  /** Descriptor of the product forward, and whether it is in dot form. */
  readonly forward: number;
  readonly isDot: boolean;
  /** Weights packed for the dot form, and turned for the input's gradient; 0 for none. */
  readonly runs: number;
  readonly turned: number;
  readonly turnedRow: number;
  /** Descriptors of the products that give the input's gradient, and of the weights' gradient. */
  readonly backward: readonly number[];
  readonly gradient: number;
  /** Scratch of channel values: for normalisation. */
  readonly scratch: number;
}

/** Everything that a thread needs to compute, by address. */
export interface ThreadPlan {
  readonly input: ImageBuffer;
  readonly output: ImageBuffer;
  readonly layers: readonly PlannedLayer[];
  /** The thread's own gradients of all parameters. */
  readonly gradients: number;
  /** Order of samples that the thread gathers in prediction. */
  readonly order: number;
}

/** Hands out addresses, each a multiple of 64, and notes what is to be written before the start. */
export interface Layout {
  take(bytes: number): number;
  readonly writes: { readonly at: number; readonly values: readonly number[] }[];
  readonly size: () => number;
}

export function newLayout(from = 1024): Layout {
  let next = from;
  const writes: Layout["writes"] = [];
  return {
    take(bytes) {
      const at = next;
      next += Math.ceil(bytes / 64) * 64;
      return at;
    },
    writes,
    size: () => next,
  };
}

const upTo4 = (count: number) => Math.ceil(count / 4) * 4;

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
  readonly parameterBytes: number;
  /** Address of the shared parameters. */
  readonly parameters: number;
  /** Most samples that the thread works on at once. */
  readonly samples: number;
  /** Without it, nothing is laid out that only training needs. */
  readonly isTraining: boolean;
}

/** Lays out the buffers of a thread and writes down its descriptors. */
export function planThread(layout: Layout, options: ThreadPlanOptions): ThreadPlan {
  const { network, places, parameterBytes, parameters, samples, isTraining } = options;
  const [first] = network.layers;
  const isFirstDot = "outputs" in first && first.outputs % 4 !== 0;
  const image = (h: number, w: number, c: number, cs = upTo4(c)): ImageBuffer => {
    const border = h > 1 || w > 1 ? 1 : 0;
    const hs = (w + 2 * border) * cs * 4;
    const ns = (h + 2 * border) * hs;
    // Some bytes more, since vectors may be read past the last value of the last pixel.
    const base = layout.take(samples * ns + 64);
    return { base, origin: base + border * (hs + cs * 4), ns, hs, cs, h, w, c };
  };
  const gradients = isTraining ? layout.take(parameterBytes) : 0;
  const order = layout.take(samples * 4);
  const { size, bands } = network;
  const input = image(size, size, bands, isFirstDot ? upTo4(bands) : bands);
  let x = input;
  let dx: ImageBuffer | null = null;
  const layers = network.layers.map((layer, at): PlannedLayer => {
    const isView = layer.kind === "flatten";
    const like = (shape: [number, number, number]) => (isView ? x : image(...shape));
    const shape = outputShape(layer, x);
    const y = like(shape);
    const dy = !isTraining ? y : isView ? (dx as ImageBuffer) : image(...shape);
    const place = places[at];
    const planned = { layer, x, y, dx, dy, place };
    const products =
      layer.kind === "convolution" || layer.kind === "dense"
        ? planProducts(
            layout,
            { ...planned, layer, place: place! },
            parameters,
            gradients,
            isTraining,
          )
        : noProducts;
    const scratch = layer.kind === "normalise" ? layout.take(8 * upTo4(layer.channels) * 4) : 0;
    x = y;
    dx = dy;
    return { ...planned, ...products, scratch };
  });
  return { input, output: x, layers, gradients, order };
}

const noProducts = {
  forward: 0,
  isDot: false,
  runs: 0,
  turned: 0,
  turnedRow: 0,
  backward: [],
  gradient: 0,
};

function outputShape(layer: EngineLayer, { h, w, c }: ImageBuffer): [number, number, number] {
  switch (layer.kind) {
    case "convolution":
      return [h, w, layer.outputs];
    case "dense":
      return [1, 1, layer.outputs];
    case "pool":
      return [h >> 1, w >> 1, c];
    case "grow":
      return [2 * h, 2 * w, c];
    default:
      return [h, w, c];
  }
}

interface Weighted {
  readonly layer: Extract<EngineLayer, { readonly kind: "convolution" | "dense" }>;
  readonly x: ImageBuffer;
  readonly y: ImageBuffer;
  readonly dx: ImageBuffer | null;
  readonly dy: ImageBuffer;
  readonly place: ParameterPlace;
}

/** How many samples of some pixels to take at once, so that they stay in the nearest cache. */
const block = (h: number, w: number, pixels: number) => Math.max(1, Math.floor(pixels / (h * w)));

function planProducts(
  layout: Layout,
  { layer, x, y, dx, dy, place }: Weighted,
  parameters: number,
  gradients: number,
  isTraining: boolean,
) {
  const describe = (values: readonly number[]) => {
    const at = layout.take(values.length * 4);
    layout.writes.push({ at, values });
    return at;
  };
  const { inputs, outputs } = layer;
  const isConvolution = layer.kind === "convolution";
  const taps = isConvolution ? 9 : 1;
  const pixel = (image: ImageBuffer) => image.cs * 4;
  /** Where the window of the first output pixel begins, and the runs of values in it. */
  const windowOf = (image: ImageBuffer, channels: number) => {
    if (!isConvolution) {
      // A dense layer reads whole rows of all channels.
      const len = image.h * image.w === 1 ? channels : image.w * image.c;
      return { at: image.origin, g1: image.h, s1: image.hs, g2: 1, s2: 0, len };
    }
    const at = image.origin - image.hs - pixel(image);
    const isDense = image.cs === channels;
    return isDense
      ? { at, g1: 3, s1: image.hs, g2: 1, s2: 0, len: 3 * channels }
      : { at, g1: 3, s1: image.hs, g2: 3, s2: pixel(image), len: channels };
  };
  const isDot = outputs % 4 !== 0 && x.cs % 4 === 0 && layer.activation !== "relu";
  const weights = parameters + place.weights;
  const rowBytes = place.row * 4;
  const runValues = isConvolution ? 9 * x.cs : upTo4(inputs);
  const runs = isDot ? layout.take(outputs * runValues * 4) : 0;
  const from = windowOf(x, isDot && isConvolution ? x.cs : inputs);
  const forward = describe([
    ...[from.at, x.ns, isConvolution ? x.hs : 0, isConvolution ? pixel(x) : 0, y.h, y.w],
    ...[from.g1, from.s1, from.g2, from.s2, isDot ? upTo4(from.len) : from.len],
    ...[isDot ? runs : weights, isDot ? runValues * 4 : rowBytes, isDot ? outputs : place.row / 4],
    ...[parameters + place.bias, layer.activation === "relu" ? 1 : 0],
    ...[y.origin, y.ns, y.hs, pixel(y), block(y.h, y.w, 144)],
  ]);
  if (!isTraining) return { ...noProducts, forward, isDot, runs };
  return {
    forward,
    isDot,
    runs,
    ...planInputGradient(layout, describe, { layer, x, y, dx, dy, place }, windowOf),
    gradient: describe(weightGradient()),
  };

  function weightGradient(): number[] {
    const out = gradients + place.weights;
    if (!isConvolution) {
      const { g1, s1, len } = windowOf(x, inputs);
      const rows = [from.at, x.ns, 0, 0, dy.origin, dy.ns, 0, 0, 1, 1, g1, 1, s1, 0, 0, 0];
      return [...rows, len, outputs, out, len * rowBytes, rowBytes, 4, 1 << 20];
    }
    const corner = x.origin - x.hs - pixel(x);
    const size = [dy.h, dy.w, 3, 3];
    const fit = block(dy.h, dy.w, 256);
    const tap = inputs * rowBytes;
    const patches = [x.ns, x.hs, pixel(x)];
    const errors = [dy.origin, dy.ns, dy.hs, pixel(dy)];
    const isTurned = outputs % 4 !== 0 && x.cs % 4 === 0;
    return isTurned
      ? [...errors, corner, ...patches, ...size, 0, 0, x.hs, pixel(x)].concat(
          outputs,
          inputs,
          out,
          tap,
          4,
          rowBytes,
          fit,
        )
      : [corner, ...patches, ...errors, ...size, x.hs, pixel(x), 0, 0].concat(
          inputs,
          outputs,
          out,
          tap,
          rowBytes,
          4,
          fit,
        );
  }

  function planInputGradient(
    place_: Layout,
    write: typeof describe,
    { layer: { outputs: count } }: Weighted,
    window: typeof windowOf,
  ) {
    if (dx === null) return { turned: 0, turnedRow: 0, backward: [] };
    const rowValues = dx.h * dx.w === 1 ? dx.cs : dx.w * dx.c;
    const turnedRow = isConvolution ? dx.cs : dx.h * rowValues;
    const turned = place_.take(taps * count * turnedRow * 4);
    if (isConvolution) {
      const { at, g1, s1, g2, s2, len } = window(dy, count);
      const product = [
        ...[at, dy.ns, dy.hs, pixel(dy), dx.h, dx.w, g1, s1, g2, s2, len],
        ...[turned, turnedRow * 4, dx.cs / 4, 0, 0, dx.origin, dx.ns, dx.hs, pixel(dx)],
        block(dx.h, dx.w, 144),
      ];
      return { turned, turnedRow, backward: [write(product)] };
    }
    const rows = Array.from({ length: dx.h }, (_, row) =>
      write([
        ...[dy.origin, dy.ns, 0, 0, 1, 1, 1, 0, 1, 0, count],
        ...[turned + row * rowValues * 4, turnedRow * 4, rowValues / 4, 0, 0],
        ...[dx.origin + row * dx.hs, dx.ns, 0, 0, 1 << 20],
      ]),
    );
    return { turned, turnedRow, backward: rows };
  }
}
