import type { Grid } from "../grid/grid";
import { randomStream } from "../random";
import { midRanks } from "./ranks";
import type { TargetReturn } from "./target-returns";
import type { Target } from "./targets";

type Cells = Pick<Target, "cells">;

/** The share of a group's cells from which on other targets cover it. */
const HALF = 0.5;

/**
 * How often each target comes back in replicas of the map, and the best and worst rank of its mean score
 * among the targets, whose cells stay those of the method's own map. Tied means share the mean of their
 * ranks, rounded outwards.
 *
 * @param targets on the method's own map
 * @param replicas scores by cell of the same grid
 * @param delineated targets of each replica's own, in the same order
 */
export function targetReturns(
  targets: readonly Pick<Target, "rank" | "cells">[],
  replicas: readonly Grid[],
  delineated: readonly (readonly Cells[])[],
): TargetReturn[] {
  const covered = delineated.map(coveredCells);
  const ranks = replicas.map((map) => midRanks(targets.map(({ cells }) => -meanOf(map, cells))));
  return targets.map(({ rank, cells }, at) => {
    const own = ranks.map((each) => each[at]);
    const returned = covered.filter((others) => coveredShare(cells, others) >= HALF).length;
    return {
      rank,
      share: returned / replicas.length,
      rankLow: Math.floor(Math.min(...own)),
      rankHigh: Math.ceil(Math.max(...own)),
    };
  });
}

/**
 * How often as much ground comes back as a target covers, placed by chance: groups of the same number
 * of cells, each those nearest to a cell that is drawn at random, all of ground where a target could
 * lie.
 *
 * @param sizes cells of each group
 * @param open cells where a target could lie, such as with a score and away from known occurrences
 * @param width cells in a row of the grid
 * @param draws how many cells are drawn
 * @returns for each size the mean over draws and replicas of whether it came back, 0 to 1; NaN where
 *   there is less open ground than that
 */
export function chanceOfReturn(
  sizes: readonly number[],
  delineated: readonly (readonly Cells[])[],
  { open, width, draws, seed }: ChanceGround,
): number[] {
  const covered = delineated.map(coveredCells);
  const random = randomStream(seed, "targets-by-chance");
  const most = Math.min(open.length, Math.max(0, ...sizes));
  const returned = new Float64Array(most + 1);
  for (let draw = 0; draw < draws && open.length > 0; draw++) {
    const near = nearestCells(open, open[random.below(open.length)], width, most);
    for (const others of covered) {
      let held = 0;
      for (let size = 1; size <= most; size++) {
        if (others.has(near[size - 1])) held += 1;
        if (held / size >= HALF) returned[size] += 1;
      }
    }
  }
  const all = draws * delineated.length;
  return sizes.map((size) => (size > most ? Number.NaN : returned[size] / all));
}

/** Ground on which targets are placed by chance. */
export interface ChanceGround {
  readonly open: Uint32Array;
  readonly width: number;
  readonly draws: number;
  readonly seed: number;
}

function nearestCells(open: Uint32Array, centre: number, width: number, count: number) {
  const gap = (cell: number) =>
    (Math.floor(cell / width) - Math.floor(centre / width)) ** 2 +
    ((cell % width) - (centre % width)) ** 2;
  const gaps = new Map(Array.from(open, (cell) => [cell, gap(cell)] as const));
  return Uint32Array.from(open)
    .sort((one, other) => gaps.get(one)! - gaps.get(other)! || one - other)
    .subarray(0, count);
}

function coveredCells(targets: readonly Cells[]): ReadonlySet<number> {
  return new Set(targets.flatMap(({ cells }) => [...cells]));
}

function coveredShare(cells: Uint32Array, others: ReadonlySet<number>): number {
  return cells.filter((cell) => others.has(cell)).length / cells.length;
}

function meanOf({ values }: Grid, cells: Uint32Array): number {
  return cells.reduce((sum, cell) => sum + values[cell], 0) / cells.length;
}
