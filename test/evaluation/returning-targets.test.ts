import { describe, expect, it } from "vitest";
import { chanceOfReturn, targetReturns } from "../../lib/src/evaluation/returning-targets";
import { stackOf } from "../support/stacks";

const cells = (...numbers: number[]) => ({ cells: Uint32Array.from(numbers) });
const gridOf = (...values: number[]) => stackOf(1, values.length, { p: values }).bands[0];

describe("targets that come back", () => {
  const targets = [
    { rank: 1, ...cells(0, 1) },
    { rank: 2, ...cells(3, 4, 5) },
  ];

  it("do so where others cover half of their area, and rank by their mean score, by hand", () => {
    const replicas = [
      gridOf(0.9, 0.9, 0, 0.5, 0.5, 0.5),
      gridOf(0.2, 0.2, 0, 0.9, 0.9, 0.9),
      gridOf(0.6, 0.6, 0, 0.6, 0.6, 0.6),
    ];
    // One of two cells is half; one of three is not, and two are, though in two targets.
    const delineated = [[cells(1, 2), cells(3)], [cells(3), cells(5)], []];
    expect(targetReturns(targets, replicas, delineated)).toEqual([
      { rank: 1, share: 1 / 3, rankLow: 1, rankHigh: 2 },
      { rank: 2, share: 1 / 3, rankLow: 1, rankHigh: 2 },
    ]);
  });

  it("are none of a map without targets", () => {
    expect(targetReturns([], [gridOf(0, 1)], [[cells(1)]])).toEqual([]);
  });
});

describe("ground placed by chance", () => {
  const ground = { open: Uint32Array.of(0, 1, 2, 3), width: 4, draws: 4000, seed: 5 };

  it("comes back as often as counted by hand", () => {
    // Of four cells in a row the first is a target. A single cell is it once in four; of two, those
    // nearest to 0 and to 1 are 0 and 1, of which half is the target; three hold a third of it.
    const [one, two, three, five] = chanceOfReturn([1, 2, 3, 5], [[cells(0)]], ground);
    expect(Math.abs(one - 1 / 4)).toBeLessThan(0.03);
    expect(Math.abs(two - 1 / 2)).toBeLessThan(0.03);
    expect(three).toBe(0);
    expect(five).toBeNaN();
  });

  it("is the mean over replicas, always where all is target and never where nothing is", () => {
    const delineated = [[cells(0, 1, 2, 3)], []];
    expect(chanceOfReturn([2, 4], delineated, ground)).toEqual([0.5, 0.5]);
  });

  it("measures how near cells are over rows, too", () => {
    // Two rows of three; of the two nearest to any cell one lies beside it and none beyond a row.
    const open = Uint32Array.of(0, 1, 2, 3, 4, 5);
    const [share] = chanceOfReturn([1], [[cells(0, 4)]], { open, width: 3, draws: 6000, seed: 1 });
    expect(Math.abs(share - 1 / 3)).toBeLessThan(0.03);
  });
});
