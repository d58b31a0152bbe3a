// Convolutions by fewer multiplications: a block of images is taken to planes, each plane multiplied
// by a matrix of its own, and the results taken back (lib/kernels/transforms.mjs).

// Fields: scheme; image read and its strides, vectors and values of a pixel; image written, its
// strides, size and vectors; tiles down and across; samples to a block; the weights' planes, bytes of
// a row and of a plane; bias and relu; planes of the image read and of the one written, with the
// bytes of one; planes of gradients, where their sum is added, and bytes of a tap
// there; rows that outputs are scaled by and shifted by, or 0; whether 2 x 2 maxima are written in
// place of outputs.
const F_SCHEME = 0, F_X = 1, F_XNS = 2, F_XHS = 3, F_XWS = 4, F_XVECTORS = 5, F_LEN = 6;
const F_Y = 7, F_YNS = 8, F_YHS = 9, F_YWS = 10, F_H = 11, F_W = 12, F_YVECTORS = 13;
const F_DOWN = 14, F_ACROSS = 15, F_BLOCK = 16, F_WEIGHTS = 17, F_WS = 18, F_TAP = 19, F_BIAS = 20, F_ACT = 21;
const F_V = 22, F_VPLANE = 23, F_M = 24, F_MPLANE = 25, F_SUMS = 26, F_OUT = 27, F_OUTTAP = 28;
const F_SCALE = 29, F_SHIFT = 30, F_POOLS = 31;

/** Planes of the windows of m samples from an address on. */
function windowPlanes(d: usize, from: usize, m: i32): void {
  const scheme = field(d, F_SCHEME), vectors = field(d, F_XVECTORS), plane: usize = field(d, F_VPLANE);
  const xns: usize = field(d, F_XNS), xhs: usize = field(d, F_XHS), xws: usize = field(d, F_XWS);
  const down = field(d, F_DOWN), across = field(d, F_ACROSS), step: usize = stepOf(scheme);
  const row: usize = edgeOf(scheme) * plane;
  let to: usize = field(d, F_V);
  for (let s = 0; s < m; s++) for (let i = 0; i < down; i++) {
    let x: usize = from + s * xns + i * step * xhs;
    for (let j = 0; j < across; j++) {
      windowOf(scheme, x, xhs, xws, to, row, plane, vectors);
      x += step * xws; to += vectors << 4;
    }
  }
}

/** Planes of the errors of outputs, for gradients. */
function errorPlanes(d: usize, from: usize, m: i32): void {
  const scheme = field(d, F_SCHEME), vectors = field(d, F_YVECTORS), plane: usize = field(d, F_MPLANE);
  const yns: usize = field(d, F_YNS), yhs: usize = field(d, F_YHS), yws: usize = field(d, F_YWS);
  const down = field(d, F_DOWN), across = field(d, F_ACROSS), step: usize = growthOf(scheme);
  const row: usize = edgeOf(scheme) * plane;
  let to: usize = field(d, F_M);
  for (let s = 0; s < m; s++) for (let i = 0; i < down; i++) {
    let y: usize = from + s * yns + i * step * yhs;
    for (let j = 0; j < across; j++) {
      errorsOf(scheme, y, yhs, yws, to, row, plane, vectors);
      y += step * yws; to += vectors << 4;
    }
  }
}

/** Outputs of m samples from planes. */
function outputsFromPlanes(d: usize, to: usize, m: i32): void {
  const scheme = field(d, F_SCHEME), vectors = field(d, F_YVECTORS), plane: usize = field(d, F_MPLANE);
  const yns: usize = field(d, F_YNS), yhs: usize = field(d, F_YHS), yws: usize = field(d, F_YWS);
  const h = field(d, F_H), w = field(d, F_W), down = field(d, F_DOWN), across = field(d, F_ACROSS);
  const step = growthOf(scheme), row: usize = edgeOf(scheme) * plane, bias: usize = field(d, F_BIAS);
  const scale: usize = field(d, F_SCALE), shift: usize = field(d, F_SHIFT);
  const floor = f32x4.splat(field(d, F_ACT) ? 0 : -Infinity), pools = field(d, F_POOLS);
  const growth = pools ? step >> 1 : step;
  let from: usize = field(d, F_M);
  for (let s = 0; s < m; s++) for (let i = 0; i < down; i++) {
    let y: usize = to + s * yns + i * growth * yhs;
    const rows = h - i * step;
    for (let j = 0; j < across; j++) {
      const columns = w - j * step;
      if (pools) pooledOf(scheme, from, row, plane, y, yhs, yws, vectors, bias, floor, scale, shift);
      else backOf(scheme, from, row, plane, y, yhs, yws, vectors, bias, floor, scale, shift, rows, columns);
      y += growth * yws; from += vectors << 4;
    }
  }
}

