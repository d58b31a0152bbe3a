// Writes the register tiles: AssemblyScript has no way to unroll loops over local variables, so each
// tile shape is spelt out. Eight or nine sums, their weights and an input leave few of 16 registers.

const range = (count) => Array.from({ length: count }, (_, index) => index);
const each = (rows, columns, line) =>
  range(rows).flatMap((row) => range(columns).map((column) => line(row, column)));

/** sum + x * y; in one rounding where the processor has it and WebAssembly tells (relaxed SIMD). */
const added = (isRelaxed) => (sum, x, y) =>
  isRelaxed
    ? `${sum} = f32x4.relaxed_madd(${x}, ${y}, ${sum});`
    : `${sum} = f32x4.add(${sum}, f32x4.mul(${x}, ${y}));`;

/** Lines of one step: vectors of a pointer times inputs that are told by their number. */
function step(rows, vectors, add, { vector, input }) {
  return [
    ...range(vectors).map((v) => `const w${v} = v128.load(${vector}, ${16 * v});`),
    ...range(rows).flatMap((row) => [
      `const s${row} = v128.load_splat<f32>(${input(row)});`,
      ...range(vectors).map((v) => add(`a${row}${v}`, `s${row}`, `w${v}`)),
    ]),
  ].join("\n");
}

/**
 * Pixels by vectors of four outputs: out += input (splat) * weights. One step a turn, each pixel with
 * a pointer of its own: unrolled further, or with a common offset, V8 spills registers and a third
 * of the speed is lost.
 */
function productTile(pixels, vectors, add) {
  const inputs = range(pixels).map((p) => `x${p}: usize`);
  const outputs = range(pixels).map((p) => `y${p}: usize`);
  return `
@inline
function product${pixels}x${vectors}(${inputs.join(", ")}, w: usize, ws: usize, g1: i32, s1: usize, g2: i32, s2: usize, len: i32, bias: usize, act: i32, ${outputs.join(", ")}): void {
${range(vectors)
  .map((v) => `  const b${v} = bias ? v128.load(bias, ${16 * v}) : f32x4.splat(0);`)
  .join("\n")}
${each(pixels, vectors, (p, v) => `  let a${p}${v} = b${v};`).join("\n")}
  for (let i = 0; i < g1; i++) {
    for (let j = 0; j < g2; j++) {
${range(pixels)
  .map((p) => `      let p${p} = x${p} + i * s1 + j * s2;`)
  .join("\n")}
      for (let k = 0; k < len; k++) {
${step(pixels, vectors, add, { vector: "w", input: (p) => `p${p}` })}
${range(pixels)
  .map((p) => `        p${p} += 4;`)
  .join("\n")}
        w += ws;
      }
    }
  }
${each(pixels, vectors, (p, v) => `  v128.store(y${p}, act ? f32x4.pmax(a${p}${v}, f32x4.splat(0)) : a${p}${v}, ${16 * v});`).join("\n")}
}
`;
}

/** Likewise over one gapless run and with nothing added: rows of a plane. */
function planeTile(rows, vectors, add) {
  const inputs = range(rows).map((p) => `x${p}: usize`);
  const outputs = range(rows).map((p) => `y${p}: usize`);
  return `
@inline
function plane${rows}x${vectors}(${inputs.join(", ")}, w: usize, ws: usize, len: i32, ${outputs.join(", ")}): void {
${each(rows, vectors, (p, v) => `  let a${p}${v} = f32x4.splat(0);`).join("\n")}
  for (let k = 0; k < len; k++) {
${step(rows, vectors, add, { vector: "w", input: (p) => `x${p}` })}
${range(rows)
  .map((p) => `    x${p} += 4;`)
  .join("\n")}
    w += ws;
  }
${each(rows, vectors, (p, v) => `  v128.store(y${p}, a${p}${v}, ${16 * v});`).join("\n")}
}
`;
}

/** Pixels by outputs as dot products over vectors of inputs, for outputs that fill no vector. */
function dotTile(pixels, outputs, add) {
  const inputs = range(pixels).map((p) => `x${p}: usize`);
  const results = range(pixels).map((p) => `y${p}: usize`);
  return `
@inline
function dot${pixels}x${outputs}(${inputs.join(", ")}, w: usize, ws: usize, g1: i32, s1: usize, len: i32, bias: usize, ${results.join(", ")}): void {
${each(pixels, outputs, (p, c) => `  let a${p}${c} = f32x4.splat(0);`).join("\n")}
${range(outputs)
  .map((c) => `  let w${c} = w + ${c} * ws;`)
  .join("\n")}
  for (let i = 0; i < g1; i++) {
${range(pixels)
  .map((p) => `    let p${p} = x${p} + i * s1;`)
  .join("\n")}
    for (let k = 0; k < len; k += 4) {
${range(outputs)
  .map((c) => `      const u${c} = v128.load(w${c});\n      w${c} += 16;`)
  .join("\n")}
${range(pixels)
  .flatMap((p) => [
    `      const v${p} = v128.load(p${p});\n      p${p} += 16;`,
    ...range(outputs).map((c) => `      ${add(`a${p}${c}`, `v${p}`, `u${c}`)}`),
  ])
  .join("\n")}
    }
  }
${each(pixels, outputs, (p, c) => `  store<f32>(y${p}, sumOf(a${p}${c}) + load<f32>(bias, ${4 * c}), ${4 * c});`).join("\n")}
}
`;
}

/**
 * Rows by vectors: out += row value (splat) * vector, summed over the pixels of some samples. Whole
 * vectors that lie side by side, as nearly all do, are added at once.
 */
