import { patchCentres } from "./means";
import type { OccurrenceAssignment } from "./occurrences";
import type { Patches } from "./types";

/**
 * The patches that hold an occurrence, and those whose centre lies within a distance of one: ground of
 * the same part of a region, so that a score is not praised for telling regions apart.
 *
 * @param distance in CRS units
 * @returns numbers of patches, rising
 */
export function patchesNear(
  patches: Pick<Patches, "layout" | "places">,
  { assigned, labels }: OccurrenceAssignment,
  distance: number,
): Uint32Array {
  const centres = patchCentres(patches);
  const isNear = ({ easting, northing }: (typeof centres)[number]) =>
    assigned.some(
      ({ occurrence }) =>
        Math.hypot(occurrence.easting - easting, occurrence.northing - northing) <= distance,
    );
  return Uint32Array.from(
    centres.flatMap((centre, patch) => (labels[patch] === 1 || isNear(centre) ? [patch] : [])),
  );
}
