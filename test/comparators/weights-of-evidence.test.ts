import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { conditionalIndependence } from "../../lib/src/comparators/conditional-independence";
import { categoryPattern, classOf, cutPattern } from "../../lib/src/comparators/evidence-pattern";
import { contrastOf, patternWeights } from "../../lib/src/comparators/evidence-weights";
import { fitWeightsOfEvidence, posteriorOf } from "../../lib/src/comparators/weights-of-evidence";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import { randomStream } from "../../lib/src/random";
import { readReferenceData } from "./reference-table";

/** statsmodels and scipy (weights-of-evidence.py). */
const python = JSON.parse(
  readFileSync(join(__dirname, "../reference/comparators/weights-of-evidence.json"), "utf8"),
);

/**
 * The worked example: 100 unit cells, 10 of them with an occurrence; a pattern of 20 cells holds 6.
 *
 *   W+ = ln[(6/10) / (14/90)] = ln(27/7) =  1.349927    s2(W+) = 1/6 + 1/14 = 0.238095
 *   W- = ln[(4/10) / (76/90)] = ln(9/19) = -0.747214    s2(W-) = 1/4 + 1/76 = 0.263158
 *   C  = 2.097141   s(C) = sqrt(0.501253) = 0.707992    C / s(C) = 2.962099
 *   prior logit = ln(10/90) = -2.197225
 *   posterior inside  = ln(10/90) + ln(27/7) = ln(3/7), p = 0.3 = 6 / 20, as it must be
 *   posterior outside = ln(10/90) + ln(9/19) = ln(1/19), p = 0.05 = 4 / 80
 */
const INSIDE = [
  { cells: 80, occurrences: 4 },
  { cells: 20, occurrences: 6 },
] as const;

/** Cells as the example has them: 6 and 14 inside, 4 and 76 outside. */
const inPattern = [...Array.from({ length: 20 }, () => 1), ...Array.from({ length: 80 }, () => 0)];
const labels = Uint8Array.from(inPattern, (inside, cell) =>
  inside === 1 ? Number(cell < 6) : Number(cell - 20 < 4),
);
const asTable = (columns: readonly (readonly number[])[]) => ({
  names: columns.map((_, at) => `layer ${at + 1}`),
  values: Float64Array.from(columns[0].flatMap((_, cell) => columns.map((column) => column[cell]))),
});

