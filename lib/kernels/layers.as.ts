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

/**
 * Hands each output's gradient to the first of the four inputs that is the maximum; none where floor
 * is not below it, as behind a relu at a floor of 0.
 */
export function poolGradient(x: usize, y: usize, dy: usize, dx: usize, xns: usize, xhs: usize, yns: usize, yhs: usize, n: i32, h: i32, w: i32, c: i32, floor: f32): void {
  const cell: usize = c << 2, least = f32x4.splat(floor);
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = s * xns + 2 * i * xhs, q: usize = s * yns + i * yhs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        const a = p + k, b = a + cell, e = a + xhs, f = e + cell;
        const most = v128.load(y + q + k), g = v128.and(v128.load(dy + q + k), f32x4.gt(most, least));
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

// Sums over pixels take several vectors at once, since each addition waits for the one before; the sum of
// a row of pixels is added to those of all.

/** Adds the sum over pixels to a row of c values. */
export function sumPixels(x: usize, ns: usize, hs: usize, n: i32, h: i32, w: i32, c: i32, out: usize): void {
  const cell: usize = c << 2;
  let k: usize = 0;
  for (; k + 64 <= cell; k += 64) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
      let p: usize = x + s * ns + i * hs + k;
      let p0 = f32x4.splat(0), p1 = p0, p2 = p0, p3 = p0;
      for (let j = 0; j < w; j++) {
        p0 = f32x4.add(p0, v128.load(p)); p1 = f32x4.add(p1, v128.load(p, 16));
        p2 = f32x4.add(p2, v128.load(p, 32)); p3 = f32x4.add(p3, v128.load(p, 48));
        p += cell;
      }
      s0 = f32x4.add(s0, p0); s1 = f32x4.add(s1, p1); s2 = f32x4.add(s2, p2); s3 = f32x4.add(s3, p3);
    }
    addTo(out + k, s0); addTo(out + k + 16, s1); addTo(out + k + 32, s2); addTo(out + k + 48, s3);
  }
  for (; k < cell; k += 16) {
    let sum = f32x4.splat(0);
    for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
      let p: usize = x + s * ns + i * hs + k;
      let part = f32x4.splat(0);
      for (let j = 0; j < w; j++) { part = f32x4.add(part, v128.load(p)); p += cell; }
      sum = f32x4.add(sum, part);
    }
    addTo(out + k, sum);
  }
}

@inline
function addTo(at: usize, v: v128): void {
  v128.store(at, f32x4.add(v128.load(at), v));
}

/** Adds the sum over pixels of dy (x - mean), or of (x - mean)² where dy is 0. */
export function sumProducts(x: usize, dy: usize, ns: usize, hs: usize, n: i32, h: i32, w: i32, c: i32, mean: usize, out: usize): void {
  const cell: usize = c << 2;
  let k: usize = 0;
  for (; k + 32 <= cell; k += 32) {
    const m0 = v128.load(mean + k), m1 = v128.load(mean + k + 16);
    let s0 = f32x4.splat(0), s1 = s0;
    for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
      const at: usize = s * ns + i * hs + k;
      let p: usize = x + at, q: usize = dy + at;
      let p0 = f32x4.splat(0), p1 = p0;
      for (let j = 0; j < w; j++) {
        const off0 = f32x4.sub(v128.load(p), m0), off1 = f32x4.sub(v128.load(p, 16), m1);
        p0 = multiplyAdd(dy ? v128.load(q) : off0, off0, p0); p1 = multiplyAdd(dy ? v128.load(q, 16) : off1, off1, p1);
        p += cell; q += cell;
      }
      s0 = f32x4.add(s0, p0); s1 = f32x4.add(s1, p1);
    }
    addTo(out + k, s0); addTo(out + k + 16, s1);
  }
  if (k < cell) {
    const middle = v128.load(mean + k);
    let sum = f32x4.splat(0);
    for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
      const at: usize = s * ns + i * hs + k;
      let p: usize = x + at, q: usize = dy + at;
      let part = f32x4.splat(0);
      for (let j = 0; j < w; j++) {
        const off = f32x4.sub(v128.load(p), middle);
        part = multiplyAdd(dy ? v128.load(q) : off, off, part);
        p += cell; q += cell;
      }
      sum = f32x4.add(sum, part);
    }
    addTo(out + k, sum);
  }
}