/**
 * y = x times w for gapless rows; up to three more than told are read and written. An odd number of
 * vectors begins with three, since one alone would leave half of the processor idle.
 */
function multiply(x: usize, xs: usize, len: i32, w: usize, ws: usize, y: usize, ys: usize, vectors: i32, rows: i32): void {
  let v = 0;
  while (vectors - v >= 3 && vectors - v != 4) {
    const u = w + (v << 4);
    let p = x, q = y + (v << 4);
    for (let row = 0; row < rows; row += 3) {
      plane3x3(p, p + xs, p + 2 * xs, u, ws, len, q, q + ys, q + 2 * ys);
      p += 3 * xs; q += 3 * ys;
    }
    v += 3;
  }
  for (; v < vectors; v += 2) {
    const u = w + (v << 4);
    let p = x, q = y + (v << 4);
    if (v + 1 < vectors) {
      for (let row = 0; row < rows; row += 4) {
        plane4x2(p, p + xs, p + 2 * xs, p + 3 * xs, u, ws, len, q, q + ys, q + 2 * ys, q + 3 * ys);
        p += xs << 2; q += ys << 2;
      }
    } else {
      for (let row = 0; row < rows; row += 4) {
        plane4x1(p, p + xs, p + 2 * xs, p + 3 * xs, u, ws, len, q, q + ys, q + 2 * ys, q + 3 * ys);
        p += xs << 2; q += ys << 2;
      }
    }
  }
}

/** Samples to a block, so that blocks of at most some are even; a thread may have none in a short batch. */
@inline
function evenly(n: i32, most: i32): i32 {
  const blocks = max((n + most - 1) / most, 1);
  return (n + blocks - 1) / blocks;
}

/** A convolution of n samples. */
export function convolve(d: usize, n: i32): void {
  const edge = edgeOf(field(d, F_SCHEME)), block = evenly(n, field(d, F_BLOCK)), tiles = field(d, F_DOWN) * field(d, F_ACROSS);
  const xs: usize = field(d, F_XVECTORS) << 4, ys: usize = field(d, F_YVECTORS) << 4;
  for (let from = 0; from < n; from += block) {
    const m = min(n - from, block);
    windowPlanes(d, field(d, F_X) + from * field(d, F_XNS), m);
    for (let p = 0; p < edge * edge; p++) {
      multiply(
        field(d, F_V) + p * field(d, F_VPLANE), xs, field(d, F_LEN), field(d, F_WEIGHTS) + p * field(d, F_TAP), field(d, F_WS),
        field(d, F_M) + p * field(d, F_MPLANE), ys, field(d, F_YVECTORS), m * tiles,
      );
    }
    outputsFromPlanes(d, field(d, F_Y) + from * field(d, F_YNS), m);
  }
}

/** Adds the gradient of weights over n samples from the first on, some bytes further than is written. */
export function convolveGradient(d: usize, first: i32, n: i32, further: usize): void {
  const last = first + n;
  const block = evenly(n, field(d, F_BLOCK)), edge = edgeOf(field(d, F_SCHEME));
  const tiles = field(d, F_DOWN) * field(d, F_ACROSS);
  const xs: usize = field(d, F_XVECTORS) << 4, ys: usize = field(d, F_YVECTORS) << 4;
  const sums: usize = field(d, F_SUMS);
  for (let from = first; from < last; from += block) {
    const m = min(last - from, block);
    windowPlanes(d, field(d, F_X) + from * field(d, F_XNS), m);
    errorPlanes(d, field(d, F_Y) + from * field(d, F_YNS), m);
    for (let p = 0; p < edge * edge; p++) {
      sumOver(
        field(d, F_V) + p * field(d, F_VPLANE), xs, field(d, F_LEN), field(d, F_M) + p * field(d, F_MPLANE), ys, field(d, F_YVECTORS),
        m * tiles, from == first, sums + p * field(d, F_TAP), field(d, F_WS),
      );
    }
  }
  const tap: usize = field(d, F_TAP), to: usize = field(d, F_OUT) + further, outTap: usize = field(d, F_OUTTAP);
  const scheme = field(d, F_SCHEME), vectors: i32 = <i32>(outTap >> 4);
  const down: usize = edge * tap;
  gradientsOf(scheme, sums, down, tap, to, 3 * outTap, outTap, vectors);
}

