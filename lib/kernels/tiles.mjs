// Writes the register tiles: AssemblyScript has no way to unroll loops over local variables, so each
// tile shape is spelt out. Eight accumulators, their weights and one input fill the 16 registers.

const range = (count) => Array.from({ length: count }, (_, index) => index);
const each = (rows, columns, line) =>
  range(rows).flatMap((row) => range(columns).map((column) => line(row, column)));

/** Pixels by vectors of four outputs: out += input (splat) * weights. */
function productTile(pixels, vectors) {
  const inputs = range(pixels).map((p) => `x${p}: usize`);
  const outputs = range(pixels).map((p) => `y${p}: usize`);
  const step = (at, weights) => [
    ...range(vectors).map((v) => `      const w${at}${v} = v128.load(${weights}, ${16 * v});`),
    ...range(pixels).flatMap((p) => [
      `      const s${at}${p} = v128.load_splat<f32>(x${p} + o, ${4 * at});`,
      ...range(vectors).map(
        (v) => `      a${p}${v} = f32x4.add(a${p}${v}, f32x4.mul(s${at}${p}, w${at}${v}));`,
      ),
    ]),
  ];
  return `
// @ts-ignore: decorator
@inline
function product${pixels}x${vectors}(${inputs.join(", ")}, w: usize, ws: usize, g1: i32, s1: usize, g2: i32, s2: usize, len: i32, bias: usize, act: i32, ${outputs.join(", ")}): void {
${range(vectors)
  .map((v) => `  const b${v} = bias ? v128.load(bias, ${16 * v}) : f32x4.splat(0);`)
  .join("\n")}
${each(pixels, vectors, (p, v) => `  let a${p}${v} = b${v};`).join("\n")}
  for (let i = 0; i < g1; i++) {
    for (let j = 0; j < g2; j++) {
      let o: usize = i * s1 + j * s2;
      let k = 1;
      for (; k < len; k += 2) {
${step(0, "w").join("\n")}
        const next = w + ws;
${step(1, "next").join("\n")}
        o += 8;
        w = next + ws;
      }
      if (k == len) {
${step(2, "w").join("\n").replaceAll(", 8);", ", 0);")}
        w += ws;
      }
    }
  }
${each(pixels, vectors, (p, v) => `  v128.store(y${p}, act ? f32x4.max(a${p}${v}, f32x4.splat(0)) : a${p}${v}, ${16 * v});`).join("\n")}
}
`;
}

/** Pixels by outputs as dot products over vectors of inputs, for outputs that fill no vector. */
function dotTile(pixels, outputs) {
  const inputs = range(pixels).map((p) => `x${p}: usize`);
  const results = range(pixels).map((p) => `y${p}: usize`);
  return `
// @ts-ignore: decorator
@inline
function dot${pixels}x${outputs}(${inputs.join(", ")}, w: usize, ws: usize, g1: i32, s1: usize, len: i32, bias: usize, ${results.join(", ")}): void {
${each(pixels, outputs, (p, c) => `  let a${p}${c} = f32x4.splat(0);`).join("\n")}
${range(outputs)
  .map((c) => `  let w${c} = w + ${c} * ws;`)
  .join("\n")}
  for (let i = 0; i < g1; i++) {
    let o: usize = i * s1;
    for (let k = 0; k < len; k += 4) {
${range(pixels)
  .map((p) => `      const v${p} = v128.load(x${p} + o);`)
  .join("\n")}
${range(outputs)
  .flatMap((c) => [
    `      const u${c} = v128.load(w${c});`,
    ...range(pixels).map((p) => `      a${p}${c} = f32x4.add(a${p}${c}, f32x4.mul(v${p}, u${c}));`),
    `      w${c} += 16;`,
  ])
  .join("\n")}
      o += 16;
    }
  }
${each(pixels, outputs, (p, c) => `  store<f32>(y${p}, sumOf(a${p}${c}) + load<f32>(bias, ${4 * c}), ${4 * c});`).join("\n")}
}
`;
}

/** Rows by vectors: out += row value (splat) * vector, summed over the pixels of some samples. */
function outerTile(rows, vectors) {
  return `
// @ts-ignore: decorator
@inline
function outer${rows}x${vectors}(r: usize, v: usize, d: usize, from: i32, to: i32, out: usize, rowStride: usize, laneStride: usize, lanes: i32): void {
  const h = field(d, O_H), w = field(d, O_W);
  const rns: usize = field(d, O_RNS), rhs: usize = field(d, O_RHS), rws: usize = field(d, O_RWS);
  const vns: usize = field(d, O_VNS), vhs: usize = field(d, O_VHS), vws: usize = field(d, O_VWS);
${each(rows, vectors, (i, j) => `  let a${i}${j} = f32x4.splat(0);`).join("\n")}
  for (let n = from; n < to; n++) {
    for (let y = 0; y < h; y++) {
      let p: usize = r + n * rns + y * rhs, q: usize = v + n * vns + y * vhs;
      for (let x = 0; x < w; x++) {
${range(vectors)
  .map((j) => `        const w${j} = v128.load(q, ${16 * j});`)
  .join("\n")}
${range(rows)
  .flatMap((i) => [
    `        const s${i} = v128.load_splat<f32>(p, ${4 * i});`,
    ...range(vectors).map(
      (j) => `        a${i}${j} = f32x4.add(a${i}${j}, f32x4.mul(s${i}, w${j}));`,
    ),
  ])
  .join("\n")}
        p += rws;
        q += vws;
      }
    }
  }
${each(rows, vectors, (i, j) => `  addLanes(out + ${i} * rowStride + ${4 * j} * laneStride, a${i}${j}, laneStride, lanes - ${4 * j});`).join("\n")}
}
`;
}

export const tilesSource = [
  ...[
    [4, 2],
    [4, 1],
    [1, 2],
    [1, 1],
  ].map(([p, v]) => productTile(p, v)),
  ...[
    [2, 3],
    [2, 1],
    [1, 3],
    [1, 1],
  ].map(([p, c]) => dotTile(p, c)),
  ...[4, 3, 2, 1].flatMap((rows) => [outerTile(rows, 2), outerTile(rows, 1)]),
].join("");