/** y = a u + b v + e by channel: normalisation and its gradient; v may be 0 for none. */
export function combine(u: usize, v: usize, y: usize, ns: usize, hs: usize, n: i32, h: i32, w: i32, c: i32, a: usize, b: usize, e: usize): void {
  const cell: usize = c << 2;
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = s * ns + i * hs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        let sum = multiplyAdd(v128.load(a + k), v128.load(u + p + k), v128.load(e + k));
        if (v) sum = multiplyAdd(v128.load(b + k), v128.load(v + p + k), sum);
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
@inline
function mixed(v: v128): v128 {
  v = i32x4.mul(v128.xor(v, i32x4.shr_u(v, 16)), i32x4.splat(0x7feb352d));
  v = i32x4.mul(v128.xor(v, i32x4.shr_u(v, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(v, i32x4.shr_u(v, 16));
}

// A normalising layer before a pool: what it makes is not written, but made again where it is needed.
// Of four neighbours a, b above e, f one is the maximum, the first of equal ones.

/** 2 x 2 maxima of a u + e by channel; h and w are those of the output. */
export function combinePool(u: usize, uns: usize, uhs: usize, y: usize, yns: usize, yhs: usize, n: i32, h: i32, w: i32, c: i32, a: usize, e: usize): void {
  const cell: usize = c << 2;
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = u + s * uns + 2 * i * uhs, q: usize = y + s * yns + i * yhs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        const scale = v128.load(a + k), shift = v128.load(e + k), r = p + k;
        const top = f32x4.pmax(multiplyAdd(scale, v128.load(r), shift), multiplyAdd(scale, v128.load(r + cell), shift));
        const low = f32x4.pmax(multiplyAdd(scale, v128.load(r + uhs), shift), multiplyAdd(scale, v128.load(r + uhs + cell), shift));
        v128.store(q + k, f32x4.pmax(top, low));
      }
      p += 2 * cell; q += cell;
    }
  }
}

/**
 * Adds, over all pixels, the gradient g of those maxima, and its products with u - mean, each where the
 * maximum came from. Sums run row by row of u, as sumPixels and sumProducts have them.
 */
export function pooledSums(u: usize, g: usize, uns: usize, uhs: usize, gns: usize, ghs: usize, n: i32, h: i32, w: i32, c: i32, a: usize, e: usize, mean: usize, sum: usize, products: usize): void {
  const cell: usize = c << 2, zero = f32x4.splat(0);
  for (let k: usize = 0; k < cell; k += 16) {
    const scale = v128.load(a + k), shift = v128.load(e + k), middle = v128.load(mean + k);
    let sums = zero, dots = zero;
    for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
      let p: usize = u + s * uns + 2 * i * uhs + k, q: usize = g + s * gns + i * ghs + k;
      let topSum = zero, lowSum = zero, topDots = zero, lowDots = zero;
      for (let j = 0; j < w; j++) {
        const ua = v128.load(p), ub = v128.load(p + cell), ue = v128.load(p + uhs), uf = v128.load(p + uhs + cell);
        const va = multiplyAdd(scale, ua, shift), vb = multiplyAdd(scale, ub, shift);
        const ve = multiplyAdd(scale, ue, shift), vf = multiplyAdd(scale, uf, shift);
        const top = f32x4.pmax(va, vb), most = f32x4.pmax(top, f32x4.pmax(ve, vf));
        const isTop = f32x4.eq(top, most), gradient = v128.load(q);
        const above = v128.and(gradient, isTop), below = v128.andnot(gradient, isTop);
        topSum = f32x4.add(topSum, above); lowSum = f32x4.add(lowSum, below);
        const ofTop = v128.bitselect(ua, ub, f32x4.eq(va, most)), ofLow = v128.bitselect(ue, uf, f32x4.eq(ve, most));
        topDots = multiplyAdd(above, f32x4.sub(ofTop, middle), topDots);
        lowDots = multiplyAdd(below, f32x4.sub(ofLow, middle), lowDots);
        p += 2 * cell; q += cell;
      }
      sums = f32x4.add(f32x4.add(sums, topSum), lowSum); dots = f32x4.add(f32x4.add(dots, topDots), lowDots);
    }
    addTo(sum + k, sums); addTo(products + k, dots);
  }
}

/** dx = a (g where the maximum of a u + e came from) + b u + f, and 0 where u is not above floor. */
export function combinePoolGradient(u: usize, g: usize, dx: usize, uns: usize, uhs: usize, gns: usize, ghs: usize, n: i32, h: i32, w: i32, c: i32, a: usize, e: usize, b: usize, f: usize, floor: f32): void {
  const cell: usize = c << 2, least = f32x4.splat(floor);
  for (let s = 0; s < n; s++) for (let i = 0; i < h; i++) {
    let p: usize = s * uns + 2 * i * uhs, q: usize = g + s * gns + i * ghs;
    for (let j = 0; j < w; j++) {
      for (let k: usize = 0; k < cell; k += 16) {
        const scale = v128.load(a + k), shift = v128.load(e + k), slope = v128.load(b + k), offset = v128.load(f + k);
        const from = u + p + k, to = dx + p + k, gradient = v128.load(q + k);
        const ua = v128.load(from), ub = v128.load(from + cell), ue = v128.load(from + uhs), uf = v128.load(from + uhs + cell);
        const va = multiplyAdd(scale, ua, shift), vb = multiplyAdd(scale, ub, shift);
        const ve = multiplyAdd(scale, ue, shift), vf = multiplyAdd(scale, uf, shift);
        const most = f32x4.pmax(f32x4.pmax(va, vb), f32x4.pmax(ve, vf));
        const m0 = f32x4.eq(va, most), m1 = v128.andnot(f32x4.eq(vb, most), m0), taken = v128.or(m0, m1);
        const m2 = v128.andnot(f32x4.eq(ve, most), taken), m3 = v128.not(v128.or(taken, m2));
        v128.store(to, combined(v128.and(gradient, m0), ua, scale, slope, offset, least));
        v128.store(to + cell, combined(v128.and(gradient, m1), ub, scale, slope, offset, least));
        v128.store(to + uhs, combined(v128.and(gradient, m2), ue, scale, slope, offset, least));
        v128.store(to + uhs + cell, combined(v128.and(gradient, m3), uf, scale, slope, offset, least));
      }
      p += 2 * cell; q += cell;
    }
  }
}

@inline
function combined(g: v128, u: v128, a: v128, b: v128, f: v128, least: v128): v128 {
  return v128.and(multiplyAdd(b, u, multiplyAdd(a, g, f)), f32x4.gt(u, least));
}
