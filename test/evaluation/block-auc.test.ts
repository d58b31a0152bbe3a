import { describe, expect, it } from "vitest";
import { blockAuc } from "../../lib/src/evaluation/block-auc";
import { randomStream } from "../../lib/src/random";

/** Cells in a row of blocks of two cells each. */
const places = (count: number) =>
  Array.from({ length: count }, (_, column) => ({ row: 0, column }));

describe("AUC by blocks of ground", () => {
  it("is the share of pairs told right, ties half: worked by hand", () => {
    // Positives 0.9, 0.4, 0.4; negatives 0.5, 0.4, 0.1. Wins: 3 + (0 + 0.5 + 1) * 2 = 6 of 9.
    const scores = [0.9, 0.5, 0.4, 0.4, 0.4, 0.1];
    const labels = [1, 0, 1, 1, 0, 0];
    const { value, interval } = blockAuc(scores, labels, places(6), { blockSize: 2, seed: 1 });
    expect(value).toBeCloseTo(6 / 9, 12);
    expect(interval[0]).toBeLessThan(value);
    expect(interval[1]).toBeGreaterThan(value);
  });

  it("draws blocks, not cells: each cell repeated four times within its block tells no more", () => {
    const random = randomStream(5, "cells");
    const once = Array.from({ length: 60 }, (_, at) => ({
      label: at % 2,
      score: random.normal() + (at % 2),
    }));
    const four = once.flatMap((cell) => [cell, cell, cell, cell]);
    const of = (cells: typeof once, blockSize: number) =>
      blockAuc(
        cells.map(({ score }) => score),
        cells.map(({ label }) => label),
        places(cells.length),
        { blockSize, seed: 3, interval: "percentile" },
      );
    const [single, repeated] = [of(once, 2), of(four, 8)];
    expect(repeated.value).toBeCloseTo(single.value, 12);
    expect(repeated.interval[0]).toBeCloseTo(single.interval[0], 12);
    // By cells it would be half as wide.
    const byCells = of(four, 1);
    const width = ({ interval }: typeof single) => interval[1] - interval[0];
    expect(width(byCells) / width(repeated)).toBeLessThan(0.7);
  });

  it("knows nothing of one block", () => {
    const one = blockAuc([1, 0], [1, 0], places(2), { blockSize: 2, seed: 1 });
    expect(one).toMatchObject({ value: 1, interval: [0, 1] });
  });

  it("refuses places that are not one a score", () => {
    expect(() => blockAuc([1, 0], [1, 0], places(3), { blockSize: 2, seed: 1 })).toThrow(
      "3 places for 2 scores",
    );
  });
});
