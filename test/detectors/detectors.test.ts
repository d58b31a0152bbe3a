import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FeatureTable } from "../../lib/src/comparators/types";
import {
  expectedPath,
  type IsolationNode,
  isolationScores,
  pathLength,
} from "../../lib/src/detectors/isolation-forest";
import { fullRank, minimumCovariance } from "../../lib/src/detectors/minimum-covariance";
import { neighbourDistances } from "../../lib/src/detectors/nearest-neighbours";
import { oneClassSvmScores } from "../../lib/src/detectors/one-class-svm";
import { bulkConstants, robustDistances } from "../../lib/src/detectors/robust-distance";
import { standardiser } from "../../lib/src/detectors/rows";
import { pearson } from "../../lib/src/evaluation/correlation";
import { midRanks } from "../../lib/src/evaluation/ranks";
import { randomStream } from "../../lib/src/random";

/** scikit-learn (make.py). */
const sklearn = JSON.parse(
  readFileSync(join(__dirname, "../reference/detectors/sklearn.json"), "utf8"),
);
const names = ["a", "b", "c", "d"];
const asTable = (rows: readonly (readonly number[])[], of = names): FeatureTable => ({
  names: of,
  values: Float64Array.from(rows.flat()),
});
const table = asTable(sklearn.rows);
const judged = asTable(sklearn.judged);

function expectClose(found: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(found[at]).toBeCloseTo(value, digits);
  });
}

describe("robust distance by the minimum covariance determinant", () => {
  const { mcd } = sklearn;
  const inUnits = (squares: readonly number[]) =>
    squares.map((square) => Math.sqrt(square / mcd.toNormal));

  it("is scikit-learn's, of training rows and of others", () => {
    expectClose(robustDistances(table, { seed: 2 }).own, inUnits(mcd.squares), 6);
    expectClose(robustDistances(table, { seed: 2 }).of(judged), inUnits(mcd.judgedSquares), 6);
  });

  it("has its numbers of rows and its least determinant", () => {
    const rows = { count: 300, width: 4, values: Float64Array.from(table.values) };
    const scaled = standardiser(rows)(rows);
    const found = minimumCovariance(fullRank(scaled)(scaled), { seed: 2 });
    expect([found.kept, found.supported]).toEqual([mcd.kept, mcd.supported]);
    // In coordinates in which the covariance of all rows has the determinant 1.
    expect(found.determinant * mcd.determinantOfAll).toBeCloseTo(mcd.rawDeterminant, 8);
  });

  it("does not change with units and mixtures of the features, or one that repeats others", () => {
    const mixed = asTable(
      (sklearn.rows as number[][]).map(([a, b, c, d]) => [3 * a + 1, b - a, 100 * c, d, a + b - c]),
      [...names, "sum"],
    );
    const plain = robustDistances(table, { seed: 1 }).own;
    expectClose(robustDistances(mixed, { seed: 1 }).own, Array.from(plain), 5);
  });

  it("is not drawn away by the outlying rows, as an ordinary distance is", () => {
    const distances = robustDistances(table, { seed: 2 }).own;
    const nearestOdd = Math.min(...distances.slice(240));
    const beyond = distances.slice(0, 240).filter((distance) => distance >= nearestOdd);
    expect(beyond.length).toBe(0);
  });

  it("of 2,500 normal rows has the quantiles of chi-square, and starts 500 times by itself", () => {
    const random = randomStream(5, "normal");
    const rows = Array.from({ length: 2500 }, () => [random.normal(), random.normal()]);
    const normal = asTable(rows, ["a", "b"]);
    const distances = robustDistances(normal, { seed: 1 }).own;
    const sorted = distances.slice().sort();
    // Of two degrees: 2 ln 2 at the median, 2 ln 20 at 95 %; the shares of 2,500 are known to 2 %.
    expect(Math.abs(sorted[1250] ** 2 / (2 * Math.log(2)) - 1)).toBeLessThan(0.08);
    expect(Math.abs(sorted[2375] ** 2 / (2 * Math.log(20)) - 1)).toBeLessThan(0.08);
    expect(robustDistances(normal, { seed: 1, starts: 500 }).own).toEqual(distances);
  });

  it("names features without spread in the bulk, and refuses rows in a plane", () => {
    const flat = asTable(
      (sklearn.rows as number[][]).map(([a, b, c, d], at) => [a, b, c, at % 3 === 0 ? d : 0]),
    );
    expect(bulkConstants(table)).toEqual([]);
    expect(bulkConstants(flat)).toEqual(["d"]);
    expect(() => robustDistances(flat, { seed: 1 }).own).toThrow(
      /153 of 300 rows in a plane.*bulkConstants/,
    );
    const few = asTable(sklearn.rows.slice(0, 8));
    expect(() => robustDistances(few, { seed: 1 }).own).toThrow(/8 rows of 4 dimensions/);
  });
});