describe("weights of a pattern", () => {
  it("are those of the worked example", () => {
    const { weights, isCorrected } = patternWeights(INSIDE);
    const [outside, inside] = weights;
    expect(inside.weight).toBeCloseTo(1.349927, 6);
    expect(inside.variance).toBeCloseTo(0.238095, 6);
    expect(outside.weight).toBeCloseTo(-0.747214, 6);
    expect(outside.variance).toBeCloseTo(0.263158, 6);
    const { contrast, deviation, studentised } = contrastOf(inside, outside);
    expect(contrast).toBeCloseTo(2.097141, 6);
    expect(deviation).toBeCloseTo(0.707992, 6);
    expect(studentised).toBeCloseTo(2.962099, 5);
    expect(isCorrected).toBe(false);
  });

  it("have the contrasts and deviations of statsmodels' log odds ratios", () => {
    python.tables.forEach(([inside, outside]: number[][], at: number) => {
      const counts = [inside, outside].map(([occurrences, barren]) => ({
        cells: occurrences + barren,
        occurrences,
      }));
      const [first, second] = patternWeights(counts).weights;
      const { contrast, deviation } = contrastOf(first, second);
      expect(contrast).toBeCloseTo(python.contrasts[at][0], 12);
      expect(deviation).toBeCloseTo(python.contrasts[at][1], 12);
    });
  });

  // A table of cumulative weights that the EIS Toolkit of several geological surveys tests itself
  // by (tests/prediction/weights_of_evidence_test.py): 32 deposits, of which s(W+) and s(W-) tell
  // how many lie inside, since its cells are so many that 1 / (B - d) is nothing beside 1 / d. Of
  // each row W+ tells the share of the area inside, which then has to give all the others.
  it.each([
    [6, 0.5059, 0.4083, -0.0877, 0.1961, 0.5936, 0.4529, 1.3106],
    [11, 0.4387, 0.3015, -0.1706, 0.2182, 0.6093, 0.3722, 1.6371],
    [17, 0.3942, 0.2426, -0.3142, 0.2582, 0.7084, 0.3543, 1.9997],
    [20, 0.2571, 0.2236, -0.3205, 0.2887, 0.5777, 0.3652, 1.5819],
    [26, 0.2877, 0.1961, -0.7339, 0.4083, 1.0216, 0.4529, 2.2555],
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: as the table prints it
    [30, 0.2683, 0.1826, -1.5107, 0.7071, 1.779, 0.7303, 2.436],
  ])("with %i of 32 deposits inside are those of the EIS Toolkit's table", (inside, ...row) => {
    const barren = 1e7;
    const barrenInside = Math.round((barren * inside) / 32 / Math.exp(row[0]));
    const { weights } = patternWeights([
      { cells: barrenInside + inside, occurrences: inside },
      { cells: barren - barrenInside + 32 - inside, occurrences: 32 - inside },
    ]);
    const [plus, minus] = weights;
    const { contrast, deviation, studentised } = contrastOf(plus, minus);
    const own = [
      ...[plus.weight, Math.sqrt(plus.variance), minus.weight, Math.sqrt(minus.variance)],
      ...[contrast, deviation, studentised],
    ];
    // W+ has four digits, of which W- is made where little lies outside: a few units of the last.
    own.forEach((value, at) => {
      expect(Math.abs(value - row[at])).toBeLessThan(at === 6 ? 2e-3 : 8e-4);
    });
  });

  it("of a class without an occurrence are those of half a cell more of each kind", () => {
    // 0.5 of 11 against 10.5 of 91: ln(0.045455 / 0.115385) = ln(0.393939) = -0.931558.
    const { weights, isCorrected } = patternWeights([
      { cells: 10, occurrences: 0 },
      { cells: 90, occurrences: 10 },
    ]);
    expect(isCorrected).toBe(true);
    expect(weights[0].weight).toBeCloseTo(-0.931558, 6);
    expect(weights[0].variance).toBeCloseTo(1 / 0.5 + 1 / 10.5, 12);
  });

  it("of several classes: each against all others", () => {
    // Of 10 occurrences and 90 barren cells: 5 and 15, 4 and 35, 1 and 40.
    const { weights } = patternWeights([
      { cells: 20, occurrences: 5 },
      { cells: 39, occurrences: 4 },
      { cells: 41, occurrences: 1 },
    ]);
    const expected = [0.5 / (15 / 90), 0.4 / (35 / 90), 0.1 / (40 / 90)].map(Math.log);
    weights.forEach(({ weight }, at) => {
      expect(weight).toBeCloseTo(expected[at], 12);
    });
  });

  it("refuse counts that make no sense", () => {
    const one = { cells: 5, occurrences: 1 };
    expect(() => patternWeights([one])).toThrow(/1 classes/);
    expect(() => patternWeights([one, { cells: 1, occurrences: 2 }])).toThrow(/2 occurrences in 1/);
    expect(() => patternWeights([one, { cells: 0, occurrences: 0 }])).toThrow(/in 0 cells/);
    const none = { cells: 5, occurrences: 0 };
    expect(() => patternWeights([none, none])).toThrow(/0 occurrences in 10 cells/);
  });
});

