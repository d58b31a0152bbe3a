import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  additiveLogRatio,
  centredLogRatio,
  closure,
  inverseAdditive,
  inverseCentred,
  inverseIsometric,
  isometricLogRatio,
  pivotBasis,
} from "../../lib/src/evidence/log-ratio";
import { principalComponents } from "../../lib/src/evidence/principal-components";
import { refusalOf } from "../support/refusal";
import { referenceNumbers, samplesOf } from "./reference-samples";

const reference = referenceNumbers("log-ratio.json");
const parts = ["Cd", "Co", "Cr", "Cu", "Ni", "Pb", "Zn"];
const { columns } = samplesOf("jura-prediction.csv", ["Xloc", "Yloc"], parts);
const composition = { parts, columns };
const rows = reference.samples.map((sample) => columns.map((values) => values[sample]));

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-10) {
  expect(found.length).toBe(expected.length);
  for (let at = 0; at < found.length; at++) {
    expect(Math.abs(found[at] - expected[at])).toBeLessThan(tolerance);
  }
}

describe("log-ratios", () => {
  it.each([
    ["closed", (row: number[]) => closure(row)],
    ["alr", (row: number[]) => additiveLogRatio(row)],
    ["clr", (row: number[]) => centredLogRatio(row)],
    ["ilr", (row: number[]) => isometricLogRatio(row)],
  ] as const)("are R's: %s of seven metals", (name, transform) => {
    expectNear(
      rows.flatMap((row) => [...transform(row)]),
      reference[name],
    );
  });

  it("come back to the closed composition, whatever the divisor", () => {
    const part = fc.integer({ min: 1, max: 1_000_000 }).map((step) => step / 997);
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 2, maxLength: 14 }),
        fc.nat({ max: 13 }),
        (row, choice) => {
          const closed = closure(row);
          const divisor = choice % row.length;
          expectNear(inverseAdditive(additiveLogRatio(row, divisor), divisor), closed, 1e-12);
          expectNear(inverseAdditive(additiveLogRatio(row)), closed, 1e-12);
          expectNear(inverseCentred(centredLogRatio(row)), closed, 1e-12);
          expectNear(inverseIsometric(isometricLogRatio(row)), closed, 1e-12);
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  it("rest on an orthonormal basis whose directions add up to 0", () => {
    for (const count of [2, 3, 12]) {
      const basis = pivotBasis(count);
      basis.forEach((first, row) => {
        expect(first.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0, 12);
        basis.forEach((second, column) => {
          const product = first.reduce((sum, weight, part) => sum + weight * second[part], 0);
          expect(product).toBeCloseTo(row === column ? 1 : 0, 12);
        });
      });
    }
  });

  it("do not depend on the total", () => {
    expectNear(isometricLogRatio(rows[0].map((part) => part * 1e4)), isometricLogRatio(rows[0]));
    expectNear(closure([1, 3], 100), [25, 75]);
  });

  it.each([
    ["0", 0],
    ["-2", -2],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
  ])("refuse %s by part", async (found, value) => {
    for (const transform of [closure, additiveLogRatio, centredLogRatio, isometricLogRatio]) {
      expect(await refusalOf(() => transform([1, value, 3]))).toMatchObject({
        field: "part 2 of a composition",
        found,
      });
    }
  });

  it("refuse a divisor that is no part, and one part alone", async () => {
    expect(await refusalOf(() => additiveLogRatio([1, 2], 2))).toMatchObject({ field: "divisor" });
    expect(await refusalOf(() => closure([1]))).toMatchObject({ found: "1 parts" });
  });
});

describe("principalComponents", () => {
  const found = principalComponents(composition);

  it("is R's prcomp of ilr: variances, loadings in clr and scores up to sign", () => {
    expectNear(found.variances, reference.variances);
    const total = reference.variances.reduce((sum, variance) => sum + variance, 0);
    expectNear(
      found.explained,
      reference.variances.map((variance) => variance / total),
    );
    found.loadings.forEach((loading, component) => {
      const ofR = loading.map((_, part) => reference.ilrLoadingsAsClr[part + 7 * component]);
      const sign = Math.sign(loading[0] * ofR[0]);
      expectNear(
        loading,
        ofR.map((weight) => sign * weight),
      );
      const scores = reference.samples.map((sample) => found.scores[component][sample]);
      const scoresOfR = reference.samples.map(
        (_, at) => sign * reference.ilrScores[6 * at + component],
      );
      expectNear(scores, scoresOfR);
    });
  });

  it("has the variances, loadings and scores of prcomp of clr", () => {
    expectNear(found.variances, reference.clrVariances);
    found.loadings.forEach((loading, component) => {
      const ofR = loading.map((_, part) => reference.clrLoadings[part + 7 * component]);
      const sign = Math.sign(loading[0] * ofR[0]);
      expectNear(
        loading,
        ofR.map((weight) => sign * weight),
      );
      const scoresOfR = reference.samples.map(
        (_, at) => sign * reference.clrScores[6 * at + component],
      );
      expectNear(
        reference.samples.map((sample) => found.scores[component][sample]),
        scoresOfR,
      );
    });
  });

  it("turns each component so that its largest loading, or the named part's, is positive", () => {
    for (const loading of found.loadings) {
      const most = loading.reduce((best, weight) =>
        Math.abs(weight) > Math.abs(best) ? weight : best,
      );
      expect(most).toBeGreaterThan(0);
    }
    const byCopper = principalComponents(composition, { positive: "Cu" });
    byCopper.loadings.forEach((loading, component) => {
      expect(loading[3]).toBeGreaterThan(0);
      const sign = Math.sign(found.loadings[component][3]);
      expectNear(
        byCopper.scores[component],
        found.scores[component].map((score) => sign * score),
      );
    });
  });

  it("leaves samples with a missing part out and says which", () => {
    const holed = columns.map((values, part) =>
      values.map((value, sample) => (sample === 10 + part && part < 2 ? Number.NaN : value)),
    );
    const withHoles = principalComponents({ parts, columns: holed });
    expect(withHoles.leftOut).toEqual([10, 11]);
    expect(withHoles.scores[0][10]).toBeNaN();
    const kept = columns.map((values) => values.filter((_, at) => at !== 10 && at !== 11));
    const alone = principalComponents({ parts, columns: kept });
    expectNear(withHoles.variances, alone.variances, 1e-14);
    expect([...withHoles.scores[0]].filter((score) => !Number.isNaN(score))).toEqual([
      ...alone.scores[0],
    ]);
  });

  it("refuses zeros by part and sample, too few samples, samples that do not differ", async () => {
    const refusal = (change: object, options = {}) =>
      refusalOf(() => principalComponents({ ...composition, ...change }, options));
    const zero = columns.map((values, part) =>
      values.map((value, sample) => (part === 2 && sample === 4 ? 0 : value)),
    );
    expect(await refusal({ columns: zero })).toMatchObject({ field: "Cr of sample 5", found: "0" });
    const few = columns.map((values) => values.slice(0, 7));
    expect(await refusal({ columns: few })).toMatchObject({ field: "samples" });
    const same = columns.map(() => new Array(20).fill(1));
    expect(await refusal({ columns: same })).toMatchObject({
      found: "compositions that are all the same",
    });
    expect(await refusal({ parts: parts.slice(1) })).toMatchObject({ field: "composition" });
    expect(await refusal({}, { positive: "Au" })).toMatchObject({ field: "positive" });
  });
});
