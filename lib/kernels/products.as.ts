// Matrix products over images, which are all that convolutions and dense layers need. What a product
// reads and writes stands in a descriptor in memory: 32-bit fields, strides in bytes.
//
// Images lie as [sample, row, column, channel]; pixels that a 3 x 3 window needs beyond the edge
// are zeros stored around each image, so that no loop asks where it is.

// Fields of a product: input and its strides by sample, row, column; output pixels a sample; the
// input of an output pixel as g1 x g2 runs of len values; weights, a row of them for each value;
// vectors of outputs (or outputs, in dot form); bias; relu or not; output and its strides; samples
// to a block that stays in the cache.
const P_X = 0, P_XNS = 1, P_XHS = 2, P_XWS = 3, P_H = 4, P_W = 5, P_G1 = 6, P_S1 = 7, P_G2 = 8;
const P_S2 = 9, P_LEN = 10, P_WEIGHTS = 11, P_WS = 12, P_OUTPUTS = 13, P_BIAS = 14, P_ACT = 15;
const P_Y = 16, P_YNS = 17, P_YHS = 18, P_YWS = 19, P_BLOCK = 20;

// Fields of an outer product: rows and vectors with their strides; pixels a sample; window
// positions g1 x g2 and how they move either operand; counts; output and its strides.
const O_R = 0, O_RNS = 1, O_RHS = 2, O_RWS = 3, O_V = 4, O_VNS = 5, O_VHS = 6, O_VWS = 7;
const O_H = 8, O_W = 9, O_G1 = 10, O_G2 = 11, O_RS1 = 12, O_RS2 = 13, O_VS1 = 14, O_VS2 = 15;
const O_ROWS = 16, O_LANES = 17, O_OUT = 18, O_TAP = 19, O_ROW = 20, O_LANE = 21, O_BLOCK = 22;

@inline
function field(descriptor: usize, at: i32): i32 {
  return load<i32>(descriptor + (at << 2));
}

@inline
function sumOf(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2) + (f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3));
}

/** Adds up to four lanes to values that lie a stride apart. */
function addLanes(out: usize, v: v128, stride: usize, lanes: i32): void {
  if (stride == 4 && lanes >= 4) {
    v128.store(out, f32x4.add(v128.load(out), v));
    return;
  }
  if (lanes > 0) store<f32>(out, load<f32>(out) + f32x4.extract_lane(v, 0));
  if (lanes > 1) store<f32>(out + stride, load<f32>(out + stride) + f32x4.extract_lane(v, 1));
  if (lanes > 2) store<f32>(out + 2 * stride, load<f32>(out + 2 * stride) + f32x4.extract_lane(v, 2));
  if (lanes > 3) store<f32>(out + 3 * stride, load<f32>(out + 3 * stride) + f32x4.extract_lane(v, 3));
}

/** Outputs as vectors: y = act(bias + sum over k of x[k] * weights[k]), for n samples. */
export function product(d: usize, n: i32): void {
  const block = field(d, P_BLOCK), vectors = field(d, P_OUTPUTS);
  for (let from = 0; from < n; from += block) {
    const to = min(n, from + block);
    let v = 0;
    for (; v + 1 < vectors; v += 2) productVectors(d, from, to, v, true);
    if (v < vectors) productVectors(d, from, to, v, false);
  }
}

