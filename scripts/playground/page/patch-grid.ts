import type { PackedDistrict, Prepared } from "../protocol";

/** Patch at each place of a patch grid, row by row from the north-west; -1 where none was kept. */
export function patchLookup({ columns, rows, places }: PlacedPatches): Int32Array {
  const lookup = new Int32Array(columns * rows).fill(-1);
  for (let patch = 0; patch < places.length / 2; patch++) {
    lookup[places[2 * patch] * columns + places[2 * patch + 1]] = patch;
  }
  return lookup;
}

/** Where patches lie: row and column of each. */
export type PlacedPatches = Pick<Prepared, "columns" | "rows" | "places">;

/** Share of a map's width and height that the patch grid covers; a margin narrower than a patch stays. */
export function coveredShare(
  { columns, rows, patchSize }: Pick<Prepared, "columns" | "rows" | "patchSize">,
  { width, height }: Pick<PackedDistrict, "width" | "height">,
) {
  return { across: (columns * patchSize) / width, down: (rows * patchSize) / height };
}

/**
 * The patch at a place on the map, null where there is none.
 *
 * @param across share of the map's width from the west, 0 to 1
 * @param down share of its height from the north
 */
export function patchAt(
  prepared: Prepared,
  lookup: Int32Array,
  district: Pick<PackedDistrict, "width" | "height">,
  { across, down }: { readonly across: number; readonly down: number },
): number | null {
  const covered = coveredShare(prepared, district);
  const column = Math.floor((across / covered.across) * prepared.columns);
  const row = Math.floor((down / covered.down) * prepared.rows);
  if (column < 0 || row < 0 || column >= prepared.columns || row >= prepared.rows) return null;
  const patch = lookup[row * prepared.columns + column];
  return patch < 0 ? null : patch;
}

/** Whither an arrow key leads. */
export const STEPS: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The next patch from one in a direction, over gaps; the same one where none follows. */
export function nextPatch(
  { columns, rows, places }: PlacedPatches,
  lookup: Int32Array,
  patch: number,
  [down, across]: readonly [number, number],
): number {
  let row = places[2 * patch] + down;
  let column = places[2 * patch + 1] + across;
  while (row >= 0 && column >= 0 && row < rows && column < columns) {
    const found = lookup[row * columns + column];
    if (found >= 0) return found;
    row += down;
    column += across;
  }
  return patch;
}