describe("a layer as a pattern", () => {
  // Twenty cells of rising value; occurrences in the last four and one lower.
  const rising = Array.from({ length: 20 }, (_, at) => at);
  const on = Uint8Array.from(rising, (at) => Number(at === 7 || at >= 16));

  it("is cut where the studentised contrast is largest, by trying every cut by hand", () => {
    // Above a cut lie b cells with d occurrences of 5; C / s(C) of the cuts that leave none empty:
    // of 13 cells with 5 no (none outside), of 12 (8 to 19) 4: ln(4*7/(8*1)) / 1.2279 = 1.020,
    // of 11 ln(4*8/7) / 1.2315 = 1.234, of 10 ln(4*9/6) / 1.2360 = 1.450, of 9 ln(4*10/5) / 1.2450
    // = 1.670, of 8 ln(4*11/4) / 1.2613 = 1.901, of 7 ln(4*12/3) / 1.2910 = 2.148, of 6
    // ln(4*13/2) / 1.3518 = 2.410, of 5 ln(4*14/1) / 1.5236 = 2.642; of 4 or 3 with nothing barren
    // inside none is tried. Steps of 5 % cut between every two cells.
    const pattern = cutPattern("rising", rising, on);
    expect(pattern?.contrast.studentised).toBeCloseTo(2.642, 3);
    expect(rising.filter((value) => classOf(pattern!, value) === 1)).toEqual([15, 16, 17, 18, 19]);
  });

  it("is cut on the other side where low is favourable, and on none that is held otherwise", () => {
    const falling = rising.map((value) => -value);
    expect(cutPattern("falling", falling, on)?.contrast.studentised).toBeCloseTo(2.642, 3);
    const held = cutPattern("falling", falling, on, { favourable: "low" });
    expect(held?.contrast.studentised).toBeCloseTo(2.642, 3);
    expect(held?.weights[0].weight).toBeGreaterThan(0);
    expect(cutPattern("falling", falling, on, { favourable: "high" })).toBeNull();
  });

  it("leaves unknown cells out of areas and occurrences, and they have no class", () => {
    const holes = rising.map((value) => (value % 3 === 0 ? Number.NaN : value));
    const pattern = cutPattern("holes", holes, on);
    const known = rising.filter((value) => value % 3 !== 0);
    const alone = cutPattern(
      "holes",
      known,
      Uint8Array.from(known, (at) => on[at]),
    );
    expect(pattern).toEqual(alone);
    expect(classOf(pattern!, Number.NaN)).toBe(-1);
  });

  it("of one value, or known nowhere, there is none", () => {
    expect(cutPattern("flat", new Float64Array(20), on)).toBeNull();
    expect(cutPattern("unknown", new Float64Array(20).fill(Number.NaN), on)).toBeNull();
    expect(categoryPattern("flat", new Float64Array(20), on)).toBeNull();
  });

  it("of categories has a class a value", () => {
    const pattern = categoryPattern("rock", [3, 3, 3, 3, 9, 9, 9, 9], [1, 1, 1, 0, 1, 0, 0, 0]);
    expect(pattern?.values).toEqual([3, 9]);
    // Odds 3 against 1/3: ln 9.
    expect(pattern?.contrast.contrast).toBeCloseTo(Math.log(9), 12);
    expect([3, 9, 4, Number.NaN].map((value) => classOf(pattern!, value))).toEqual([0, 1, -1, -1]);
  });
});

describe("posterior probabilities", () => {
  it("of one pattern are the shares of its classes that hold an occurrence", () => {
    const table = asTable([inPattern]);
    const model = fitWeightsOfEvidence(table, labels);
    expect(model.priorLogit).toBeCloseTo(-2.197225, 6);
    const { probability, logitDeviation, deviation } = posteriorOf(model, table);
    expect(probability[0]).toBeCloseTo(0.3, 12);
    expect(probability[99]).toBeCloseTo(0.05, 12);
    // s2 = 1/10 + 0.238095 inside.
    expect(logitDeviation[0]).toBeCloseTo(Math.sqrt(0.3380952), 6);
    expect(deviation[0]).toBeCloseTo(0.3 * 0.7 * Math.sqrt(0.3380952), 6);
    const test = conditionalIndependence(model, table, labels);
    expect(test.expected).toBeCloseTo(10, 10);
    expect([test.ratio, test.z, test.p]).toEqual([
      expect.closeTo(1, 10),
      expect.closeTo(0, 8),
      expect.closeTo(0.5, 8),
    ]);
  });

  it("of a pattern that is told twice are too high, and the omnibus tests say how much", () => {
    // Odds inside 1/9 (27/7)^2 = 729/441, p = 81/130 = 0.623077; outside 1/9 (9/19)^2 = 9/361,
    // p = 9/370 = 0.024324. T = 20 * 0.623077 + 80 * 0.024324 = 14.407484, n / T = 0.694084.
    // s2 inside = 0.1 + 2 * 0.238095 = 0.576190, s(p) = 0.623077 * 0.376923 * 0.759072 = 0.178268;
    // outside 0.1 + 2 * 0.263158 = 0.626316, s(p) = 0.024324 * 0.975676 * 0.791401 = 0.018782;
    // s(T) = sqrt((20 * 0.178268)^2 + (80 * 0.018782)^2) = 3.869050, z = 4.407484 / 3.869050.
    const table = asTable([inPattern, inPattern]);
    const model = fitWeightsOfEvidence(table, labels);
    const { probability } = posteriorOf(model, table);
    expect(probability[0]).toBeCloseTo(81 / 130, 12);
    expect(probability[99]).toBeCloseTo(9 / 370, 12);
    const test = conditionalIndependence(model, table, labels);
    expect(test.expected).toBeCloseTo(14.407484, 5);
    expect(test.ratio).toBeCloseTo(0.694084, 5);
    expect(test.deviation).toBeCloseTo(3.86905, 4);
    expect(test.z).toBeCloseTo(4.407484 / 3.86905, 4);
    expect(test.p).toBeCloseTo(0.1273, 4);
    // 6 occurrences in both and 4 in neither: expected 3.6, 2.4, 2.4 and 1.6, each 2.4 away;
    // with Yates (2.4 - 0.5)^2 (1/3.6 + 2/2.4 + 1/1.6) = 6.267361.
    expect(test.pairs).toHaveLength(1);
    expect(test.pairs[0].chiSquare).toBeCloseTo(6.267361, 6);
    expect(test.pairs[0].leastExpected).toBeCloseTo(1.6, 12);
  });

  it("of a pattern that is unknown in a cell is the prior, with the deviation of its classes", () => {
    const table = asTable([inPattern]);
    const model = fitWeightsOfEvidence(table, labels);
    const { probability, missingDeviation, logitDeviation } = posteriorOf(model, {
      names: table.names,
      values: Float64Array.of(Number.NaN, 1),
    });
    expect(probability[0]).toBeCloseTo(0.1, 12);
    expect(logitDeviation[0]).toBeCloseTo(Math.sqrt(0.1), 12);
    // 0.2 of the area would make it 0.3, 0.8 of it 0.05.
    expect(missingDeviation[0]).toBeCloseTo(Math.sqrt(0.2 * 0.2 ** 2 + 0.8 * 0.05 ** 2), 12);
    expect(missingDeviation[1]).toBe(0);
  });

  it("try cuts at steps of 5 % and use what is at least 2 deviations apart, if not told", () => {
    const { table: own, labels: marks } = readReferenceData();
    const said = fitWeightsOfEvidence(own, marks, { steps: 20, studentisedAtLeast: 2 });
    expect(fitWeightsOfEvidence(own, marks)).toEqual(said);
    expect(said.patterns.some((pattern) => pattern === null)).toBe(true);
  });

  it("leave out layers below the studentised contrast that is asked for: the prior is left", () => {
    const table = asTable([inPattern]);
    const model = fitWeightsOfEvidence(table, labels, { studentisedAtLeast: 3 });
    expect(model.patterns).toEqual([null]);
    expect(posteriorOf(model, table).probability[0]).toBeCloseTo(0.1, 12);
  });

  it("refuse other layers, and labels that are not one a row", () => {
    const table = asTable([inPattern]);
    const model = fitWeightsOfEvidence(table, labels);
    expect(() => posteriorOf(model, { ...table, names: ["other"] })).toThrow(/other/);
    expect(() => conditionalIndependence(model, table, [1])).toThrow(/1 labels/);
  });
});

