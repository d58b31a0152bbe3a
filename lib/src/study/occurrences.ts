import { InputError } from "../errors";
import { type GridStack, pixelAt } from "../grid/grid";
import { isInArea, type StudyArea } from "../grid/study-area";
import type { Occurrence } from "./types";

/** An occurrence and the pixel that holds it. */
export interface LocatedOccurrence {
  readonly occurrence: Occurrence;
  readonly row: number;
  readonly column: number;
  /** Index of the pixel, row-major from the north-west corner. */
  readonly pixel: number;
}

/** Occurrences by whether the grid can say anything of them. */
export interface LocatedOccurrences {
  readonly inside: readonly LocatedOccurrence[];
  /** Outside the grid, or the study area. */
  readonly outside: readonly Occurrence[];
  /** Inside both, on a pixel that is nodata in at least one band. */
  readonly onNodata: readonly Occurrence[];
}

/**
 * Finds the pixel of each occurrence and keeps apart, by name, those that the grid cannot speak
 * of. Order is that of the input.
 *
 * @param area of the study; without it what lies outside one counts as on nodata
 * @throws InputError when no occurrence lies on a pixel with data
 */
export function locateOccurrences(
  occurrences: readonly Occurrence[],
  { geometry, bands }: GridStack,
  area: StudyArea | null = null,
): LocatedOccurrences {
  const inside: LocatedOccurrence[] = [];
  const outside: Occurrence[] = [];
  const onNodata: Occurrence[] = [];
  for (const occurrence of occurrences) {
    const place = pixelAt(geometry, occurrence.easting, occurrence.northing);
    if (place === null) {
      outside.push(occurrence);
      continue;
    }
    const pixel = place.row * geometry.width + place.column;
    if (bands.some(({ values }) => Number.isNaN(values[pixel]))) {
      const isIn = area === null || isInArea(area, occurrence.easting, occurrence.northing);
      (isIn ? onNodata : outside).push(occurrence);
    } else inside.push({ occurrence, ...place, pixel });
  }
  if (inside.length === 0) {
    throw new InputError({
      kind: "occurrences",
      field: "occurrences",
      found: `${occurrences.length} occurrences: ${outside.length} outside the grid${area === null ? "" : " or the study area"}${named(outside)}, ${onNodata.length} on nodata${named(onNodata)}`,
      expected: "at least one on a pixel with data",
      remedy: "Check that the occurrences are in the study's CRS and its region holds them.",
    });
  }
  return { inside, outside, onNodata };
}

function named(occurrences: readonly Occurrence[]): string {
  if (occurrences.length === 0) return "";
  const names = occurrences.slice(0, 5).map(({ name }) => name);
  return ` (${names.join(", ")}${occurrences.length > 5 ? ", ..." : ""})`;
}
