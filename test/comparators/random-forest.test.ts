import { describe, expect, it } from "vitest";
import { splitFinder } from "../../lib/src/comparators/best-split";
import { codeFeatures } from "../../lib/src/comparators/coded-features";
import { takeRows } from "../../lib/src/comparators/features";
import { leafProbability, predictForest } from "../../lib/src/comparators/forest-predict";
import { fitRandomForest } from "../../lib/src/comparators/random-forest";
import { pearson } from "../../lib/src/evaluation/correlation";
import { midRanks } from "../../lib/src/evaluation/ranks";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import { randomStream, shuffledIndices } from "../../lib/src/random";
import { readReferenceData, readTable, rowsFrom } from "./reference-table";

const { table, labels } = readReferenceData();
const train = takeRows(table, rowsFrom(0, 1000));
const trainLabels = labels.slice(0, 1000);
const test = takeRows(table, rowsFrom(1000, 1400));
const testLabels = labels.slice(1000);
const seeds = rowsFrom(1, 6);
const forests = seeds.map((seed) => fitRandomForest(train, trainLabels, { seed }));
const grownOut = seeds.map((seed) =>
  fitRandomForest(train, trainLabels, { seed, minimumNodeSize: 1 }),
);

/** Mean and standard deviation of a column over the twenty seeds of a reference. */
function column(file: string, name: string) {
  const { names, rows } = readTable(file);
  return spreadOf(rows.map((row) => row[names.indexOf(name)]));
}

function spreadOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

/** The means differ by less than four of their standard errors, as 20 seeds and 5 of ours allow. */
function expectWithinNoise(
  own: readonly number[],
  { mean, deviation }: ReturnType<typeof spreadOf>,
) {
  const error = deviation * Math.sqrt(1 / 20 + 1 / own.length);
  expect(Math.abs(spreadOf(own).mean - mean)).toBeLessThan(4 * error);
}

const spearman = (first: readonly number[], second: readonly number[]) =>
  pearson(midRanks(first), midRanks(second));

describe("random forest beside ranger 0.14.1 (forests.R, 20 seeds)", () => {
  it("has its area under the curve on rows not trained on", () => {
    const own = forests.map((forest) => areaUnderRoc(predictForest(forest, test), testLabels));
    expectWithinNoise(own, column("ranger.csv", "auc"));
  });

  it("has its out-of-bag error and Brier score", () => {
    expectWithinNoise(
      forests.map(({ outOfBagBrier }) => outOfBagBrier),
      column("ranger.csv", "brier"),
    );
    expectWithinNoise(
      forests.map(({ outOfBagError }) => outOfBagError),
      column("ranger.csv", "error"),
    );
  });

  it.each(["permutation", "impurity"] as const)("has its %s importances", (kind) => {
    const importanceOf = (forest: (typeof forests)[number]) =>
      kind === "impurity"
        ? [...forest.impurityImportance]
        : forest.permutationImportance.map(({ value }) => value);
    const own = forests.map(importanceOf);
    const theirs = table.names.map((name) => column("ranger.csv", `${kind}.${name}`));
    theirs.forEach(({ mean }, feature) => {
      const { mean: value } = spreadOf(own.map((importances) => importances[feature]));
      // A fiftieth of the largest.
      expect(Math.abs(value - mean)).toBeLessThan(0.02 * theirs[0].mean);
    });
    const means = table.names.map((_, feature) => spreadOf(own.map((of) => of[feature])).mean);
    expect(
      spearman(
        means,
        theirs.map(({ mean }) => mean),
      ),
    ).toBeGreaterThan(0.9);
  });
});

describe("grown out, beside scikit-learn 1.2.1 (forests.py, 20 seeds)", () => {
  it("has its area under the curve, out-of-bag Brier score and impurity importances", () => {
    const own = grownOut.map((forest) => areaUnderRoc(predictForest(forest, test), testLabels));
    expectWithinNoise(own, column("sklearn.csv", "auc"));
    expectWithinNoise(
      grownOut.map(({ outOfBagBrier }) => outOfBagBrier),
      column("sklearn.csv", "brier"),
    );
    table.names.forEach((name, feature) => {
      const { mean } = spreadOf(grownOut.map((forest) => forest.impurityImportance[feature]));
      expect(Math.abs(mean - column("sklearn.csv", `impurity.${name}`).mean)).toBeLessThan(0.005);
    });
  });
});

