import { describe, expect, it } from "vitest";
import { blockStatistic } from "../../lib/src/evaluation/block-statistic";
import { brierDifference, calibrationScores } from "../../lib/src/evaluation/calibration-error";
import { drawBlocks } from "../../lib/src/evaluation/drawn-blocks";

const row = (count: number) => Array.from({ length: count }, (_, column) => ({ row: 0, column }));
const options = { seed: 1, blockSize: 1, resamples: 400 };

describe("calibration by hand", () => {
  const probabilities = [0.12, 0.18, 0.15, 0.9, 1];
  const labels = [0, 0, 1, 1, 1];

  it("is that of Brier and of two bins", () => {
    const { brier, error, curve } = calibrationScores(probabilities, labels, row(5), options);
    const squares = 0.12 ** 2 + 0.18 ** 2 + 0.85 ** 2 + 0.1 ** 2 + 0;
    expect(brier.value).toBeCloseTo(squares / 5, 12);
    // Bin 0.1 to 0.2: told 0.15, came true 1/3, weight 3/5. Bin 0.9 to 1: told 0.95, true 1, 2/5.
    expect(error.value).toBeCloseTo((3 / 5) * (1 / 3 - 0.15) + (2 / 5) * 0.05, 12);
    expect(curve.map(({ probability }) => probability)).toEqual([
      expect.closeTo(0.15, 12),
      expect.closeTo(0.95, 12),
    ]);
    expect(curve.map(({ observed }) => observed.value)).toEqual([expect.closeTo(1 / 3, 12), 1]);
  });

  it("leaves a bin of few that all came true the doubt of few", () => {
    const { curve } = calibrationScores(probabilities, labels, row(5), options);
    // Wilson for 2 of 2: 1 / (1 + z^2 / 2) with z = 1.96.
    expect(curve[1].observed.interval[0]).toBeCloseTo(1 / (1 + 1.959964 ** 2 / 2), 3);
  });

  it("of two that tell differs by the mean of what each square gains", () => {
    const better = [0, 0, 1, 1, 1];
    const { value, interval } = brierDifference(better, probabilities, labels, row(5), options);
    expect(value).toBeCloseTo(-(0.12 ** 2 + 0.18 ** 2 + 0.85 ** 2 + 0.01) / 5, 12);
    expect(interval[1]).toBeLessThan(0);
  });
});

describe("a statistic over blocks", () => {
  it("of one block has an interval of which nothing is known", () => {
    const all = { ...options, blockSize: 9 };
    const { value, interval } = blockStatistic([[1, 2, 3]], row(3), ([mean]) => mean, all);
    expect(value).toBe(2);
    expect(interval).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  it("draws neighbours together: pairs that are alike count once", () => {
    const values = [0, 0, 4, 4, 8, 8, 4, 4];
    const wide = { ...options, blockSize: 2, interval: "percentile", resamples: 4000 } as const;
    const { value, standardError } = blockStatistic([values], row(8), ([mean]) => mean, wide);
    expect(value).toBe(4);
    // Four blocks of 0, 4, 8 and 4: variance 32 / 4 = 8, by four draws 2.
    expect(standardError).toBeCloseTo(Math.sqrt(2), 1);
  });
});

describe("ground drawn in blocks", () => {
  it("holds as many cells as there are, whole blocks of neighbours, the last cut short", () => {
    const drawn = drawBlocks(row(9), 2, 7)!;
    expect(drawn).toHaveLength(9);
    expect(drawBlocks(row(9), 2, 7)).toEqual(drawn);
    expect(drawBlocks(row(9), 2, 8)).not.toEqual(drawn);
    // Blocks are 0 and 1, 2 and 3, and so on; 8 is alone in its own.
    for (let at = 0; at < 9; ) {
      expect(drawn[at] % 2).toBe(0);
      if (drawn[at] === 8 || at === 8) at += 1;
      else {
        expect(drawn[at + 1]).toBe(drawn[at] + 1);
        at += 2;
      }
    }
    expect(new Set(drawn).size).toBeLessThan(9);
  });

  it("of one block is none", () => {
    expect(drawBlocks(row(4), 6, 1)).toBeNull();
  });
});