function outerTile(rows, vectors, add) {
  return `
function outer${rows}x${vectors}(r: usize, v: usize, d: usize, from: i32, to: i32, out: usize, rowStride: usize, laneStride: usize, lanes: i32): void {
  const h = field(d, O_H), w = field(d, O_W);
  const rns: usize = field(d, O_RNS), rhs: usize = field(d, O_RHS), rws: usize = field(d, O_RWS);
  const vns: usize = field(d, O_VNS), vhs: usize = field(d, O_VHS), vws: usize = field(d, O_VWS);
${each(rows, vectors, (i, j) => `  let a${i}${j} = f32x4.splat(0);`).join("\n")}
  for (let n = from; n < to; n++) {
    for (let y = 0; y < h; y++) {
      let p: usize = r + n * rns + y * rhs, q: usize = v + n * vns + y * vhs;
      for (let x = 0; x < w; x++) {
${step(rows, vectors, add, { vector: "q", input: (i) => `p, ${4 * i}` })}
        p += rws;
        q += vws;
      }
    }
  }
  if (laneStride == 4 && lanes >= ${4 * vectors}) {
${range(rows)
  .flatMap((i) => [
    ...range(vectors).map(
      (j) => `    v128.store(out, f32x4.add(v128.load(out, ${16 * j}), a${i}${j}), ${16 * j});`,
    ),
    ...(i + 1 < rows ? ["    out += rowStride;"] : []),
  ])
  .join("\n")}
    return;
  }
${each(rows, vectors, (i, j) => `  addLanes(out + ${i} * rowStride + ${4 * j} * laneStride, a${i}${j}, laneStride, lanes - ${4 * j});`).join("\n")}
}
`;
}

/**
 * Rows by vectors of a sum over pixels that lie one after the other: out = (or +=) row value (splat) *
 * vector.
 */
function sumTile(rows, vectors, add) {
  return `
@inline
function sum${rows}x${vectors}(x: usize, xs: usize, e: usize, es: usize, pixels: i32, isFirst: bool, out: usize, outRow: usize): void {
${each(rows, vectors, (i, j) => `  let a${i}${j} = f32x4.splat(0);`).join("\n")}
  for (let at = 0; at < pixels; at++) {
${step(rows, vectors, add, { vector: "e", input: (i) => `x, ${4 * i}` })}
    x += xs;
    e += es;
  }
${range(rows)
  .flatMap((i) => [
    ...range(vectors).map(
      (j) =>
        `  v128.store(out, isFirst ? a${i}${j} : f32x4.add(v128.load(out, ${16 * j}), a${i}${j}), ${16 * j});`,
    ),
    ...(i + 1 < rows ? ["  out += outRow;"] : []),
  ])
  .join("\n")}
}
`;
}

/**
 * Multiply-adds on values that never leave their registers: the most that a thread can do. Twelve wait
 * for none of each other, which hides how long one takes; each adds to its own sum, as a processor has
 * it, so that none is copied; four rounds a turn leave the loop itself no weight.
 */
function peakLoop(isRelaxed) {
  const values = range(12).map((at) => `a${at}`);
  // Without one rounding x * y could be taken out of the loop, and a * x cannot.
  const step = (a) => (isRelaxed ? `relaxed_madd(x, y, ${a})` : `add(f32x4.mul(${a}, x), y)`);
  return `
/** 384 operations a turn. */
export function peak(turns: i32): f32 {
  const x = f32x4.splat(0.5), y = f32x4.splat(1);
${values.map((a, at) => `  let ${a} = f32x4.splat(${at});`).join("\n")}
  for (let turn = 0; turn < turns; turn++) {
${range(4)
  .flatMap(() => values.map((a) => `    ${a} = f32x4.${step(a)};`))
  .join("\n")}
  }
  return sumOf(${values.reduce((sum, a) => `f32x4.add(${sum}, ${a})`)});
}
`;
}

/** x y + sum, for all other kernels. */
function multiplyAdd(isRelaxed) {
  return `
@inline
function multiplyAdd(x: v128, y: v128, sum: v128): v128 {
  return ${isRelaxed ? "f32x4.relaxed_madd(x, y, sum)" : "f32x4.add(sum, f32x4.mul(x, y))"};
}
`;
}

/** All tiles, in AssemblyScript. */
export function tilesSource(isRelaxed) {
  const add = added(isRelaxed);
  return [
    ...[
      [4, 2],
      [4, 1],
      [1, 2],
      [1, 1],
    ].map(([p, v]) => productTile(p, v, add)),
    ...[
      [3, 3],
      [4, 2],
      [4, 1],
    ].map(([rows, v]) => planeTile(rows, v, add)),
    // Nine sums fit beside their operands only where adding needs no register for the product.
    `\nconst DOT_PIXELS = ${isRelaxed ? 3 : 2};\n`,
    ...[
      [3, 3],
      [2, 3],
      [1, 3],
      [1, 1],
    ].map(([p, c]) => dotTile(p, c, add)),
    ...[2, 1].map((rows) => outerTile(rows, 4, add)),
    ...[4, 3, 2, 1].flatMap((rows) => [outerTile(rows, 2, add), outerTile(rows, 1, add)]),
    ...[3, 2, 1].map((rows) => sumTile(rows, 3, add)),
    ...[4, 2, 1].map((rows) => sumTile(rows, 2, add)),
    sumTile(4, 1, add),
    sumTile(1, 1, add),
    peakLoop(isRelaxed),
    multiplyAdd(isRelaxed),
  ].join("");
}