describe("distance of nearest neighbours", () => {
  it("is scikit-learn's: the farthest of five and their mean, of its own rows and of others", () => {
    expectClose(neighbourDistances(table).own, sklearn.farthest, 10);
    expectClose(neighbourDistances(table, { of: "mean" }).own, sklearn.mean, 10);
    expectClose(neighbourDistances(table).of(judged), sklearn.judgedFarthest, 10);
  });

  it("of 0, 1, 3 and 10 is, in units of their deviation, 1, 1, 2 and 7", () => {
    const line = asTable([[0], [1], [3], [10]], ["a"]);
    // Mean 3.5, squares 12.25 + 6.25 + 0.25 + 42.25 = 61, deviation the root of 61 / 4.
    const unit = Math.sqrt(61 / 4);
    const found = neighbourDistances(line, { neighbours: 1 }).own;
    expectClose(found, [1 / unit, 1 / unit, 2 / unit, 7 / unit], 12);
  });

  it("leaves out rows with a missing value, and gives them no score", () => {
    const holed = asTable([...sklearn.rows, [1, Number.NaN, 2, 3]]);
    const found = neighbourDistances(holed).own;
    expectClose(found.slice(0, 300), sklearn.farthest, 10);
    expect(found[300]).toBeNaN();
  });

  it("refuses too few rows, other features and infinite values", () => {
    expect(() => neighbourDistances(asTable(sklearn.rows.slice(0, 5)))).toThrow(
      /neighbours.*1 to 4/,
    );
    expect(() => neighbourDistances(asTable([[1, 2, 3, 4]]))).toThrow(/1 rows without/);
    const other = asTable(sklearn.judged, ["a", "b", "c", "e"]);
    expect(() => neighbourDistances(table).of(other)).toThrow(/a, b, c, e/);
    const infinite = asTable([[1], [Number.POSITIVE_INFINITY], [2]], ["a"]);
    expect(() => neighbourDistances(infinite).own).toThrow(/infinite value in row 1/);
  });
});