/** The gradient of a doubled image's pixels, whose planes' gradients overlap. */
export function convolveBack(d: usize, n: i32): void {
  const block = evenly(n, field(d, F_BLOCK)), tiles = field(d, F_DOWN) * field(d, F_ACROSS);
  const xs: usize = field(d, F_XVECTORS) << 4, ys: usize = field(d, F_YVECTORS) << 4;
  for (let from = 0; from < n; from += block) {
    const m = min(n - from, block);
    errorPlanes(d, field(d, F_Y) + from * field(d, F_YNS), m);
    for (let p = 0; p < 9; p++) {
      multiply(
        field(d, F_M) + p * field(d, F_MPLANE), ys, field(d, F_LEN), field(d, F_WEIGHTS) + p * field(d, F_TAP), field(d, F_WS),
        field(d, F_V) + p * field(d, F_VPLANE), xs, field(d, F_XVECTORS), m * tiles,
      );
    }
    pixelsFromPlanes(d, field(d, F_X) + from * field(d, F_XNS), m);
  }
}

/** Along the rows of one plane column: what a pixel gets from itself and the two beside it. */
@inline
function gathered(v: usize, plane3: usize, row: usize, above: v128, below: v128): v128 {
  const own = f32x4.add(f32x4.sub(v128.load(v), v128.load(v + plane3)), v128.load(v + 2 * plane3));
  const next = v128.and(v128.load(v + plane3 + row), below), last = v128.and(v128.load(v + 2 * plane3 - row), above);
  return f32x4.add(own, f32x4.sub(next, last));
}

function pixelsFromPlanes(d: usize, to: usize, m: i32): void {
  const vectors = field(d, F_XVECTORS), plane: usize = field(d, F_VPLANE);
  const xns: usize = field(d, F_XNS), xhs: usize = field(d, F_XHS), xws: usize = field(d, F_XWS);
  const down = field(d, F_DOWN), across = field(d, F_ACROSS);
  const cell: usize = vectors << 4, row: usize = across * cell;
  let v: usize = field(d, F_V);
  for (let s = 0; s < m; s++) for (let i = 0; i < down; i++) {
    let x: usize = to + s * xns + i * xhs;
    const above = i32x4.splat(i > 0 ? -1 : 0), below = i32x4.splat(i + 1 < down ? -1 : 0);
    for (let j = 0; j < across; j++) {
      const left = i32x4.splat(j > 0 ? -1 : 0), right = i32x4.splat(j + 1 < across ? -1 : 0);
      for (let k: usize = 0; k < cell; k += 16) {
        const p = v + k, q = p + plane, r = q + plane;
        const own = f32x4.add(f32x4.sub(gathered(p, 3 * plane, row, above, below), gathered(q, 3 * plane, row, above, below)), gathered(r, 3 * plane, row, above, below));
        const next = v128.and(gathered(q + cell, 3 * plane, row, above, below), right);
        const last = v128.and(gathered(r - cell, 3 * plane, row, above, below), left);
        v128.store(x + k, f32x4.add(own, f32x4.sub(next, last)));
      }
      v += cell; x += xws;
    }
  }
}

/** Weights [9][inputs] of rows of ws bytes, as planes that lie some bytes apart. */
export function weightPlanes(scheme: i32, w: usize, ws: usize, inputs: i32, apart: usize, out: usize): void {
  const tap: usize = inputs * ws, vectors: i32 = <i32>(tap >> 4), down: usize = edgeOf(scheme) * apart;
  weightsOf(scheme, w, 3 * tap, tap, out, down, apart, vectors);
}
