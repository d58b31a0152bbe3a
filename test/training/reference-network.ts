/** Images as [sample][row][column][channel] in one array, in double precision. */
export interface Images {
  readonly n: number;
  readonly h: number;
  readonly w: number;
  readonly c: number;
  readonly values: Float64Array;
}

export function zeros(n: number, h: number, w: number, c: number): Images {
  return { n, h, w, c, values: new Float64Array(n * h * w * c) };
}

const at = ({ h, w, c }: Images, s: number, i: number, j: number, k: number) =>
  ((s * h + i) * w + j) * c + k;

/** Every term of a 3 x 3 convolution with zero edges: output, input and weight it multiplies. */
function eachTerm(
  x: Images,
  outputs: number,
  visit: (y: number, x: number, weight: number, output: number) => void,
): void {
  const y = { ...x, c: outputs };
  for (let s = 0; s < x.n; s++)
    for (let i = 0; i < x.h; i++)
      for (let j = 0; j < x.w; j++)
        for (let a = 0; a < 3; a++)
          for (let b = 0; b < 3; b++) {
            const [row, column] = [i + a - 1, j + b - 1];
            if (row < 0 || column < 0 || row >= x.h || column >= x.w) continue;
            for (let k = 0; k < x.c; k++)
              for (let o = 0; o < outputs; o++) {
                const weight = ((a * 3 + b) * x.c + k) * outputs + o;
                visit(at(y, s, i, j, o), at(x, s, row, column, k), weight, o);
              }
          }
}

export function convolve(x: Images, weights: ArrayLike<number>, bias: ArrayLike<number>): Images {
  const y = zeros(x.n, x.h, x.w, bias.length);
  y.values.forEach((_, place) => {
    y.values[place] = bias[place % bias.length];
  });
  eachTerm(x, bias.length, (to, from, weight) => {
    y.values[to] += x.values[from] * weights[weight];
  });
  return y;
}

export function convolveGradients(x: Images, weights: ArrayLike<number>, dy: Images) {
  const dx = zeros(x.n, x.h, x.w, x.c);
  const dWeights = new Float64Array(9 * x.c * dy.c);
  const dBias = new Float64Array(dy.c);
  dy.values.forEach((value, place) => {
    dBias[place % dy.c] += value;
  });
  eachTerm(x, dy.c, (to, from, weight) => {
    dx.values[from] += dy.values[to] * weights[weight];
    dWeights[weight] += dy.values[to] * x.values[from];
  });
  return { dx, dWeights, dBias };
}

/** Each pixel of the larger image with the pixel of the smaller one that it belongs to. */
function eachPair(small: Images, visit: (small: number, large: number) => void): void {
  const large = { ...small, h: 2 * small.h, w: 2 * small.w };
  for (let s = 0; s < small.n; s++)
    for (let i = 0; i < large.h; i++)
      for (let j = 0; j < large.w; j++)
        for (let k = 0; k < small.c; k++)
          visit(at(small, s, i >> 1, j >> 1, k), at(large, s, i, j, k));
}

export function grow(x: Images): Images {
  const y = zeros(x.n, 2 * x.h, 2 * x.w, x.c);
  eachPair(x, (small, large) => {
    y.values[large] = x.values[small];
  });
  return y;
}

export function growGradient(x: Images, dy: Images): Images {
  const dx = zeros(x.n, x.h, x.w, x.c);
  eachPair(x, (small, large) => {
    dx.values[small] += dy.values[large];
  });
  return dx;
}

export function pool(x: Images): Images {
  const y = zeros(x.n, x.h >> 1, x.w >> 1, x.c);
  y.values.fill(Number.NEGATIVE_INFINITY);
  eachPair(y, (small, large) => {
    y.values[small] = Math.max(y.values[small], x.values[large]);
  });
  return y;
}

/** To the first maximum of each window, row by row. */
export function poolGradient(x: Images, y: Images, dy: Images): Images {
  const dx = zeros(x.n, x.h, x.w, x.c);
  const given = new Set<number>();
  eachPair(y, (small, large) => {
    if (given.has(small) || x.values[large] !== y.values[small]) return;
    given.add(small);
    dx.values[large] = dy.values[small];
  });
  return dx;
}

export function relu(x: Images): Images {
  return { ...x, values: x.values.map((value) => Math.max(0, value)) };
}

export function reluGradient(y: Images, dy: Images): Images {
  return { ...dy, values: dy.values.map((value, place) => (y.values[place] > 0 ? value : 0)) };
}
