// Everything between the products. An image is told by its first pixel and its strides in bytes by
// sample (ns) and row (hs); c is the stride of a pixel in values, a multiple of four.

/** Zeroes some bytes. */
export function clear(at: usize, bytes: usize): void {
  memory.fill(at, 0, bytes);
}

/** Copies patches into the middle of zero-edged images; cs is the stride of a pixel in values. */
export function gather(values: usize, order: usize, n: i32, size: i32, c: i32, x: usize, ns: usize, hs: usize, cs: i32): void {
  const row: usize = size * c << 2;
  for (let s = 0; s < n; s++) {
    let from: usize = values + <usize>load<u32>(order + (s << 2)) * size * row;
    for (let i = 0; i < size; i++) {
      const to: usize = x + s * ns + i * hs;
      if (c == cs) memory.copy(to, from, row);
      else for (let j = 0; j < size; j++) memory.copy(to + (j * cs << 2), from + (j * c << 2), c << 2);
      from += row;
    }
  }
}

/** 2 x 2 maxima; h and w are those of the output. */
export function pool(x: usize, xns: usize, xhs: usize, y: usize, yns: usize, yhs: usize, n: i32, h: i32, w: i32, c: i32): void {
  const cell: usize = c << 2;
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = x + s * xns + 2 * i * xhs, q: usize = y + s * yns + i * yhs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        const top = f32x4.pmax(v128.load(p + k), v128.load(p + k + cell));
        const low = f32x4.pmax(v128.load(p + k + xhs), v128.load(p + k + xhs + cell));
        v128.store(q + k, f32x4.pmax(top, low));
      }
      p += 2 * cell; q += cell;
    }
  }
}

/** Hands each output's gradient to the first of the four inputs that is the maximum. */
export function poolGradient(x: usize, y: usize, dy: usize, dx: usize, xns: usize, xhs: usize, yns: usize, yhs: usize, n: i32, h: i32, w: i32, c: i32): void {
  const cell: usize = c << 2;
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = s * xns + 2 * i * xhs, q: usize = s * yns + i * yhs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        const a = p + k, b = a + cell, e = a + xhs, f = e + cell;
        const most = v128.load(y + q + k), g = v128.load(dy + q + k);
        const m0 = f32x4.eq(v128.load(x + a), most);
        const m1 = v128.andnot(f32x4.eq(v128.load(x + b), most), m0);
        const taken = v128.or(m0, m1);
        const m2 = v128.andnot(f32x4.eq(v128.load(x + e), most), taken);
        const m3 = v128.not(v128.or(taken, m2));
        v128.store(dx + a, v128.and(g, m0));
        v128.store(dx + b, v128.and(g, m1));
        v128.store(dx + e, v128.and(g, m2));
        v128.store(dx + f, v128.and(g, m3));
      }
      p += 2 * cell; q += cell;
    }
  }
}

/** Repeats each pixel twice in both directions; h and w are those of the input. */
export function grow(x: usize, xns: usize, xhs: usize, y: usize, yns: usize, yhs: usize, n: i32, h: i32, w: i32, c: i32): void {
  const cell: usize = c << 2;
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = x + s * xns + i * xhs, q: usize = y + s * yns + 2 * i * yhs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        const v = v128.load(p + k);
        v128.store(q + k, v);
        v128.store(q + k + cell, v);
        v128.store(q + k + yhs, v);
        v128.store(q + k + yhs + cell, v);
      }
      p += cell; q += 2 * cell;
    }
  }
}

/** Sums the gradients of the four copies. */
export function growGradient(dy: usize, yns: usize, yhs: usize, dx: usize, xns: usize, xhs: usize, n: i32, h: i32, w: i32, c: i32): void {
  const cell: usize = c << 2;
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = dx + s * xns + i * xhs, q: usize = dy + s * yns + 2 * i * yhs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        const top = f32x4.add(v128.load(q + k), v128.load(q + k + cell));
        const low = f32x4.add(v128.load(q + k + yhs), v128.load(q + k + yhs + cell));
        v128.store(p + k, f32x4.add(top, low));
      }
      p += cell; q += 2 * cell;
    }
  }
}

/** Takes the gradient from wherever relu gave zero; over whole buffers of a length in bytes. */
export function reluGradient(y: usize, dy: usize, bytes: usize): void {
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(dy + k, v128.and(v128.load(dy + k), f32x4.gt(v128.load(y + k), f32x4.splat(0))));
  }
}

/** Adds the sum over pixels to a row of c values. */
export function sumPixels(x: usize, ns: usize, hs: usize, n: i32, h: i32, w: i32, c: i32, out: usize): void {
  const cell: usize = c << 2;
  for (let k: usize = 0; k < cell; k += 16) {
    let sum = f32x4.splat(0);
    for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
      let p: usize = x + s * ns + i * hs + k;
      let part = f32x4.splat(0);
      for (let j = 0; j < w; j++) { part = f32x4.add(part, v128.load(p)); p += cell; }
      sum = f32x4.add(sum, part);
    }
    v128.store(out + k, f32x4.add(v128.load(out + k), sum));
  }
}

