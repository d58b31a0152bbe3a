import { blockNumbers, type CellPlace } from "./block-numbers";
import { type BootstrapEstimate, type BootstrapOptions, bootstrap } from "./bootstrap";

/**
 * Mean over cells with a bootstrap interval over square blocks of neighbouring cells, which are drawn
 * together since they are alike. NaN is left out.
 *
 * @param blockSize edge of a block in cells
 * @returns with one block only, an interval from minus to plus infinity: nothing is known of it
 */
export function blockMean(
  values: ArrayLike<number>,
  places: readonly CellPlace[],
  { blockSize, ...options }: BootstrapOptions & { readonly blockSize: number },
): BootstrapEstimate {
  const numbers = blockNumbers(places, blockSize);
  const blocks: { sum: number; count: number }[] = [];
  numbers.forEach((block, at) => {
    if (Number.isNaN(values[at])) return;
    blocks[block] ??= { sum: 0, count: 0 };
    blocks[block].sum += values[at];
    blocks[block].count += 1;
  });
  const filled = blocks.filter((block) => block !== undefined);
  if (filled.length >= 2) return bootstrap(filled, meanOf, options);
  return { ...UNKNOWN, value: meanOf(filled), confidence: options.confidence ?? 0.95 };
}

const UNKNOWN = {
  interval: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  standardError: Number.NaN,
  resampled: new Float64Array(0),
} as const;

function meanOf(blocks: readonly { readonly sum: number; readonly count: number }[]): number {
  const count = blocks.reduce((all, block) => all + block.count, 0);
  return blocks.reduce((sum, block) => sum + block.sum, 0) / count;
}
