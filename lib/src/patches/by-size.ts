import type { GridStack } from "../grid/grid";
import { cutPatches, tilePatches } from "./tile";
import type { Patches } from "./types";

/** A stack cut by several sizes. */
export interface PatchesBySize {
  /** In the order of the sizes; the last size is always among them. */
  readonly fitting: readonly Patches[];
  readonly leftOut: readonly LeftOutSize[];
}

/** A size that gives no patches of a stack, and why. */
export interface LeftOutSize {
  readonly size: number;
  readonly reason: "wider than the district" | "nodata in every patch";
}

/**
 * Cuts a stack by several sizes and leaves out those that do not fit it, but for the last, which
 * must: the sizes before it are only compared with it.
 *
 * @throws InputError as tilePatches, of the last size
 */
export function patchesBySize(stack: GridStack, sizes: readonly number[]): PatchesBySize {
  const { width, height } = stack.geometry;
  const fitting: Patches[] = [];
  const leftOut: LeftOutSize[] = [];
  for (const size of sizes.slice(0, -1)) {
    if (size > Math.min(width, height)) {
      leftOut.push({ size, reason: "wider than the district" });
      continue;
    }
    const patches = cutPatches(stack, { size });
    if (patches.places.length > 0) fitting.push(patches);
    else leftOut.push({ size, reason: "nodata in every patch" });
  }
  fitting.push(tilePatches(stack, { size: sizes[sizes.length - 1] }));
  return { fitting, leftOut };
}

/** Says which sizes are left out and why; null where none is. */
export function leftOutSizesSentence({ leftOut }: Pick<PatchesBySize, "leftOut">): string | null {
  if (leftOut.length === 0) return null;
  const each = leftOut.map(({ size, reason }) => `${size} px (${reason})`).join(", ");
  return `Patch sizes left out: ${each}.`;
}
