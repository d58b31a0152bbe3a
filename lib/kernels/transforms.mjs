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
  for (const r of matrix.keys()) {
    const results = take(
      columns.map((column) => column[r]),
      `r${r}_`,
    );
    lines.push(...results.map((value, s) => store(value, r, s)));
  }
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

/** Scheme by scheme one of some values, or one of some calls. */
const chosen = (values) =>
  values.reduceRight(
    (others, value, at) =>
      others === null ? `${value}` : `scheme == ${at} ? ${value} : ${others}`,
    null,
  );

const strides = ["x: usize", "xh: usize", "xw: usize", "y: usize", "yh: usize", "yw: usize"];
const finishing = [
  "bias: usize",
  "floor: v128",
  "scale: usize",
  "shift: usize",
  "rows: i32",
  "columns: i32",
];

/** A map of every scheme, and a function that calls the one wanted. */
function maps(emit, name, matrixOf, { before = "", more = [], storeOf }) {
  const parameters = [...strides, "vectors: i32", ...more];
  const names = parameters.map((parameter) => parameter.split(":")[0]).join(", ");
  const calls = schemes.map(
    (scheme, at) =>
      `  ${at > 0 ? "else " : ""}${at + 1 < schemes.length ? `if (scheme == ${at}) ` : ""}${name}${scheme.name}(${names});`,
  );
  return [
    ...schemes.map((scheme) =>
      map(emit, `${name}${scheme.name}`, matrixOf(scheme), {
        parameters,
        before,
        store: storeOf(scheme),
      }),
    ),
    `
@inline
function ${name}Of(scheme: i32, ${parameters.join(", ")}): void {
${calls.join("\n")}
}
`,
  ].join("");
}

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
    maps(emit, "window", ({ window }) => window, { storeOf: () => put }),
    maps(emit, "weights", ({ weights }) => weights, { storeOf: () => put }),
    maps(emit, "back", ({ back }) => back, {
      more: finishing,
      before: [
        "    const b = bias ? v128.load(bias) : f32x4.splat(0);",
        "    const a = scale ? v128.load(scale) : f32x4.splat(1);",
        "    const e = scale ? v128.load(shift) : f32x4.splat(0);",
        "    if (bias) bias += 16;",
        "    if (scale) { scale += 16; shift += 16; }",
      ].join("\n"),
      storeOf: ({ back }) => finish(back.length - 1),
    }),
    maps(emit, "errors", ({ back }) => transpose(back), { storeOf: () => put }),
    maps(emit, "gradients", ({ weights }) => transpose(weights), { storeOf: () => add }),
  ].join("");
}
