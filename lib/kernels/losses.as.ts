// From outputs to errors and gradients, and from gradients to weights.

/**
 * e to the power of v, to 2 units in the last place (Cephes' expf). Rounded by adding a number so large
 * that no fraction is left; the last bits of that sum then are the power of two.
 */
@inline
function exponential(v: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(v, f32x4.splat(-87.3)), f32x4.splat(88.3));
  const shifted = multiplyAdd(x, f32x4.splat(1.44269504088896341), f32x4.splat(12582912));
  const whole = f32x4.sub(shifted, f32x4.splat(12582912));
  let r = multiplyAdd(whole, f32x4.splat(-0.693359375), x);
  r = multiplyAdd(whole, f32x4.splat(2.12194440e-4), r);
  let p = f32x4.splat(1.9875691500e-4);
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000));
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

/** A sample's sum of (y - target)², all in Float64. */
export function squaredError(y: usize, hs: usize, cs: i32, target: usize, size: i32, c: i32): f64 {
  const lanes = i32x4(0, 1, 2, 3);
  let first = f64x2.splat(0), second = f64x2.splat(0);
  for (let i = 0; i < size; i++) {
    let p: usize = y + i * hs;
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < c; k += 4) {
        let value = v128.load(p + (k << 2)), t = v128.load(target + (k << 2));
        if (k + 4 > c) {
          const isChannel = i32x4.lt_s(lanes, i32x4.splat(c - k));
          value = v128.and(value, isChannel);
          t = v128.and(t, isChannel);
        }
        const low = f64x2.sub(f64x2.promote_low_f32x4(value), f64x2.promote_low_f32x4(t));
        const high = f64x2.sub(f64x2.promote_low_f32x4(upper(value)), f64x2.promote_low_f32x4(upper(t)));
        first = f64x2.add(first, f64x2.mul(low, low));
        second = f64x2.add(second, f64x2.mul(high, high));
      }
      p += cs << 2; target += c << 2;
    }
  }
  const sum = f64x2.add(first, second);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The last two lanes as the first two. */
@inline
function upper(v: v128): v128 {
  return v128.shuffle<i32>(v, v, 2, 3, 0, 1);
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

/** dy = scale sign(y - target), times y (1 - y) behind a sigmoid. Returns the sum of |y - target|. */
export function absoluteErrorGradient(y: usize, dy: usize, hs: usize, cs: i32, target: usize, size: i32, c: i32, scale: f32, isSigmoid: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) {
    const p: usize = i * hs + (j * cs << 2);
    let part: f32 = 0;
    for (let k = 0; k < c; k++) {
      const value = load<f32>(y + p + (k << 2)), off = value - load<f32>(target);
      part += abs(off);
      const sign: f32 = off > 0 ? 1 : off < 0 ? -1 : 0;
      store<f32>(dy + p + (k << 2), scale * sign * (isSigmoid ? value * (1 - value) : 1));
      target += 4;
    }
    sum += part;
  }
  return sum;
}

/** The natural logarithm of positive values, to 2 units in the last place (Cephes' logf). */
@inline
function logarithm(v: v128): v128 {
  const bits = i32x4.sub(i32x4.shr_u(v, 23), i32x4.splat(126));
  const fraction = v128.or(v128.and(v, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const isLow = f32x4.lt(fraction, f32x4.splat(0.707106781186547524));
  const e = f32x4.convert_i32x4_s(i32x4.add(bits, isLow));
  const x = f32x4.add(f32x4.sub(fraction, f32x4.splat(1)), v128.and(fraction, isLow));
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(7.0376836292e-2);
  p = multiplyAdd(p, x, f32x4.splat(-1.1514610310e-1));
  p = multiplyAdd(p, x, f32x4.splat(1.1676998740e-1));
  p = multiplyAdd(p, x, f32x4.splat(-1.2420140846e-1));
  p = multiplyAdd(p, x, f32x4.splat(1.4249322787e-1));
  p = multiplyAdd(p, x, f32x4.splat(-1.6668057665e-1));
  p = multiplyAdd(p, x, f32x4.splat(2.0000714765e-1));
  p = multiplyAdd(p, x, f32x4.splat(-2.4999993993e-1));
  p = multiplyAdd(p, x, f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, x), z);
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(-2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(x, y), f32x4.mul(e, f32x4.splat(0.693359375)));
}

/**
 * Behind a sigmoid dy = scale (y - target), and 0 where y is clipped as Keras and TensorFlow.js do.
 * Returns the sum of -(target log y + (1 - target) log(1 - y)).
 */
export function crossEntropyGradient(y: usize, dy: usize, hs: usize, cs: i32, target: usize, size: i32, c: i32, scale: f32, isSigmoid: i32): f64 {
  const one = f32x4.splat(1), speed = f32x4.splat(scale), lanes = i32x4(0, 1, 2, 3);
  let sum: f64 = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) {
    const p: usize = i * hs + (j * cs << 2);
    for (let k = 0; k < c; k += 4) {
      const at = p + (k << 2), isChannel = i32x4.lt_s(lanes, i32x4.splat(c - k));
      const value = v128.load(y + at), t = v128.load(target + (k << 2));
      const held = f32x4.pmin(f32x4.pmax(value, f32x4.splat(1e-7)), f32x4.splat(1 - 1e-7));
      const isHeld = v128.and(f32x4.eq(held, value), isChannel);
      v128.store(dy + at, v128.and(f32x4.mul(speed, f32x4.sub(value, t)), isHeld));
      const off = f32x4.sub(one, held);
      const part = v128.and(f32x4.add(f32x4.mul(t, logarithm(held)), f32x4.mul(f32x4.sub(one, t), logarithm(off))), isChannel);
      sum -= sumOf(part);
    }
    target += c << 2;
  }
  return sum;
}

/** RMSprop as tfjs has it: s = decay s + (1 - decay) g², w -= rate g / sqrt(s + epsilon). */
export function rmsprop(w: usize, s: usize, g: usize, apart: usize, parts: i32, from: usize, to: usize, rate: f32, decay: f32, epsilon: f32): void {
  const keep = f32x4.splat(decay), take = f32x4.splat(1 - decay);
  const speed = f32x4.splat(rate), floor = f32x4.splat(epsilon);
  for (let k = from; k < to; k += 16) {
    let gradient = v128.load(g + k);
    for (let t = 1; t < parts; t++) gradient = f32x4.add(gradient, v128.load(g + t * apart + k));
    const mean = f32x4.add(f32x4.mul(keep, v128.load(s + k)), f32x4.mul(take, f32x4.mul(gradient, gradient)));
    v128.store(s + k, mean);
    const step = f32x4.div(f32x4.mul(speed, gradient), f32x4.sqrt(f32x4.add(mean, floor)));
    v128.store(w + k, f32x4.sub(v128.load(w + k), step));
  }
}
