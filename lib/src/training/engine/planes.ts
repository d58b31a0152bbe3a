import { pixel } from "./descriptors";
import { channelRows, type ImageBuffer, type Layout, upTo4 } from "./layout";
import type { EngineLayer } from "./network";
import { type Scheme, type Size, schemeOf } from "./schemes";
import {
  call,
  type Finish,
  noFinish,
  noProducts,
  type ProductMemory,
  type ProductPlan,
  sum,
  type Weighted,
  write,
} from "./steps";

/** Bytes of planes to work on at once, so that they stay in the second cache. */
const blockBytes = 384 * 1024;

/**
 * What a layer can do, in prediction, of those that follow it.
 *
 * @param following layers after it
 * @param takeRows lays out the rows of a normalising layer
 */
export function finishOf(
  layer: EngineLayer,
  size: Size,
  following: readonly EngineLayer[],
  takeRows: (layer: EngineLayer) => number,
): Finish {
  const scheme = schemeOf(layer, size, true);
  const isLinear = "activation" in layer && layer.activation !== "sigmoid";
  if (scheme === null || !isLinear) return noFinish;
  const [next] = following;
  const folded = next?.kind === "normalise" ? takeRows(next) : 0;
  const pool = following[folded > 0 ? 1 : 0];
  const { step } = scheme;
  const isWhole = step % 2 === 0 && size.h % step === 0 && size.w % step === 0;
  return { folded, pools: isWhole && pool?.kind === "pool" };
}

/** How the planes of a block of samples lie in the scratch. */
interface Blocks {
  readonly samples: number;
  readonly down: number;
  readonly across: number;
  /** Bytes of a plane of the image read, and of the one written. */
  readonly readPlane: number;
  readonly writtenPlane: number;
  readonly bytes: number;
}

function blocksOf(scheme: Scheme, { h, w }: Size, read: number, written: number): Blocks {
  const down = Math.ceil(h / scheme.step);
  const across = Math.ceil(w / scheme.step);
  const planes = scheme.edge ** 2;
  const [readRow, writtenRow] = [upTo4(read) * 4, upTo4(written) * 4];
  const perSample = planes * down * across * (readRow + writtenRow);
  const samples = Math.max(1, Math.floor(blockBytes / perSample));
  // Products take three or four rows at a time.
  const rows = Math.ceil((samples * down * across) / 12) * 12;
  const [readPlane, writtenPlane] = [planeBytes(rows * readRow), planeBytes(rows * writtenRow)];
  const bytes = planes * (readPlane + writtenPlane);
  return { samples, down, across, readPlane, writtenPlane, bytes };
}

/** An odd number of cache lines, so that values of one tile in all planes do not share a place there. */
const planeBytes = (bytes: number) => (Math.ceil(bytes / 64) | 1) * 64;

/** Bytes of scratch that a layer needs, whichever way it goes. */
export function scratchBytes(layer: EngineLayer, size: Size, isPrediction: boolean): number {
  const scheme = schemeOf(layer, size, isPrediction);
  if (scheme === null || layer.kind !== "convolution") return 0;
  const { inputs, outputs } = layer;
  return Math.max(
    blocksOf(scheme, size, inputs, outputs).bytes,
    blocksOf(scheme, size, outputs, inputs).bytes,
  );
}

