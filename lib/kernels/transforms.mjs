// Writes the small linear maps of fast convolutions (Winograd, 1980): a tile of pixels, or the nine
// weights, is taken to planes, where a convolution is one product a plane, and back. Each map is
// separable: out = L in L', for the matrices below.

/**
 * What each scheme does to a window of pixels, to three weights, and back to outputs, along one axis:
 * outputs = back ((weights' map of w) x (window's map of x)), value by value.
 */
export const schemes = [
  {
    // Two outputs from four pixels by four products instead of six: F(2, 3).
    name: "Pairs",
    window: [
      [1, 0, -1, 0],
      [0, 1, 1, 0],
      [0, -1, 1, 0],
      [0, 1, 0, -1],
    ],
    weights: [
      [1, 0, 0],
      [0.5, 0.5, 0.5],
      [0.5, -0.5, 0.5],
      [0, 0, 1],
    ],
    back: [
      [1, 1, 1, 0],
      [0, 1, -1, -1],
    ],
  },
  {
    // A row of three pixels between zeros by five products instead of nine: the cyclic convolution of
    // four values, whose ends that wrap round are not needed.
    name: "Threes",
    window: [
      [1, 1, 1],
      [1, -1, 1],
      [1, 0, -1],
      [0, 1, 0],
      [1, 1, -1],
    ],
    weights: [
      [0.25, 0.25, 0.25],
      [0.25, -0.25, 0.25],
      [-0.5, 0, 0.5],
      [0, 0.5, 0],
      [-0.5, 0.5, 0.5],
    ],
    back: [
      [1, -1, -1, -1, 1],
      [1, 1, -1, 1, 0],
      [1, -1, 1, 1, -1],
    ],
  },
  {
    // The two outputs of a doubled pixel by three products instead of six: they share the product of
    // the pixel and all weights, and differ from it by what the neighbours differ.
    name: "Doubled",
    window: [
      [0, 1, 0],
      [1, -1, 0],
      [0, 1, -1],
    ],
    weights: [
      [1, 1, 1],
      [1, 0, 0],
      [0, 0, -1],
    ],
    back: [
      [1, 1, 0],
      [1, 0, 1],
    ],
  },
];

const transpose = (matrix) => matrix[0].map((_, column) => matrix.map((row) => row[column]));

/** A sum of named vectors by coefficients; those of one size are added up before they are scaled. */
function combination(coefficients, name) {
  const sizes = [...new Set(coefficients.map(Math.abs))].filter((size) => size > 0);
  return sizes
    .map((size) => {
      const sum = signedSum(
        coefficients.map((factor) => (Math.abs(factor) === size ? factor : 0)),
        name,
      );
      return size === 1 ? sum : `f32x4.mul(f32x4.splat(${size}), ${sum})`;
    })
    .reduce((first, second) => `f32x4.add(${first}, ${second})`);
}

/** Those of positive sign first, so that none need be negated where there is one. */
function signedSum(coefficients, name) {
  const terms = coefficients.flatMap((factor, at) => (factor === 0 ? [] : [{ factor, at }]));
  const [first, ...others] = terms.sort((one, other) => other.factor - one.factor);
  return others.reduce(
    (sum, { factor, at }) => `f32x4.${factor < 0 ? "sub" : "add"}(${sum}, ${name(at)})`,
    first.factor < 0 ? `f32x4.neg(${name(first.at)})` : name(first.at),
  );
}

/** A map over some vectors of channels; strides by row and column of both sides, in bytes. */
function map(name, matrix, { parameters = "", before = "", store }) {
  const rows = matrix.map((_, row) => row);
  const columns = matrix[0].map((_, column) => column);
  return `
function ${name}(x: usize, xh: usize, xw: usize, y: usize, yh: usize, yw: usize, vectors: i32${parameters}): void {
  for (let v = 0; v < vectors; v++) {
${columns
  .flatMap((j) => [
    ...columns.map((i) => `    const x${i}${j} = v128.load(x + ${i} * xh + ${j} * xw);`),
    ...rows.map((r) => `    const t${r}${j} = ${combination(matrix[r], (i) => `x${i}${j}`)};`),
  ])
  .join("\n")}
${before}
${rows
  .flatMap((r) =>
    rows.map((s) =>
      store(
        combination(matrix[s], (j) => `t${r}${j}`),
        r,
        s,
      ),
    ),
  )
  .join("\n")}
    x += 16; y += 16;
  }
}
`;
}

const put = (value, r, s) => `    v128.store(y + ${r} * yh + ${s} * yw, ${value});`;
const add = (value, r, s) =>
  `    v128.store(y + ${r} * yh + ${s} * yw, f32x4.add(v128.load(y + ${r} * yh + ${s} * yw), ${value}));`;

/** Outputs get their bias and relu; those beyond the image's edge are left out. */
const finish = (value, r, s) =>
  `    ${r + s > 0 ? `if (${r} < rows && ${s} < columns) ` : ""}v128.store(y + ${r} * yh + ${s} * yw, f32x4.max(f32x4.add(${value}, b), floor));`;

/** All maps, in AssemblyScript. */
export function transformsSource() {
  return schemes
    .flatMap(({ name, window, weights, back }) => [
      map(`window${name}`, window, { store: put }),
      map(`weights${name}`, weights, { store: put }),
      map(`back${name}`, back, {
        parameters: ", bias: usize, floor: v128, rows: i32, columns: i32",
        before: "    const b = bias ? v128.load(bias) : f32x4.splat(0);\n    if (bias) bias += 16;",
        store: finish,
      }),
      map(`errors${name}`, transpose(back), { store: put }),
      map(`gradients${name}`, transpose(weights), { store: add }),
    ])
    .join("");
}
