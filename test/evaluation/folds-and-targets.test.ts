import { describe, expect, it } from "vitest";
import { spatialFolds } from "../../lib/src/evaluation/spatial-folds";
import { targetDrivers } from "../../lib/src/evaluation/target-drivers";
import { delineateTargets } from "../../lib/src/evaluation/targets";
import { counting, stackOf } from "../support/stacks";

describe("spatial folds of blocks with unequal numbers of units", () => {
  // Three blocks of 10 m from west to east, with 1, 3 and 2 units, and 2, 1 and 1 occurrences.
  const places = [0, 11, 12, 13, 21, 22].map((easting) => ({ easting, northing: 0 }));
  const occurrences = [2, 1, 0, 0, 1, 0];

  it("deal a block of one occurrence by occurrences, not by units", () => {
    // The first block goes to one fold, and both others to the other, which then has two as well.
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { fold } = spatialFolds(places, occurrences, { blockSize: 10, folds: 2, seed });
      expect([...fold]).toEqual([0, 1, 1, 1, 1, 1]);
    }
  });
});

describe("targets", () => {
  const targetsOf = (rows: readonly (readonly number[])[], neighbours: 4 | 8) =>
    delineateTargets(stackOf(rows.length, rows[0].length, { p: rows.flat() }).bands[0], {
      ...{ threshold: 1, known: [], distance: 0, neighbours },
    }).map(({ cells }) => [...cells]);

  it.each([4, 8] as const)("hang together by steps in all directions, over %d neighbours", (by) => {
    // From the north-west corner the eastern arm is reached from below, and its end westwards.
    const bent = [
      [1, 0, 0, 0, 0],
      [1, 0, 1, 1, 1],
      [1, 0, 0, 0, 1],
      [1, 1, 1, 1, 1],
    ];
    expect(targetsOf(bent, by)).toEqual([[0, 5, 7, 8, 9, 10, 14, 15, 16, 17, 18, 19]]);
  });

  it.each([
    [
      "south-east",
      [
        [1, 0],
        [0, 1],
      ],
    ],
    [
      "south-west",
      [
        [0, 1],
        [1, 0],
      ],
    ],
  ])("join over a corner to the %s only where corners join", (_, rows) => {
    expect(targetsOf(rows, 8)).toHaveLength(1);
    expect(targetsOf(rows, 4)).toHaveLength(2);
  });

  it("join over corners to the north-east and north-west", () => {
    // Down the west side, up to the north-east, and again to the north-west.
    const rows = [
      [1, 0, 0, 1, 0],
      [1, 0, 0, 0, 1],
      [0, 1, 0, 1, 0],
      [0, 0, 1, 0, 0],
    ];
    expect(targetsOf(rows, 8)).toEqual([[0, 3, 5, 9, 11, 13, 17]]);
  });

  it("do not join from the end of one row to the start of the next", () => {
    const rows = [
      [0, 0, 1],
      [1, 0, 0],
    ];
    expect(targetsOf(rows, 8)).toHaveLength(2);
  });

  it("refuse bands of other cells", () => {
    const [scores] = stackOf(2, 2, { p: [0, 0, 0, 1] }).bands;
    const targets = delineateTargets(scores, { threshold: 1, known: [], distance: 0 });
    const [other] = stackOf(1, 3, { As: counting(3) }).bands;
    expect(() => targetDrivers(targets, [other])).toThrow(/3 cells.*cells of the scored grid/);
    const [same] = stackOf(2, 2, { As: [1, 1, 1, 5] }).bands;
    expect(targetDrivers(targets, [same])[0][0].mean).toBe(5);
  });
});
