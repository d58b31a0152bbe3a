import { upTo4 } from "./layout";
import type { EngineLayer } from "./network";

/**
 * A way to convolve by fewer multiplications (lib/kernels/schemes.mjs): tiles of the image are taken
 * to edge x edge planes, which hold one value of a tile each, and every plane is one product.
 */
export interface Scheme {
  /** Place of the scheme in lib/kernels/schemes.mjs. */
  readonly number: number;
  readonly edge: number;
  /** Pixels from one tile to the next in the image that is read. */
  readonly step: number;
  /** Pixels around the image that the first tile begins with. */
  readonly border: number;
}

const pairs: Scheme = { number: 0, edge: 4, step: 2, border: 1 };
const threes: Scheme = { number: 1, edge: 5, step: 3, border: 0 };
const doubled: Scheme = { number: 2, edge: 3, step: 1, border: 1 };
const triples: Scheme = { number: 3, edge: 5, step: 3, border: 1 };
const fours: Scheme = { number: 4, edge: 6, step: 4, border: 1 };
const sixes: Scheme = { number: 5, edge: 8, step: 6, border: 1 };

/** Rows, columns of the image that a layer reads. */
export interface Size {
  readonly h: number;
  readonly w: number;
}

/**
 * The scheme to convolve a layer by, or null where plain products are as quick. Measured layer by layer,
 * the maps to planes and back cost more than they save below some six channels, and so do few outputs
 * filled up to vectors; larger tiles, which lose some digits, must save a quarter of the products.
 */
export function schemeOf(layer: EngineLayer, { h, w }: Size, isPrediction: boolean): Scheme | null {
  if (layer.kind !== "convolution") return null;
  const { inputs, outputs } = layer;
  if (Math.min(inputs, outputs) < 6 || 3 * upTo4(outputs) > 4 * outputs) return null;
  if (layer.grows) return doubled;
  if (h === 3 && w === 3) return threes;
  if (Math.min(h, w) < 4) return null;
  const fitting = [pairs, triples, fours, ...(isPrediction ? [sixes] : [])].filter(
    ({ step }) => isFit(step, h) && isFit(step, w),
  );
  const products = ({ edge, step }: Scheme) =>
    edge ** 2 * Math.ceil(h / step) * Math.ceil(w / step);
  return fitting.reduce((best, next) => (products(next) < 0.75 * products(best) ? next : best));
}

/** Tiles may reach one pixel beyond an image, where zeros lie, and no further. */
const isFit = (step: number, pixels: number) => (pixels + 1) % step <= 1;
