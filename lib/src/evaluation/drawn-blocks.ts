import { randomStream } from "../random";
import { blockNumbers, type CellPlace } from "./block-numbers";

/**
 * A sample of ground: square blocks of neighbouring cells drawn with replacement until as many cells
 * have come together as there are, the last block cut short. Neighbours are alike, so that blocks and
 * not cells are drawn (Künsch 1989).
 *
 * @param blockSize edge of a block in cells
 * @returns numbers of cells, as many as there are places, some more than once and others not at all;
 *   null where all lie in one block, of which there is nothing to draw
 */
export function drawBlocks(
  places: readonly CellPlace[],
  blockSize: number,
  seed: number,
): Uint32Array | null {
  const blocks: number[][] = [];
  blockNumbers(places, blockSize).forEach((block, cell) => {
    blocks[block] ??= [];
    blocks[block].push(cell);
  });
  if (blocks.length < 2) return null;
  const random = randomStream(seed, "blocks-of-ground");
  const drawn: number[] = [];
  while (drawn.length < places.length) drawn.push(...blocks[random.below(blocks.length)]);
  return Uint32Array.from(drawn.slice(0, places.length));
}