@inline
function productVectors(d: usize, from: i32, to: i32, v: i32, isPair: bool): void {
  const h = field(d, P_H), w = field(d, P_W);
  const xns: usize = field(d, P_XNS), xhs: usize = field(d, P_XHS), xws: usize = field(d, P_XWS);
  const yns: usize = field(d, P_YNS), yhs: usize = field(d, P_YHS), yws: usize = field(d, P_YWS);
  const g1 = field(d, P_G1), g2 = field(d, P_G2), len = field(d, P_LEN), act = field(d, P_ACT);
  const s1: usize = field(d, P_S1), s2: usize = field(d, P_S2), ws: usize = field(d, P_WS);
  const shift: usize = v << 4;
  const weights: usize = field(d, P_WEIGHTS) + shift;
  const bias: usize = field(d, P_BIAS) ? field(d, P_BIAS) + shift : 0;
  const xEdge = xhs - w * xws, xEnd = xns - h * xhs;
  const yEdge = yhs - w * yws, yEnd = yns - h * yhs;
  let x: usize = field(d, P_X) + from * xns, y: usize = field(d, P_Y) + from * yns + shift;
  let row = 0, column = 0;
  const pixels = (to - from) * h * w;
  let p = 0;
  let x0: usize = 0, x1: usize = 0, x2: usize = 0, y0: usize = 0, y1: usize = 0, y2: usize = 0;
  for (; p + 3 < pixels; p += 4) {
    for (let at = 0; at < 3; at++) {
      x0 = x1; x1 = x2; x2 = x; y0 = y1; y1 = y2; y2 = y;
      x += xws; y += yws;
      if (++column == w) {
        column = 0; x += xEdge; y += yEdge;
        if (++row == h) { row = 0; x += xEnd; y += yEnd; }
      }
    }
    if (isPair) product4x2(x0, x1, x2, x, weights, ws, g1, s1, g2, s2, len, bias, act, y0, y1, y2, y);
    else product4x1(x0, x1, x2, x, weights, ws, g1, s1, g2, s2, len, bias, act, y0, y1, y2, y);
    x += xws; y += yws;
    if (++column == w) {
      column = 0; x += xEdge; y += yEdge;
      if (++row == h) { row = 0; x += xEnd; y += yEnd; }
    }
  }
  for (; p < pixels; p++) {
    if (isPair) product1x2(x, weights, ws, g1, s1, g2, s2, len, bias, act, y);
    else product1x1(x, weights, ws, g1, s1, g2, s2, len, bias, act, y);
    x += xws; y += yws;
    if (++column == w) {
      column = 0; x += xEdge; y += yEdge;
      if (++row == h) { row = 0; x += xEnd; y += yEnd; }
    }
  }
}

/** Outputs one by one, each weights row a run over all inputs (len a multiple of 4); no relu. */
export function dots(d: usize, n: i32): void {
  const h = field(d, P_H), w = field(d, P_W), outputs = field(d, P_OUTPUTS);
  const xns: usize = field(d, P_XNS), xhs: usize = field(d, P_XHS), xws: usize = field(d, P_XWS);
  const yns: usize = field(d, P_YNS), yhs: usize = field(d, P_YHS), yws: usize = field(d, P_YWS);
  const g1 = field(d, P_G1), len = field(d, P_LEN);
  const s1: usize = field(d, P_S1), ws: usize = field(d, P_WS);
  for (let s = 0; s < n; s++) {
    for (let c = 0; c < outputs; ) {
      const weights: usize = field(d, P_WEIGHTS) + c * ws, bias: usize = field(d, P_BIAS) + (c << 2);
      const isTriple = c + 2 < outputs;
      for (let i = 0; i < h; i++) {
        let x: usize = field(d, P_X) + s * xns + i * xhs, y: usize = field(d, P_Y) + s * yns + i * yhs + (c << 2);
        let j = 0;
        if (isTriple) for (; j + DOT_PIXELS <= w; j += DOT_PIXELS) {
          if (DOT_PIXELS == 3) dot3x3(x, x + xws, x + 2 * xws, weights, ws, g1, s1, len, bias, y, y + yws, y + 2 * yws);
          else dot2x3(x, x + xws, weights, ws, g1, s1, len, bias, y, y + yws);
          x += DOT_PIXELS * xws; y += DOT_PIXELS * yws;
        }
        for (; j < w; j++) {
          if (isTriple) dot1x3(x, weights, ws, g1, s1, len, bias, y);
          else dot1x1(x, weights, ws, g1, s1, len, bias, y);
          x += xws; y += yws;
        }
      }
      c += isTriple ? 3 : 1;
    }
  }
}

/**
 * Adds, at each window position, rows x vectors summed over the pixels of n samples from the first on:
 * the gradient of weights, some bytes further than the descriptor says.
 */
