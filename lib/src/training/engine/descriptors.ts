import type { ImageBuffer } from "./layout";

/** Pixels of images, all or every second one: address of the first, strides in bytes. */
export interface Pixels {
  readonly at: number;
  readonly ns: number;
  readonly hs: number;
  readonly ws: number;
  readonly h: number;
  readonly w: number;
}

/** Runs of input values that a window reads: g1 x g2 of len, s1 and s2 bytes apart. */
export interface Window {
  readonly g1: number;
  readonly s1: number;
  readonly g2: number;
  readonly s2: number;
  readonly len: number;
}

/** Bytes of a pixel. */
export const pixel = (image: ImageBuffer) => image.cs * 4;

/** All pixels of images, from one that lies some rows and columns off the first. */
export function pixels(image: ImageBuffer, rows = 0, columns = 0): Pixels {
  const { origin, ns, hs, h, w } = image;
  return { at: origin + rows * hs + columns * pixel(image), ns, hs, ws: pixel(image), h, w };
}

/** Every second pixel of every second row. */
export function everySecond(image: ImageBuffer, rows: number, columns: number): Pixels {
  const all = pixels(image, rows, columns);
  return { ...all, hs: 2 * all.hs, ws: 2 * all.ws, h: image.h >> 1, w: image.w >> 1 };
}

/** Each sample as one pixel. */
export function samples({ origin, ns }: ImageBuffer, bytes = 0): Pixels {
  return { at: origin + bytes, ns, hs: 0, ws: 0, h: 1, w: 1 };
}

/** A window of edge x edge pixels; where channels lie gapless, a row of it is one run. */
export function windowOf(image: ImageBuffer, edge: number, channels: number): Window {
  return image.cs === channels
    ? { g1: edge, s1: image.hs, g2: 1, s2: 0, len: edge * channels }
    : { g1: edge, s1: image.hs, g2: edge, s2: pixel(image), len: channels };
}

/** A product over all pixels: y = act(bias + window x weights). */
export interface Product {
  readonly x: Pixels;
  readonly window: Window;
  readonly weights: number;
  /** Bytes of a weights row. */
  readonly row: number;
  /** Vectors of outputs, or outputs in dot form. */
  readonly outputs: number;
  readonly bias: number;
  readonly isRelu: boolean;
  readonly y: Pixels;
}

/** How many samples of some pixels to take at once, so that they stay in the nearest cache. */
const block = ({ h, w }: Pixels, most: number) => Math.max(1, Math.floor(most / (h * w)));

/** The descriptor of a product, field by field as lib/kernels/products.as.ts reads it. */
export function product({ x, window, weights, row, outputs, bias, isRelu, y }: Product): number[] {
  const { g1, s1, g2, s2, len } = window;
  return [
    ...[x.at, x.ns, x.hs, x.ws, y.h, y.w, g1, s1, g2, s2, len, weights, row, outputs],
    ...[bias, isRelu ? 1 : 0, y.at, y.ns, y.hs, y.ws, block(y, 144)],
  ];
}

/** The sum over all pixels of window x errors: the gradient of weights. */
export interface Outer {
  readonly x: Pixels;
  readonly dy: Pixels;
  readonly positions: readonly [number, number];
  /** Bytes by which a window position moves the input. */
  readonly shift: readonly [number, number];
  readonly inputs: number;
  readonly outputs: number;
  readonly out: number;
  /** Bytes of a weights row. */
  readonly row: number;
  /** Outputs that fill no vector: inputs become the vectors. */
  readonly isTurned: boolean;
}

/** The descriptor of an outer product, likewise. */
export function outer({
  x,
  dy,
  positions,
  shift,
  inputs,
  outputs,
  out,
  row,
  isTurned,
}: Outer): number[] {
  const tap = inputs * row;
  const patches = [x.at, x.ns, x.hs, x.ws];
  const errors = [dy.at, dy.ns, dy.hs, dy.ws];
  const size = [dy.h, dy.w, ...positions];
  const fit = block(dy, 256);
  return isTurned
    ? [...errors, ...patches, ...size, ...[0, 0], ...shift, outputs, inputs, out, tap, 4, row, fit]
    : [...patches, ...errors, ...size, ...shift, ...[0, 0], inputs, outputs, out, tap, row, 4, fit];
}
