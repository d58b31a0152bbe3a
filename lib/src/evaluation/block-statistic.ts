import { blockNumbers, type CellPlace } from "./block-numbers";
import { type BlockOptions, type BootstrapEstimate, bootstrap, unknownInterval } from "./bootstrap";

/**
 * A statistic of means over cells, such as a Brier score or a ratio of two means, with its bootstrap
 * interval over square blocks of neighbouring cells, which are alike and no independent witnesses.
 *
 * @param columns numbers by cell of which the statistic takes the means
 * @param places of the cells, in the order of the columns
 * @param statistic of the means of the columns, in their order; NaN where a sample has none
 * @returns with one block only, or where no resample has a value, an interval of which nothing is
 *   known: minus infinity to infinity
 */
export function blockStatistic(
  columns: readonly ArrayLike<number>[],
  places: readonly CellPlace[],
  statistic: (means: readonly number[]) => number,
  { blockSize, ...options }: BlockOptions,
): BootstrapEstimate {
  const numbers = blockNumbers(places, blockSize);
  const count = 1 + numbers.reduce((most, each) => Math.max(most, each), -1);
  const blocks = Array.from({ length: count }, () => new Float64Array(columns.length + 1));
  for (let cell = 0; cell < places.length; cell++) {
    const sums = blocks[numbers[cell]];
    sums[columns.length] += 1;
    columns.forEach((column, at) => {
      sums[at] += column[cell];
    });
  }
  const ofBlocks = (sample: readonly Float64Array[]) => {
    const total = new Float64Array(columns.length + 1);
    for (const sums of sample) for (let at = 0; at < total.length; at++) total[at] += sums[at];
    return statistic(columns.map((_, at) => total[at] / total[columns.length]));
  };
  const estimate = blocks.length < 2 ? null : bootstrap(blocks, ofBlocks, options);
  if (estimate === null || estimate.resampled.length === 0) {
    return unknownInterval(ofBlocks(blocks), [-Infinity, Infinity], options);
  }
  return estimate;
}