export function outer(d: usize, first: i32, n: i32, further: usize): void {
  const last = first + n;
  const block = field(d, O_BLOCK), g1 = field(d, O_G1), g2 = field(d, O_G2);
  const rows = field(d, O_ROWS), lanes = field(d, O_LANES);
  const tap: usize = field(d, O_TAP), rowStride: usize = field(d, O_ROW), laneStride: usize = field(d, O_LANE);
  for (let from = first; from < last; from += block) {
    const to = min(last, from + block);
    for (let i = 0; i < g1; i++) {
      for (let j = 0; j < g2; j++) {
        const r: usize = field(d, O_R) + i * field(d, O_RS1) + j * field(d, O_RS2);
        const v: usize = field(d, O_V) + i * field(d, O_VS1) + j * field(d, O_VS2);
        const out: usize = field(d, O_OUT) + further + (i * g2 + j) * tap;
        let lane = 0;
        // Wide tiles first: two rows by sixteen lanes reload the least.
        for (; lane + 16 <= lanes; lane += 16) {
          const vv = v + (lane << 2), o = out + lane * laneStride;
          let row = 0;
          for (; row + 1 < rows; row += 2) outer2x4(r + (row << 2), vv, d, from, to, o + row * rowStride, rowStride, laneStride, 16);
          if (row < rows) outer1x4(r + (row << 2), vv, d, from, to, o + row * rowStride, rowStride, laneStride, 16);
        }
        for (; lane < lanes; lane += 8) {
          const vv = v + (lane << 2), o = out + lane * laneStride, rest = lanes - lane;
          for (let row = 0; row < rows; ) {
            const left = rows - row;
            const count = left % 4 == 0 ? 4 : left % 3 == 0 ? 3 : min(left, 4);
            const rr = r + (row << 2), rout = o + row * rowStride;
            if (rest > 4) {
              if (count == 4) outer4x2(rr, vv, d, from, to, rout, rowStride, laneStride, rest);
              else if (count == 3) outer3x2(rr, vv, d, from, to, rout, rowStride, laneStride, rest);
              else if (count == 2) outer2x2(rr, vv, d, from, to, rout, rowStride, laneStride, rest);
              else outer1x2(rr, vv, d, from, to, rout, rowStride, laneStride, rest);
            } else {
              if (count == 4) outer4x1(rr, vv, d, from, to, rout, rowStride, laneStride, rest);
              else if (count == 3) outer3x1(rr, vv, d, from, to, rout, rowStride, laneStride, rest);
              else if (count == 2) outer2x1(rr, vv, d, from, to, rout, rowStride, laneStride, rest);
              else outer1x1(rr, vv, d, from, to, rout, rowStride, laneStride, rest);
            }
            row += count;
          }
        }
      }
    }
  }
}

/** out = (or +=) x transposed times e, for gapless pixels. */
function sumOver(x: usize, xs: usize, rows: i32, e: usize, es: usize, vectors: i32, pixels: i32, isFirst: bool, out: usize, outRow: usize): void {
  let v = 0;
  while (vectors - v >= 3 && vectors - v != 4) {
    const u = e + (v << 4), o = out + (v << 4);
    let row = 0;
    for (; row + 2 < rows; row += 3) sum3x3(x + (row << 2), xs, u, es, pixels, isFirst, o + row * outRow, outRow);
    if (row + 1 < rows) { sum2x3(x + (row << 2), xs, u, es, pixels, isFirst, o + row * outRow, outRow); row += 2; }
    if (row < rows) sum1x3(x + (row << 2), xs, u, es, pixels, isFirst, o + row * outRow, outRow);
    v += 3;
  }
  for (; v + 1 < vectors; v += 2) {
    const u = e + (v << 4), o = out + (v << 4);
    let row = 0;
    for (; row + 3 < rows; row += 4) sum4x2(x + (row << 2), xs, u, es, pixels, isFirst, o + row * outRow, outRow);
    if (row + 1 < rows) { sum2x2(x + (row << 2), xs, u, es, pixels, isFirst, o + row * outRow, outRow); row += 2; }
    if (row < rows) sum1x2(x + (row << 2), xs, u, es, pixels, isFirst, o + row * outRow, outRow);
  }
  if (v < vectors) {
    const u = e + (v << 4), o = out + (v << 4);
    let row = 0;
    for (; row + 3 < rows; row += 4) sum4x1(x + (row << 2), xs, u, es, pixels, isFirst, o + row * outRow, outRow);
    for (; row < rows; row++) sum1x1(x + (row << 2), xs, u, es, pixels, isFirst, o + row * outRow, outRow);
  }
}

// Fields of the gradient of a dense layer's weights: rows as lines of values, vectors, and the output.
const L_X = 0, L_XNS = 1, L_LINES = 2, L_XHS = 3, L_LEN = 4, L_E = 5, L_ENS = 6, L_VECTORS = 7, L_OUT = 8, L_ROW = 9;

/** Adds rows x vectors summed over n samples from the first on, some bytes further than is written. */
export function sumSamples(d: usize, first: i32, n: i32, further: usize): void {
  const xns: usize = field(d, L_XNS), ens: usize = field(d, L_ENS), len = field(d, L_LEN), row: usize = field(d, L_ROW);
  const e: usize = field(d, L_E) + first * ens;
  let x: usize = field(d, L_X) + first * xns, out: usize = field(d, L_OUT) + further;
  for (let line = 0; line < field(d, L_LINES); line++) {
    sumOver(x, xns, len, e, ens, field(d, L_VECTORS), n, false, out, row);
    x += field(d, L_XHS); out += len * row;
  }
}
