import { pixelAt } from "../grid/grid";
import type { Occurrence } from "../study/types";
import type { Patches } from "./types";

/** An occurrence that no patch holds, and why. */
export interface UnassignedOccurrence {
  readonly occurrence: Occurrence;
  readonly reason: "outside the grid" | "in the margin that no patch covers" | "on nodata";
}

/** Which patch holds which occurrence. */
export interface OccurrenceAssignment {
  /** 1 where the patch holds at least one occurrence, else 0; in the order of patches.places. */
  readonly labels: Uint8Array;
  readonly assigned: readonly { readonly occurrence: Occurrence; readonly patch: number }[];
  readonly unassigned: readonly UnassignedOccurrence[];
}

/**
 * Assigns each occurrence to the patch that holds it. With overlapping patches it is the one whose
 * centre cell holds it. Every occurrence is either assigned or listed with the reason why not.
 */
export function assignOccurrences(
  patches: Patches,
  occurrences: readonly Occurrence[],
): OccurrenceAssignment {
  const patchAt = patchLookup(patches);
  const labels = new Uint8Array(patches.places.length);
  const assigned: { occurrence: Occurrence; patch: number }[] = [];
  const unassigned: UnassignedOccurrence[] = [];
  for (const occurrence of occurrences) {
    const found = patchAt(occurrence);
    if (typeof found === "string") {
      unassigned.push({ occurrence, reason: found });
    } else {
      labels[found] = 1;
      assigned.push({ occurrence, patch: found });
    }
  }
  return { labels, assigned, unassigned };
}

function patchLookup(patches: Patches) {
  const { raster, rows, columns, size, stride } = patches.layout;
  const margin = Math.floor((size - stride) / 2);
  const numbers = new Map(
    patches.places.map(({ row, column }, patch) => [row * columns + column, patch]),
  );
  return ({ easting, northing }: Occurrence): number | UnassignedOccurrence["reason"] => {
    const pixel = pixelAt(raster, easting, northing);
    if (pixel === null) return "outside the grid";
    const row = Math.floor((pixel.row - margin) / stride);
    const column = Math.floor((pixel.column - margin) / stride);
    if (row < 0 || column < 0 || row >= rows || column >= columns) {
      return "in the margin that no patch covers";
    }
    return numbers.get(row * columns + column) ?? "on nodata";
  };
}
