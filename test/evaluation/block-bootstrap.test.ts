import { describe, expect, it } from "vitest";
import { blockCount, mapCorrelation } from "../../lib/src/evaluation/block-bootstrap";
import { bootstrap } from "../../lib/src/evaluation/bootstrap";
import { pearson } from "../../lib/src/evaluation/correlation";
import { randomStream } from "../../lib/src/random";

const side = 48;
const places = Array.from({ length: side * side }, (_, at) => ({
  row: Math.floor(at / side),
  column: at % side,
}));

/** Two normal maps of correlation 0.6 whose values are alike within squares of some cells. */
function maps(cells: number) {
  const random = randomStream(5, "maps");
  const drawn = new Map<string, readonly [number, number]>();
  const pairs = places.map(({ row, column }) => {
    const key = `${Math.floor(row / cells)} ${Math.floor(column / cells)}`;
    const first = random.normal();
    const pair = drawn.get(key) ?? [first, 0.6 * first + 0.8 * random.normal()];
    drawn.set(key, pair);
    return pair;
  });
  return { first: pairs.map(([value]) => value), second: pairs.map(([, value]) => value) };
}

describe("the correlation of two maps", () => {
  it("has the standard error (1 - r^2) / sqrt(n) of independent normal cells, drawn one by one", () => {
    const { first, second } = maps(1);
    const { value, standardError } = mapCorrelation(first, second, places, {
      seed: 1,
      blockSize: 1,
      interval: "percentile",
    });
    expect(value).toBe(pearson(first, second));
    expect(standardError / ((1 - value ** 2) / side)).toBeCloseTo(1, 1);
  });

  it("has that of as many independent squares where cells within a square are alike", () => {
    const { first, second } = maps(3);
    const options = { seed: 1, interval: "percentile" } as const;
    const byBlock = mapCorrelation(first, second, places, { ...options, blockSize: 3 });
    const byCell = mapCorrelation(first, second, places, { ...options, blockSize: 1 });
    const expected = (1 - byBlock.value ** 2) / (side / 3);
    expect(byBlock.standardError / expected).toBeGreaterThan(0.85);
    expect(byBlock.standardError / expected).toBeLessThan(1.15);
    expect(byBlock.standardError / byCell.standardError).toBeGreaterThan(2.5);
  });

  it("is the plain bootstrap of pairs where a block is a cell, nodata left out", () => {
    const { first, second } = maps(1);
    first[7] = Number.NaN;
    const pairs = first.map((value, at) => [value, second[at]]).filter((_, at) => at !== 7);
    const plain = bootstrap(
      pairs,
      (sample) =>
        pearson(
          sample.map(([value]) => value),
          sample.map(([, value]) => value),
        ),
      { seed: 2, resamples: 100, interval: "percentile" },
    );
    const options = { seed: 2, resamples: 100, interval: "percentile" } as const;
    const found = mapCorrelation(first, second, places, { ...options, blockSize: 1 });
    found.interval.forEach((bound, at) => {
      expect(bound).toBeCloseTo(plain.interval[at], 12);
    });
  });

  it("of a single block may be anything from -1 to 1", () => {
    const { first, second } = maps(1);
    const { value, interval } = mapCorrelation(first, second, places, { seed: 1, blockSize: side });
    expect(value).toBe(pearson(first, second));
    expect(interval).toEqual([-1, 1]);
    expect(blockCount(places, { blockSize: side })).toBe(1);
    // 48 by 48 cells in squares of 20: three by three, those at the edges cut.
    expect(blockCount(places, { blockSize: 20 })).toBe(9);
  });

  it("leaves out resamples of blocks within which a map does not vary", () => {
    const cells = [0, 1, 2, 3].map((column) => ({ row: 0, column }));
    // Two blocks, each all alike: only resamples that draw both have a correlation, which is 1.
    const alike = mapCorrelation([1, 1, 5, 5], [2, 2, 3, 3], cells, { seed: 1, blockSize: 2 });
    expect(alike.value).toBeCloseTo(1, 12);
    expect(alike.interval[0]).toBeCloseTo(1, 12);
    expect(alike.interval[1]).toBeCloseTo(1, 12);
    // About half of 2,000.
    expect(Math.abs(alike.resampled.length - 1000)).toBeLessThan(100);
  });
});
