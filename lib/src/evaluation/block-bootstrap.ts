import { blockNumbers, type CellPlace } from "./block-numbers";
import { type BlockOptions, type BootstrapEstimate, bootstrap, unknownInterval } from "./bootstrap";
import { pearson } from "./correlation";

/** Sums over the cells of a block, of values less the mean of the map. */
interface BlockSums {
  count: number;
  first: number;
  second: number;
  firstSquares: number;
  secondSquares: number;
  products: number;
}

/**
 * Pearson's correlation of two maps with a bootstrap interval over square blocks of neighbouring
 * cells. Neighbours are alike, so that cells drawn one by one would make the interval too narrow;
 * blocks wider than the reach of that likeness may be drawn as independent.
 *
 * @param places of the cells, in the order of the values
 * @returns with one block only, or where no resample varies, the interval of which nothing is known:
 *   -1 to 1
 * @throws InputError as pearson
 */
export function mapCorrelation(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  places: readonly CellPlace[],
  { blockSize, ...options }: BlockOptions,
): BootstrapEstimate {
  const value = pearson(first, second);
  const blocks = blockSums(first, second, places, blockSize);
  const estimate = blocks.length < 2 ? null : bootstrap(blocks, correlationOf, options);
  if (estimate === null || estimate.resampled.length === 0) {
    return unknownInterval(value, [-1, 1], options);
  }
  return { ...estimate, value };
}

/** How many square blocks the cells lie in; of one, mapCorrelation tells no interval. */
export function blockCount(
  places: readonly CellPlace[],
  { blockSize }: { readonly blockSize: number },
): number {
  return new Set(blockNumbers(places, blockSize)).size;
}

function blockSums(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  places: readonly CellPlace[],
  blockSize: number,
): BlockSums[] {
  const both = places.flatMap((place, at) =>
    Number.isNaN(first[at]) || Number.isNaN(second[at])
      ? []
      : [{ ...place, first: first[at], second: second[at] }],
  );
  const mean = (key: "first" | "second") =>
    both.reduce((sum, cell) => sum + cell[key], 0) / both.length;
  const centre = { first: mean("first"), second: mean("second") };
  const numbers = blockNumbers(both, blockSize);
  const blocks: BlockSums[] = [];
  for (const [at, cell] of both.entries()) {
    const sums = blocks[numbers[at]] ?? emptySums();
    const [a, b] = [cell.first - centre.first, cell.second - centre.second];
    sums.count += 1;
    sums.first += a;
    sums.second += b;
    sums.firstSquares += a * a;
    sums.secondSquares += b * b;
    sums.products += a * b;
    blocks[numbers[at]] = sums;
  }
  return blocks;
}

function emptySums(): BlockSums {
  return { count: 0, first: 0, second: 0, firstSquares: 0, secondSquares: 0, products: 0 };
}

/** Sums of squares about the mean below this share of the squares are rounding, not variation. */
const ROUNDING = 1e-12;

/** NaN where either map is the same all over. */
function correlationOf(blocks: readonly BlockSums[]): number {
  const total = emptySums();
  for (const block of blocks) {
    total.count += block.count;
    total.first += block.first;
    total.second += block.second;
    total.firstSquares += block.firstSquares;
    total.secondSquares += block.secondSquares;
    total.products += block.products;
  }
  const { count, first, second, firstSquares, secondSquares, products } = total;
  const [ofFirst, ofSecond] = [
    firstSquares - first ** 2 / count,
    secondSquares - second ** 2 / count,
  ];
  if (ofFirst <= ROUNDING * firstSquares || ofSecond <= ROUNDING * secondSquares) return Number.NaN;
  return (products - (first * second) / count) / Math.sqrt(ofFirst * ofSecond);
}