/** Adds the sum over pixels of (x - mean)². */
export function sumSquares(x: usize, ns: usize, hs: usize, n: i32, h: i32, w: i32, c: i32, mean: usize, out: usize): void {
  const cell: usize = c << 2;
  for (let k: usize = 0; k < cell; k += 16) {
    const middle = v128.load(mean + k);
    let sum = f32x4.splat(0);
    for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
      let p: usize = x + s * ns + i * hs + k;
      for (let j = 0; j < w; j++) {
        const off = f32x4.sub(v128.load(p), middle);
        sum = f32x4.add(sum, f32x4.mul(off, off));
        p += cell;
      }
    }
    v128.store(out + k, f32x4.add(v128.load(out + k), sum));
  }
}

/** Adds the sum over pixels of dy (x - mean). */
export function sumProducts(x: usize, dy: usize, ns: usize, hs: usize, n: i32, h: i32, w: i32, c: i32, mean: usize, out: usize): void {
  const cell: usize = c << 2;
  for (let k: usize = 0; k < cell; k += 16) {
    const middle = v128.load(mean + k);
    let sum = f32x4.splat(0);
    for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
      let p: usize = s * ns + i * hs + k;
      for (let j = 0; j < w; j++) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(dy + p), f32x4.sub(v128.load(x + p), middle)));
        p += cell;
      }
    }
    v128.store(out + k, f32x4.add(v128.load(out + k), sum));
  }
}

/** y = a u + b v + e by channel: normalisation and its gradient; v may be 0 for none. */
export function combine(u: usize, v: usize, y: usize, ns: usize, hs: usize, n: i32, h: i32, w: i32, c: i32, a: usize, b: usize, e: usize): void {
  const cell: usize = c << 2;
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = s * ns + i * hs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        let sum = f32x4.add(f32x4.mul(v128.load(a + k), v128.load(u + p + k)), v128.load(e + k));
        if (v) sum = f32x4.add(sum, f32x4.mul(v128.load(b + k), v128.load(v + p + k)));
        v128.store(y + p + k, sum);
      }
      p += cell;
    }
  }
}

/** Zeroes values by chance and scales the rest; chance hangs on key and the value's place alone. */
export function dropout(x: usize, xns: usize, xhs: usize, y: usize, yns: usize, yhs: usize, n: i32, first: i32, h: i32, w: i32, c: i32, key: u32, rate: f32): void {
  const scale = f32x4.splat(1 / (1 - rate));
  const limit = i32x4.splat(<u32>(<f64>rate * 4294967296.0));
  const mask = i32x4.splat(key);
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    const p: usize = x + s * xns + i * xhs, q: usize = y + s * yns + i * yhs;
    const first0: u32 = ((first + s) * h + i) * w * c;
    let place = i32x4.add(i32x4.splat(first0), i32x4(0, 1, 2, 3));
    for (let k: usize = 0; k < <usize>(w * c << 2); k += 16) {
      const isKept = i32x4.ge_u(mixed(v128.xor(place, mask)), limit);
      v128.store(q + k, v128.and(isKept, f32x4.mul(v128.load(p + k), scale)));
      place = i32x4.add(place, i32x4.splat(4));
    }
  }
}

/** A bijection of 32 bits with good avalanche (Wellons' lowbias32), four at once. */
// @ts-ignore: decorator
@inline
function mixed(v: v128): v128 {
  v = i32x4.mul(v128.xor(v, i32x4.shr_u(v, 16)), i32x4.splat(0x7feb352d));
  v = i32x4.mul(v128.xor(v, i32x4.shr_u(v, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(v, i32x4.shr_u(v, 16));
}

/** e to the power of v, to 2 units in the last place (Cephes' expf). */
// @ts-ignore: decorator
@inline
function exponential(v: v128): v128 {
  const x = f32x4.min(f32x4.max(v, f32x4.splat(-87.3)), f32x4.splat(88.3));
  const whole = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(whole, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(whole, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** 1 / (1 + e^-y) in place, row by row. */
export function sigmoid(y: usize, ns: usize, hs: usize, n: i32, h: i32, rowBytes: usize): void {
  const one = f32x4.splat(1);
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    const p: usize = y + s * ns + i * hs;
    for (let k: usize = 0; k < rowBytes; k += 16) {
      v128.store(p + k, f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(v128.load(p + k))))));
    }
  }
}

/** A sample's sum of (y - target)², as Float64. */
export function squaredError(y: usize, hs: usize, cs: i32, target: usize, size: i32, c: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) {
    const p: usize = y + i * hs + (j * cs << 2);
    for (let k = 0; k < c; k++) {
      const off = <f64>load<f32>(p + (k << 2)) - <f64>load<f32>(target);
      sum += off * off;
      target += 4;
    }
  }
  return sum;
}

/** dy = scale (y - target), times y (1 - y) behind a sigmoid. Returns the sum of squares. */
export function squaredErrorGradient(y: usize, dy: usize, hs: usize, cs: i32, target: usize, size: i32, c: i32, scale: f32, isSigmoid: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) {
    const p: usize = i * hs + (j * cs << 2);
    let part: f32 = 0;
    for (let k = 0; k < c; k++) {
      const value = load<f32>(y + p + (k << 2)), off = value - load<f32>(target);
      part += off * off;
      store<f32>(dy + p + (k << 2), scale * off * (isSigmoid ? value * (1 - value) : 1));
      target += 4;
    }
    sum += part;
  }
  return sum;
}