it("chi-square of two patterns over occurrences is scipy's, of two and of three classes", () => {
  python.counts.forEach((counts: number[][], at: number) => {
    // Every occurrence a cell with its two classes; a barren cell of each class beside it.
    const cells = counts.flatMap((row, r) =>
      row.flatMap((count, c) => [
        ...Array.from({ length: count }, () => [r, c, 1]),
        ...Array.from({ length: 2 }, () => [r, c, 0]),
      ]),
    );
    const table = asTable([cells.map(([r]) => r), cells.map(([, c]) => c)]);
    const own = Uint8Array.from(cells, ([, , label]) => label);
    const model = fitWeightsOfEvidence(table, own, {
      categories: table.names,
      studentisedAtLeast: Number.NEGATIVE_INFINITY,
    });
    const { pairs } = conditionalIndependence(model, table, own);
    for (const key of ["chiSquare", "p", "degrees", "leastExpected"] as const) {
      expect(pairs[0][key]).toBeCloseTo(python.tests[at][key], 10);
    }
  });
});

it("cuts flatter: of layers of pure chance the AUC is above 0.5 on the cells that were cut", () => {
  // Ten layers of noise, 20 occurrences among 400 cells; on cells of no fit it is about 0.5.
  const random = randomStream(7, "noise");
  const columns = Array.from({ length: 10 }, () =>
    Array.from({ length: 800 }, () => random.uniform()),
  );
  const noise = asTable(columns);
  const marks = Uint8Array.from({ length: 800 }, (_, cell) => Number(cell % 20 === 0));
  const half = (from: number) => ({
    table: { names: noise.names, values: noise.values.slice(from * 4000, (from + 1) * 4000) },
    own: marks.slice(from * 400, (from + 1) * 400),
  });
  const [first, second] = [half(0), half(1)];
  const model = fitWeightsOfEvidence(first.table, first.own, { studentisedAtLeast: 1 });
  const auc = ({ table, own }: typeof first) => areaUnderRoc(posteriorOf(model, table).logit, own);
  expect(auc(first)).toBeGreaterThan(0.7);
  expect(Math.abs(auc(second) - 0.5)).toBeLessThan(0.15);
});
