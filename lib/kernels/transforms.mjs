// Writes the small linear maps of fast convolutions (Winograd, 1980): a tile of pixels, or the nine
// weights, is taken to planes, where a convolution is one product a plane, and back. Each map is
// separable: out = L in L', for the matrices below.

/**
 * What each scheme does to a window of pixels, to three weights, and back to outputs, along one axis:
 * outputs = back ((weights' map of w) x (window's map of x)), value by value.
 */
const pairs = {
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
};

const threes = {
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
};

const doubled = {
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
};

/**
 * As many outputs as wanted from two pixels more (Toom and Cook): values of polynomials at points, the
 * last at infinity. Points lie in pairs of either sign around one, which loses the fewest digits
 * (Barabasz et al., 2020), and are short in binary, so that all that is done to pixels is exact but for
 * its sums.
 */
function toomCook(name, outputs, points) {
  const others = (point) => points.filter((other) => other !== point);
  const finite = points.map((point) => {
    const size = others(point).reduce((product, other) => product * (point - other), 1);
    return {
      window: [...polynomialOf(others(point)), 0],
      weights: [1, point, point ** 2].map((value) => value / size),
      back: Array.from({ length: outputs }, (_, power) => point ** power),
    };
  });
  const infinite = {
    window: polynomialOf(points),
    weights: [0, 0, 1],
    back: Array.from({ length: outputs }, (_, power) => (power === outputs - 1 ? 1 : 0)),
  };
  const all = [...finite, infinite];
  return {
    name,
    window: all.map(({ window }) => window),
    weights: all.map(({ weights }) => weights),
    back: transpose(all.map(({ back }) => back)),
  };
}

/** Coefficients, of rising power, of the polynomial with these roots. */
function polynomialOf(roots) {
  let product = [1];
  for (const root of roots) {
    const [whole, before] = [
      [...product, 0],
      [0, ...product],
    ];
    product = whole.map((value, power) => before[power] - root * value);
  }
  return product;
}

/**
 * All schemes, in the order of their numbers. Threes of pixels of a larger image take 25 products
 * instead of 81, fours 36 instead of 144.
 */
export const schemes = [
  pairs,
  threes,
  doubled,
  toomCook("Triples", 3, [0.5, -0.5, 1, -1]),
  toomCook("Fours", 4, [0, 0.625, -0.625, 1.5, -1.5]),
];

function transpose(matrix) {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
}

/** Emits sums of products of constants and vectors, in one rounding where WebAssembly has that. */
function arithmetic(isRelaxed) {
  /** sum + factor * value; no sum yet where it is null. */
  function scaled(sum, factor, value) {
    if (factor === 1) return sum === null ? value : `f32x4.add(${sum}, ${value})`;
    if (factor === -1 && sum !== null) return `f32x4.sub(${sum}, ${value})`;
    const constant = `f32x4.splat(${factor})`;
    if (sum === null)
      return factor === -1 ? `f32x4.neg(${value})` : `f32x4.mul(${constant}, ${value})`;
    return isRelaxed
      ? `f32x4.relaxed_madd(${constant}, ${value}, ${sum})`
      : `f32x4.add(${sum}, f32x4.mul(${constant}, ${value}))`;
  }

  /** A sum of vectors by coefficients; those of one size are added up before they are scaled. */
  function combination(coefficients, names) {
    const terms = coefficients.flatMap((factor, at) => (factor === 0 ? [] : [{ factor, at }]));
    const sizes = [...new Set(terms.map(({ factor }) => Math.abs(factor)))].sort(
      (one, other) => Number(other === 1) - Number(one === 1),
    );
    let sum = null;
    for (const size of sizes) {
      // Those of positive sign first, so that none need be negated where there is one.
      const group = terms
        .filter(({ factor }) => Math.abs(factor) === size)
        .sort((one, other) => other.factor - one.factor);
      if (size === 1) {
        for (const { factor, at } of group) sum = scaled(sum, factor, names[at]);
        continue;
      }
      const lead = Math.sign(group[0].factor);
      let part = null;
      for (const { factor, at } of group) part = scaled(part, lead * Math.sign(factor), names[at]);
      sum = scaled(sum, lead * size, part);
    }
    return sum;
  }

  return { scaled, combination };
}

/** Two lists of coefficients that differ by signs alone, and not by all of them or none. */
function arePaired(one, other) {
  const isEqual = (value, at) => value !== 0 && value === other[at];
  const isOpposite = (value, at) => value !== 0 && value === -other[at];
  return (
    one.every((value, at) => Math.abs(value) === Math.abs(other[at])) &&
    one.some(isEqual) &&
    one.some(isOpposite)
  );
}

/** Numbers of lists that are paired, each in one pair at most. */
function pairsOf(lists) {
  const taken = new Set();
  return lists.flatMap((list, at) => {
    const partner = lists.findIndex(
      (other, number) => number > at && !taken.has(number) && arePaired(list, other),
    );
    if (taken.has(at) || partner < 0) return [];
    taken.add(at).add(partner);
    return [[at, partner]];
  });
}

