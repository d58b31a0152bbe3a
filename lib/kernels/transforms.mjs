// Writes the maps of fast convolutions (schemes.mjs): AssemblyScript has no way to unroll loops over
// local variables, so that each is spelt out.
import { schemes, transpose } from "./schemes.mjs";

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
function map(emit, name, matrix, { parameters, before, store }) {
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
  const rows = matrix.map((_, r) =>
    take(
      columns.map((column) => column[r]),
      `r${r}_`,
    ),
  );
  lines.push(...store(rows));
  return `
function ${name}(${parameters.join(", ")}): void {
  for (let v = 0; v < vectors; v++) {
${before}
${lines.join("\n")}
    x += 16; y += 16;
  }
}
`;
}

/** Lines that leave values, row by row; r and s are their row and column. */
const each = (line) => (rows) => rows.flatMap((row, r) => row.map((value, s) => line(value, r, s)));
const at = (r, s) => `y + ${r} * yh + ${s} * yw`;
const put = each((value, r, s) => `    v128.store(${at(r, s)}, ${value});`);
const add = each(
  (value, r, s) => `    v128.store(${at(r, s)}, f32x4.add(v128.load(${at(r, s)}), ${value}));`,
);

/** An output with its bias and relu, scaled and shifted. */
const finished = (value) => `multiplyAdd(f32x4.pmax(f32x4.add(${value}, b), floor), a, e)`;

/** Outputs, of which the last may lie beyond the image's edge and are left out. */
const finish = (rows) => {
  const last = rows.length - 1;
  return each((value, r, s) => {
    const conditions = [
      ...(r === last ? [`${r} < rows`] : []),
      ...(s === last ? [`${s} < columns`] : []),
    ];
    const ifInside = conditions.length > 0 ? `if (${conditions.join(" && ")}) ` : "";
    return `    ${ifInside}v128.store(${at(r, s)}, ${finished(value)});`;
  })(rows);
};

/** The maxima of 2 x 2 outputs; of those before bias and relu where nothing is scaled. */
const finishPooled = (rows) => {
  const largest = (values) => values.reduce((most, value) => `f32x4.pmax(${most}, ${value})`);
  const halves = Array.from({ length: rows.length / 2 }, (_, half) => 2 * half);
  return halves.flatMap((r) =>
    halves.map((s) => {
      const four = [rows[r][s], rows[r][s + 1], rows[r + 1][s], rows[r + 1][s + 1]];
      const [plain, scaled] = [finished(largest(four)), largest(four.map(finished))];
      return `    v128.store(${at(r / 2, s / 2)}, scale ? ${scaled} : ${plain});`;
    }),
  );
};

/** Scheme by scheme one of some values, or one of some calls. */
const chosen = (values) =>
  values.reduceRight(
    (others, value, at) =>
      others === null ? `${value}` : `scheme == ${at} ? ${value} : ${others}`,
    null,
  );

const strides = ["x: usize", "xh: usize", "xw: usize", "y: usize", "yh: usize", "yw: usize"];
/** What outputs are finished by, as rows of channel values, and how a vector of each is taken. */
const finishing = ["bias: usize", "floor: v128", "scale: usize", "shift: usize"];
const finishingValues = `
    const b = bias ? v128.load(bias) : f32x4.splat(0);
    const a = scale ? v128.load(scale) : f32x4.splat(1);
    const e = scale ? v128.load(shift) : f32x4.splat(0);
    if (bias) bias += 16;
    if (scale) { scale += 16; shift += 16; }
`;

/** A map of every scheme that has it, and a function that calls the one wanted. */
function maps(emit, name, matrixOf, { before = "", more = [], store }) {
  const parameters = [...strides, "vectors: i32", ...more];
  const names = parameters.map((parameter) => parameter.split(":")[0]).join(", ");
  const all = schemes.flatMap((scheme, number) => {
    const matrix = matrixOf(scheme);
    return matrix === null ? [] : [{ number, matrix, of: `${name}${scheme.name}` }];
  });
  return `
${all.map(({ matrix, of }) => map(emit, of, matrix, { parameters, before, store })).join("")}
@inline
function ${name}Of(scheme: i32, ${parameters.join(", ")}): void {
${all.map(({ number, of }) => `  if (scheme == ${number}) ${of}(${names});`).join("\n")}
}
`;
}

/** What training takes gradients by. */
const turned = ({ isForPrediction }, matrix) => (isForPrediction ? null : transpose(matrix));

/** All maps, in AssemblyScript. */
export function transformsSource(isRelaxed) {
  const emit = arithmetic(isRelaxed);
  return [
    `
// Of each scheme: planes along an axis, pixels from tile to tile of the image written, and of that read.
@inline
function edgeOf(scheme: i32): i32 { return ${chosen(schemes.map(({ window }) => window.length))}; }
@inline
function growthOf(scheme: i32): i32 { return ${chosen(schemes.map(({ back }) => back.length))}; }
@inline
function stepOf(scheme: i32): i32 { return ${chosen(schemes.map(({ back, step = back.length }) => step))}; }
`,
    maps(emit, "window", ({ window }) => window, { store: put }),
    maps(emit, "weights", ({ weights }) => weights, { store: put }),
    maps(emit, "back", ({ back }) => back, {
      more: [...finishing, "rows: i32", "columns: i32"],
      before: finishingValues,
      store: finish,
    }),
    maps(emit, "pooled", ({ back }) => (back.length % 2 === 0 ? back : null), {
      more: finishing,
      before: finishingValues,
      store: finishPooled,
    }),
    maps(emit, "errors", (scheme) => turned(scheme, scheme.back), { store: put }),
    maps(emit, "gradients", (scheme) => turned(scheme, scheme.weights), { store: add }),
  ].join("");
}