/** Plans a convolution over planes; null where that does not pay. */
export function planPlanes(
  layout: Layout,
  { layer, x, y, dx, dy, place }: Weighted,
  { parameters, gradients, isPrediction, scratch, finish: { folded, pools } }: ProductMemory,
): ProductPlan | null {
  const scheme = schemeOf(layer, x, isPrediction);
  if (scheme === null) return null;
  const { inputs, outputs } = layer;
  const { number } = scheme;
  const planes = scheme.edge ** 2;
  const weights = parameters + place.weights;
  const row = place.row * 4;
  const tap = planeBytes(inputs * row);
  const kernel = layout.take(planes * tap);
  const blocks = blocksOf(scheme, x, inputs, outputs);
  const read = { ...{ scheme, scratch, blocks }, from: start(x, scheme.border), x };
  const forward = fields({
    ...{ ...read, to: y.origin, y, len: inputs, weights: kernel, row, tap },
    ...{ bias: parameters + place.bias, isRelu: layer.activation === "relu" },
    pools,
    ...(folded > 0 && {
      scale: folded + channelRows.a * y.cs * 4,
      shift: folded + channelRows.e * y.cs * 4,
    }),
  });
  const plan = {
    ...noProducts,
    forward: [{ kernel: "convolve", at: write(layout, forward) } as const],
    pack: [call("weightPlanes", number, weights, row, inputs, tap, kernel)],
  };
  if (isPrediction) return plan;
  const ofWeights = (out: number) =>
    fields({
      ...{ ...read, to: dy.origin, y: dy, len: inputs, weights: 0, row, tap, bias: 0 },
      ...{ isRelu: false, sums: layout.take(planes * tap), out, outTap: inputs * row },
    });
  const whole = {
    ...plan,
    gradient:
      gradients === null
        ? []
        : [sum(layout, "convolveGradient", ofWeights(gradients + place.weights))],
  };
  if (dx === null) return whole;
  const backRow = dx.cs * 4;
  const backTap = planeBytes(outputs * backRow);
  const turned = layout.take(Math.max(9, planes) * backTap);
  const product = { weights: turned, len: outputs, row: backRow, tap: backTap };
  if (layer.grows) {
    // Errors go back through transposed planes.
    const back = fields({
      ...{ ...read, from: dx.origin, x: dx, to: dy.origin, y: dy, ...product },
      ...{ bias: 0, isRelu: false },
    });
    const turns = Array.from({ length: planes }, (_, at) => {
      const [from, to] = [kernel + at * tap, turned + at * backTap];
      return call("turnKernel", from, row, 1, inputs, outputs, to, backRow);
    });
    return {
      ...whole,
      packBackward: turns,
      backward: [{ kernel: "convolveBack", at: write(layout, back) }],
    };
  }
  // Errors are convolved with the kernel turned round.
  const turnedPlanes = layout.take(planes * backTap);
  const back = fields({
    ...{ scheme, scratch, blocks: blocksOf(scheme, x, outputs, inputs) },
    ...{ from: start(dy, scheme.border), x: dy, to: dx.origin, y: dx, ...product },
    ...{ weights: turnedPlanes, bias: 0, isRelu: false },
  });
  return {
    ...whole,
    packBackward: [
      call("turnKernel", weights, row, 9, inputs, outputs, turned, backRow),
      call("weightPlanes", number, turned, backRow, outputs, backTap, turnedPlanes),
    ],
    backward: [{ kernel: "convolve", at: write(layout, back) }],
  };
}

const start = (image: ImageBuffer, border: number) =>
  image.origin - border * (image.hs + pixel(image));

interface PlaneProduct {
  readonly scheme: Scheme;
  readonly scratch: number;
  readonly blocks: Blocks;
  /** The image that windows are taken of; of a doubled one, the smaller. */
  readonly x: ImageBuffer;
  readonly from: number;
  readonly y: ImageBuffer;
  readonly to: number;
  /** Values of a row that take part in products. */
  readonly len: number;
  /** Weights as planes; bytes of a row and of a plane. */
  readonly weights: number;
  readonly row: number;
  readonly tap: number;
  readonly bias: number;
  readonly isRelu: boolean;
  /** For gradients: their planes, where those are added, and bytes from tap to tap there. */
  readonly sums?: number;
  readonly out?: number;
  readonly outTap?: number;
  /** Whether maxima are written; rows that outputs are scaled by and shifted by. */
  readonly pools?: boolean;
  readonly scale?: number;
  readonly shift?: number;
}

/** Field by field as lib/kernels/planes.as.ts reads them. */
function fields(product: PlaneProduct): number[] {
  const { scheme, scratch, blocks, x, from, y, to, len, weights, row, tap } = product;
  const { samples, down, across, readPlane, writtenPlane } = blocks;
  return [
    ...[scheme.number, from, x.ns, x.hs, pixel(x), upTo4(x.c) / 4, len],
    ...[to, y.ns, y.hs, pixel(y), y.h, y.w, upTo4(y.c) / 4],
    ...[down, across, samples, weights, row, tap, product.bias, product.isRelu ? 1 : 0],
    ...[scratch, readPlane, scratch + scheme.edge ** 2 * readPlane, writtenPlane],
    ...[product.sums ?? 0, product.out ?? 0, product.outTap ?? 0],
    ...[product.scale ?? 0, product.shift ?? 0, product.pools ? 1 : 0],
  ];
}
