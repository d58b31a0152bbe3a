import { pixelAt } from "../grid/grid";
import { isInArea, type StudyArea } from "../grid/study-area";
import type { Occurrence } from "../study/types";
import type { Patches } from "./types";

/** An occurrence that no patch holds, and why. */
export interface UnassignedOccurrence {
  readonly occurrence: Occurrence;
  readonly reason:
    | "outside the grid"
    | "outside the study area"
    | "in the margin that no patch covers"
    /** In a patch that was left out for nodata. */
    | "on nodata";
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
 *
 * @param area of the study; without it what lies outside one is said to be on nodata
 */
export function assignOccurrences(
  patches: Patches,
  occurrences: readonly Occurrence[],
  area: StudyArea | null = null,
): OccurrenceAssignment {
  const patchAt = patchLookup(patches);
  const labels = new Uint8Array(patches.places.length);
  const assigned: { occurrence: Occurrence; patch: number }[] = [];
  const unassigned: UnassignedOccurrence[] = [];
  for (const occurrence of occurrences) {
    const found = patchAt(occurrence);
    if (typeof found === "string") {
      const isOut =
        found === "on nodata" &&
        area !== null &&
        !isInArea(area, occurrence.easting, occurrence.northing);
      unassigned.push({ occurrence, reason: isOut ? "outside the study area" : found });
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