describe("splits", () => {
  it("is the one that trying all finds, whether counted or sorted, with missing values", () => {
    const random = randomStream(5, "splits");
    for (let round = 0; round < 300; round++) {
      const count = 2 + random.below(round % 2 === 0 ? 30 : 300);
      const steps = 1 + random.below(400);
      const draw = () => (random.uniform() < 0.15 ? Number.NaN : random.below(steps));
      const values = Float64Array.from({ length: 400 }, draw);
      const classes = Uint8Array.from({ length: 400 }, () => random.below(2));
      const { codes, distinct } = codeFeatures({ names: ["a"], values });
      // Few rows among many values are sorted, others counted.
      const rows = shuffledIndices(400, random).slice(0, count);
      const finder = splitFinder(classes, [1, 2], distinct[0].length, count);
      const split = finder.find(codes[0], distinct[0].length, rows);
      const own = Float64Array.from(rows, (row) => values[row]);
      const ownClasses = Uint8Array.from(rows, (row) => classes[row]);
      expect(split?.purity ?? -1).toBeCloseTo(purestByTrial(own, ownClasses), 10);
    }
  });

  it("gives a missing value to the side of its class", () => {
    const values = Float64Array.of(1, 1, 2, 2, Number.NaN, Number.NaN);
    const classes = Uint8Array.of(0, 0, 1, 1, 1, 1);
    const many = Array.from({ length: 20 }, () => [...values]).flat();
    const manyClasses = Uint8Array.from({ length: 120 }, (_, row) => classes[row % 6]);
    const forest = fitRandomForest({ names: ["a"], values: Float64Array.from(many) }, manyClasses, {
      seed: 1,
      trees: 20,
    });
    const missing = leafProbability(forest.trees[0], Float64Array.of(Number.NaN), 0);
    expect(missing).toBe(1);
    expect(leafProbability(forest.trees[0], Float64Array.of(1), 0)).toBe(0);
  });
});

/** Highest purity over every threshold and both sides for the missing, by adding up each time. */
function purestByTrial(values: Float64Array, classes: Uint8Array): number {
  let best = -1;
  const cuts = [...new Set(values.filter((value) => !Number.isNaN(value)))];
  for (const cut of cuts) {
    for (const missingLeft of [true, false]) {
      const sides = [
        [0, 0],
        [0, 0],
      ];
      values.forEach((value, row) => {
        const isLeft = Number.isNaN(value) ? missingLeft : value <= cut;
        sides[isLeft ? 0 : 1][classes[row]] += classes[row] === 1 ? 2 : 1;
      });
      const totals = sides.map(([zero, one]) => zero + one);
      if (totals[0] === 0 || totals[1] === 0) continue;
      const purity = sides.reduce(
        (sum, [zero, one], side) => sum + (zero ** 2 + one ** 2) / totals[side],
        0,
      );
      best = Math.max(best, purity);
    }
  }
  return best;
}

describe("a forest", () => {
  const small = { seed: 4, trees: 30 };

  it("is the same for the same seed, and another for another", () => {
    const again = fitRandomForest(train, trainLabels, small);
    expect(again).toEqual(fitRandomForest(train, trainLabels, small));
    const other = fitRandomForest(train, trainLabels, { ...small, seed: 5 });
    expect(predictForest(other, test)).not.toEqual(predictForest(again, test));
  });

  it("predicts the mean of its leaves, also by the fast way, to the last bit", () => {
    const forest = fitRandomForest(train, trainLabels, small);
    predictForest(forest, test).forEach((probability, row) => {
      const leaves = forest.trees.map((tree) => leafProbability(tree, test.values, row * 9));
      expect(probability).toBe(leaves.reduce((sum, leaf) => sum + leaf, 0) / 30);
    });
  });

  it("takes rows with missing values, and gives none to a row with nothing else", () => {
    const holes = {
      ...train,
      values: train.values.map((v, at) => (at % 7 === 0 ? Number.NaN : v)),
    };
    const forest = fitRandomForest(holes, trainLabels, small);
    const rows = Float64Array.from(test.values.subarray(0, 18)).fill(Number.NaN, 3, 4);
    const [one, none] = predictForest(forest, { ...test, values: rows.fill(Number.NaN, 9) });
    expect(one).toBeGreaterThanOrEqual(0);
    expect(none).toBeNaN();
    expect(areaUnderRoc(predictForest(forest, test), testLabels)).toBeGreaterThan(0.8);
  });

  it("with balance brings few presences up to half", () => {
    const few = trainLabels.map((label, row) => (row % 10 === 0 ? label : 0));
    const meanOf = (balance: "none" | "weights" | "sampling") => {
      const { outOfBag } = fitRandomForest(train, few, { ...small, balance });
      const ones = outOfBag.filter((value, row) => few[row] === 1 && !Number.isNaN(value));
      return ones.reduce((sum, value) => sum + value, 0) / ones.length;
    };
    expect(meanOf("sampling")).toBeGreaterThan(0.4);
    expect(meanOf("weights")).toBeGreaterThan(meanOf("none"));
  });

  it("refuses a single class, an infinite value and impossible options", () => {
    expect(() => fitRandomForest(train, new Uint8Array(1000), small)).toThrow(/0 presences/);
    expect(() => fitRandomForest(train, trainLabels, { seed: 1, trees: 0 })).toThrow(/trees/);
    const values = train.values.map((value, at) => (at === 10 ? Number.POSITIVE_INFINITY : value));
    expect(() => fitRandomForest({ ...train, values }, trainLabels, small)).toThrow(
      /feature Ag: found an infinite value in row 1/,
    );
    expect(() => predictForest(forests[0], { names: ["a"], values: Float64Array.of(1) })).toThrow(
      /fitted to: As, Ag/,
    );
  });
});
