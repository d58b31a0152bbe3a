/** Place of a cell in a grid of cells, such as a patch among patches. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/**
 * Number of the square block that each cell lies in, from 0 in the order in which blocks are met.
 *
 * @param blockSize edge of a block in cells
 */
export function blockNumbers(places: readonly CellPlace[], blockSize: number): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(places, ({ row, column }) => {
    const key = `${Math.floor(row / blockSize)} ${Math.floor(column / blockSize)}`;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
}