/**
 * Lines that take vectors of some names through a matrix, and the names of the results. Points of either
 * sign share their sums: columns of one size as sum and difference, rows as their even and odd parts.
 */
function linesOf({ scaled, combination }, matrix, names, prefix) {
  const lines = [];
  const let_ = (name, value) => {
    lines.push(`    const ${name} = ${value};`);
    return name;
  };
  let rows = matrix;
  let inputs = names;
  for (const [j, k] of pairsOf(transpose(matrix))) {
    const sum = let_(`${prefix}s${j}`, `f32x4.add(${names[j]}, ${names[k]})`);
    const difference = let_(`${prefix}d${j}`, `f32x4.sub(${names[j]}, ${names[k]})`);
    inputs = inputs.with(j, sum).with(k, difference);
    rows = rows.map((row) => (row[j] === row[k] ? row.with(k, 0) : row.with(j, 0).with(k, row[j])));
  }
  const results = rows.map((_, row) => `${prefix}${row}`);
  const paired = pairsOf(rows);
  for (const [one, other] of paired) {
    const isEven = rows[one].map((value, at) => value === rows[other][at]);
    const even = combination(
      rows[one].map((value, at) => (isEven[at] ? value : 0)),
      inputs,
    );
    const odds = rows[one].map((value, at) => (isEven[at] ? 0 : value));
    const size = Math.abs(odds.findLast((value) => value !== 0));
    const odd = combination(
      odds.map((value) => value / size),
      inputs,
    );
    const e = let_(`${prefix}e${one}`, even);
    const o = let_(`${prefix}o${one}`, odd);
    let_(results[one], scaled(e, size, o));
    let_(results[other], scaled(e, -size, o));
  }
  for (const [row, coefficients] of rows.entries()) {
    if (paired.flat().includes(row)) continue;
    let_(results[row], combination(coefficients, inputs));
  }
  return { lines, results };
}

/** A map over some vectors of channels; strides by row and column of both sides, in bytes. */
function map(emit, name, matrix, { parameters = "", before = "", store }) {
  const lines = [];
  const take = (names, prefix) => {
    const made = linesOf(emit, matrix, names, prefix);
    lines.push(...made.lines);
    return made.results;
  };
  const columns = matrix[0].map((_, j) =>
    take(
      matrix[0].map((__, i) => {
        lines.push(`    const x${i}${j} = v128.load(x + ${i} * xh + ${j} * xw);`);
        return `x${i}${j}`;
      }),
      `c${j}_`,
    ),
  );
  for (const r of matrix.keys()) {
    const results = take(
      columns.map((column) => column[r]),
      `r${r}_`,
    );
    lines.push(...results.map((value, s) => store(value, r, s)));
  }
  return `
function ${name}(x: usize, xh: usize, xw: usize, y: usize, yh: usize, yw: usize, vectors: i32${parameters}): void {
  for (let v = 0; v < vectors; v++) {
${before}
${lines.join("\n")}
    x += 16; y += 16;
  }
}
`;
}

const put = (value, r, s) => `    v128.store(y + ${r} * yh + ${s} * yw, ${value});`;
const add = (value, r, s) =>
  `    v128.store(y + ${r} * yh + ${s} * yw, f32x4.add(v128.load(y + ${r} * yh + ${s} * yw), ${value}));`;

/**
 * Outputs get their bias and relu, and are scaled and shifted; the last ones may lie beyond the image's
 * edge and are left out.
 */
const finish = (last) => (value, r, s) => {
  const conditions = [
    ...(r === last ? [`${r} < rows`] : []),
    ...(s === last ? [`${s} < columns`] : []),
  ];
  const ifInside = conditions.length > 0 ? `if (${conditions.join(" && ")}) ` : "";
  return `    ${ifInside}v128.store(y + ${r} * yh + ${s} * yw, multiplyAdd(f32x4.pmax(f32x4.add(${value}, b), floor), a, e));`;
};

/** All maps, in AssemblyScript. */
export function transformsSource(isRelaxed) {
  const emit = arithmetic(isRelaxed);
  return schemes
    .flatMap(({ name, window, weights, back }) => [
      map(emit, `window${name}`, window, { store: put }),
      map(emit, `weights${name}`, weights, { store: put }),
      map(emit, `back${name}`, back, {
        parameters:
          ", bias: usize, floor: v128, scale: usize, shift: usize, rows: i32, columns: i32",
        before: [
          "    const b = bias ? v128.load(bias) : f32x4.splat(0);",
          "    const a = scale ? v128.load(scale) : f32x4.splat(1);",
          "    const e = scale ? v128.load(shift) : f32x4.splat(0);",
          "    if (bias) bias += 16;",
          "    if (scale) { scale += 16; shift += 16; }",
        ].join("\n"),
        store: finish(back.length - 1),
      }),
      map(emit, `errors${name}`, transpose(back), { store: put }),
      map(emit, `gradients${name}`, transpose(weights), { store: add }),
    ])
    .join("");
}
