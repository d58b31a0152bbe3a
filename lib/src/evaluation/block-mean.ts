import type { CellPlace } from "./block-numbers";
import { blockStatistic } from "./block-statistic";
import type { BlockOptions, BootstrapEstimate } from "./bootstrap";

/**
 * Mean over cells with a bootstrap interval over square blocks of neighbouring cells, which are drawn
 * together since they are alike. NaN is left out.
 *
 * @returns with one block only, an interval from minus to plus infinity: nothing is known of it
 */
export function blockMean(
  values: ArrayLike<number>,
  places: readonly CellPlace[],
  options: BlockOptions,
): BootstrapEstimate {
  const known = Array.from(places.keys()).filter((cell) => !Number.isNaN(values[cell]));
  const own = known.map((cell) => values[cell]);
  const where = known.map((cell) => places[cell]);
  return blockStatistic([own], where, ([mean]) => mean, options);
}