describe("isolation forest", () => {
  it.each(sklearn.paths as [number, number][])(
    "%i rows part after scikit-learn's path",
    (rows, path) => {
      expect(expectedPath(rows)).toBeCloseTo(path, 12);
    },
  );

  it("follows a tree made by hand", () => {
    // a <= 2 is alone after one split; of the others those with b <= 5 are ten, after two.
    const tree: IsolationNode = {
      feature: 0,
      threshold: 2,
      left: { rows: 1 },
      right: { feature: 1, threshold: 5, left: { rows: 10 }, right: { rows: 2 } },
    };
    // Ten more would take 2 (ln 9 + 0.577216) - 1.8 = 3.748880 splits, two one.
    const rows = Float64Array.of(2, 9, 3, 5, 3, 6);
    expect(pathLength(tree, rows, 0)).toBe(1);
    expect(pathLength(tree, rows, 2)).toBeCloseTo(5.74888, 5);
    expect(pathLength(tree, rows, 4)).toBe(3);
  });

  it("ranks rows as scikit-learn's does, and scores as high", () => {
    const own = isolationScores(table, { seed: 1, trees: 400 }).own;
    const others = isolationScores(table, { seed: 1, trees: 400 }).of(judged);
    // Two forests of scikit-learn with other seeds agree by 0.997 and 0.998 here.
    expect(pearson(midRanks(own), midRanks(sklearn.isolation))).toBeGreaterThan(0.99);
    expect(pearson(midRanks(others), midRanks(sklearn.judgedIsolation))).toBeGreaterThan(0.99);
    own.forEach((score, row) => {
      expect(Math.abs(score - sklearn.isolation[row])).toBeLessThan(0.03);
    });
  });

  it("is decided by its seed, not by the scale of a feature, and takes constant ones", () => {
    const stretched = {
      names,
      values: table.values.map((value, at) => (at % 4 === 1 ? 1024 * value : value)),
    };
    const scores = isolationScores(table, { seed: 3 }).own;
    expect(isolationScores(stretched, { seed: 3 }).own).toEqual(scores);
    const usual = { seed: 3, trees: 100, drawn: 256 };
    expect(isolationScores(table, usual).own).toEqual(scores);
    expect(isolationScores(table, { seed: 4 }).own).not.toEqual(scores);
    const same = asTable(
      [
        [1, 5],
        [1, 5],
        [1, 5],
      ],
      ["a", "b"],
    );
    // Nothing parts them: each path is what three rows take, and the score a half.
    expectClose(isolationScores(same, { seed: 1 }).own, [0.5, 0.5, 0.5], 12);
    expect(() => isolationScores(table, { seed: 1, drawn: 1 }).own).toThrow(/drawn/);
  });
});

describe("one-class support vector machine", () => {
  it.each(sklearn.svms as Record<string, number>[])(
    "is scikit-learn's with $outside outside and gamma $gamma",
    (expected) => {
      const { outside, gamma } = expected;
      const own = oneClassSvmScores(table, { outside, gamma }).own;
      const others = oneClassSvmScores(table, { outside, gamma }).of(judged);
      expectClose(own, expected.own as unknown as number[], 4);
      expectClose(others, expected.judged as unknown as number[], 4);
      // What is outside, and the rows on the boundary, are about the share that may be.
      const beyond = own.filter((score) => score > 1e-4).length;
      expect(beyond).toBeLessThanOrEqual(300 * outside);
    },
  );

  it("of two far pairs has equal weights: the score of each by hand", () => {
    // Values -1 and 1 twice, brought to -1 and 1; d^2 = 4, K = exp(-4 gamma) = e^-4 with gamma 1.
    // All weights may be a half (0.5 of 4 rows): every slope is 0.5 (2 + 2 e^-4) = 1 + e^-4, and
    // so is the offset; halfway, at 0, the sum is 4 * 0.5 * e^-1.
    const pairs = asTable([[-1], [-1], [1], [1]], ["a"]);
    const middle = asTable([[0]], ["a"]);
    const options = { outside: 0.5, gamma: 1 };
    expectClose(oneClassSvmScores(pairs, options).own, [0, 0, 0, 0], 6);
    const offset = 1 + Math.exp(-4);
    expectClose(oneClassSvmScores(pairs, options).of(middle), [offset - 2 * Math.exp(-1)], 6);
  });

  it("has half outside and a gamma of 1 by the number of features where nothing is said", () => {
    const said = oneClassSvmScores(table, { outside: 0.5, gamma: 0.25 }).own;
    expect(oneClassSvmScores(table).own).toEqual(said);
  });

  it("refuses shares and kernels that make no sense", () => {
    expect(() => oneClassSvmScores(table, { outside: 0 }).own).toThrow(/outside/);
    expect(() => oneClassSvmScores(table, { outside: 1 }).own).toThrow(/outside/);
    expect(() => oneClassSvmScores(table, { gamma: -1 }).own).toThrow(/gamma/);
  });
});
