// The small linear maps of fast convolutions (Winograd, 1980): a tile of pixels, or the nine weights, is
// taken to planes, where a convolution is one product a plane, and back. Each map is separable:
// out = L in L', for the matrices below.

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
  step: 1,
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
 * instead of 81, fours 36 instead of 144, sixes 64 instead of 324; these lose some five times the digits
 * of fours and serve predictions alone.
 */
export const schemes = [
  pairs,
  threes,
  doubled,
  toomCook("Triples", 3, [0.5, -0.5, 1, -1]),
  toomCook("Fours", 4, [0, 0.625, -0.625, 1.5, -1.5]),
  { ...toomCook("Sixes", 6, [0, 0.5, -0.5, 1, -1, 2, -2]), isForPrediction: true },
];

/** Rows as columns. */
export function transpose(matrix) {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
}
