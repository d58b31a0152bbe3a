import type { Random } from "../random";

/** Rows that a tree is grown on, with repeats, and those left out of its bag. */
export interface Bag {
  readonly drawn: Uint32Array;
  readonly left: Uint32Array;
}

/**
 * A bootstrap sample: as many rows as there are, drawn with replacement. A balanced one draws from
 * each class as many as the smaller has.
 */
export function drawBag(labels: Uint8Array, isBalanced: boolean, random: Random): Bag {
  const pools = isBalanced ? [rowsOf(labels, 0), rowsOf(labels, 1)] : [rowsOf(labels)];
  const size = Math.min(...pools.map(({ length }) => length));
  const drawn = new Uint32Array(size * pools.length);
  const isDrawn = new Uint8Array(labels.length);
  for (let at = 0; at < drawn.length; at++) {
    const pool = pools[Math.floor(at / size)];
    drawn[at] = pool[random.below(pool.length)];
    isDrawn[drawn[at]] = 1;
  }
  return { drawn, left: rowsOf(labels).filter((row) => isDrawn[row] === 0) };
}

function rowsOf(labels: Uint8Array, label?: number): Uint32Array {
  const rows = Uint32Array.from(labels, (_, row) => row);
  return label === undefined ? rows : rows.filter((row) => labels[row] === label);
}
