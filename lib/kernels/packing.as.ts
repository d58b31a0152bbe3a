// Weights in the orders that products read them.

/** Weights [taps][inputs][outputs] turned round for the input's gradient: [taps reversed][outputs][inputs]. */
export function turnKernel(w: usize, ws: usize, taps: i32, inputs: i32, outputs: i32, out: usize, outWs: usize): void {
  const wholeInputs = inputs & ~3, wholeOutputs = outputs & ~3;
  for (let t = 0; t < taps; t++) {
    const from: usize = w + t * inputs * ws, to: usize = out + (taps - 1 - t) * outputs * outWs;
    for (let o = 0; o < wholeOutputs; o += 4) for (let i = 0; i < wholeInputs; i += 4) {
      const at: usize = from + i * ws + (o << 2), turned: usize = to + o * outWs + (i << 2);
      const a = v128.load(at), b = v128.load(at + ws), c = v128.load(at + 2 * ws), e = v128.load(at + 3 * ws);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5), abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const ce = v128.shuffle<i32>(c, e, 0, 4, 1, 5), ceHigh = v128.shuffle<i32>(c, e, 2, 6, 3, 7);
      v128.store(turned, v128.shuffle<i64>(ab, ce, 0, 2));
      v128.store(turned + outWs, v128.shuffle<i64>(ab, ce, 1, 3));
      v128.store(turned + 2 * outWs, v128.shuffle<i64>(abHigh, ceHigh, 0, 2));
      v128.store(turned + 3 * outWs, v128.shuffle<i64>(abHigh, ceHigh, 1, 3));
    }
    for (let i = 0; i < inputs; i++) for (let o = i < wholeInputs ? wholeOutputs : 0; o < outputs; o++) {
      store<f32>(to + o * outWs + (i << 2), load<f32>(from + i * ws + (o << 2)));
    }
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