/** RMSprop as tfjs has it: s = decay s + (1 - decay) g², w -= rate g / sqrt(s + epsilon). */
export function rmsprop(w: usize, s: usize, g: usize, apart: usize, threads: i32, from: usize, to: usize, rate: f32, decay: f32, epsilon: f32): void {
  const keep = f32x4.splat(decay), take = f32x4.splat(1 - decay);
  const speed = f32x4.splat(rate), floor = f32x4.splat(epsilon);
  for (let k = from; k < to; k += 16) {
    let gradient = v128.load(g + k);
    for (let t = 1; t < threads; t++) gradient = f32x4.add(gradient, v128.load(g + t * apart + k));
    const mean = f32x4.add(f32x4.mul(keep, v128.load(s + k)), f32x4.mul(take, f32x4.mul(gradient, gradient)));
    v128.store(s + k, mean);
    const step = f32x4.div(f32x4.mul(speed, gradient), f32x4.sqrt(f32x4.add(mean, floor)));
    v128.store(w + k, f32x4.sub(v128.load(w + k), step));
  }
}

/** Weights [9][from][fromTo] turned round for the input's gradient: [9 reversed][to][from]. */
export function turnKernel(w: usize, ws: usize, taps: i32, inputs: i32, outputs: i32, out: usize, outWs: usize): void {
  for (let t = 0; t < taps; t++) for (let i = 0; i < inputs; i++) for (let o = 0; o < outputs; o++) {
    const value = load<f32>(w + (t * inputs + i) * ws + (o << 2));
    store<f32>(out + ((taps - 1 - t) * outputs + o) * outWs + (i << 2), value);
  }
}

/** Weights [taps][inputs][outputs] as a run for each output: [outputs][taps][inputs], padded. */
export function runKernel(w: usize, ws: usize, taps: i32, inputs: i32, outputs: i32, out: usize, outWs: usize, cs: i32): void {
  for (let t = 0; t < taps; t++) for (let i = 0; i < inputs; i++) for (let o = 0; o < outputs; o++) {
    store<f32>(out + o * outWs + ((t * cs + i) << 2), load<f32>(w + (t * inputs + i) * ws + (o << 2)));
  }
}

// A convolution behind an upsampling sees each pixel twice in a row. At output pixels of one phase
// (row and column even or odd) its nine weights fall onto four pixels of the smaller image, so that
// four ninths of the work remain: along each axis, phase 0 joins the last two taps, phase 1 the
// first two.

// @ts-ignore: decorator
@inline
function placeOf(tap: i32, phase: i32): i32 {
  return (tap + 1 - phase) >> 1;
}

/** Weights [3][3][inputs] as four sets of [2][2][inputs], one a phase; rows of ws bytes. */
export function foldKernel(w: usize, ws: usize, inputs: i32, out: usize): void {
  const tap: usize = inputs * ws;
  memory.fill(out, 0, 16 * tap);
  for (let a = 0; a < 2; a++) for (let b = 0; b < 2; b++) for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) {
    const from: usize = w + (3 * i + j) * tap;
    const to: usize = out + (4 * (2 * a + b) + 2 * placeOf(i, a) + placeOf(j, b)) * tap;
    for (let k: usize = 0; k < tap; k += 16) v128.store(to + k, f32x4.add(v128.load(to + k), v128.load(from + k)));
  }
}

/** Gradients of the four sets added up to those of the nine weights. */
export function unfoldGradient(sets: usize, ws: usize, inputs: i32, out: usize): void {
  const tap: usize = inputs * ws;
  for (let a = 0; a < 2; a++) for (let b = 0; b < 2; b++) for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) {
    const to: usize = out + (3 * i + j) * tap;
    const from: usize = sets + (4 * (2 * a + b) + 2 * placeOf(i, a) + placeOf(j, b)) * tap;
    for (let k: usize = 0; k < tap; k += 16) v128.store(to + k, f32x4.add(v128.load(to + k), v128.load(from + k)));
  }
}
