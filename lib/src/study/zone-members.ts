import type { Polygon } from "../grid/shapes";
import type { Occurrence, Zone } from "./types";

/** The occurrences that lie in a zone. */
export function occurrencesInZone(occurrences: readonly Occurrence[], zone: Zone): Occurrence[] {
  return occurrences.filter(({ easting, northing }) => isInZone(zone, easting, northing));
}

/** Whether a point, in CRS units, lies in a zone. */
export function isInZone({ polygons }: Zone, easting: number, northing: number): boolean {
  return polygons.some((polygon) => isInside(polygon, easting, northing));
}

/** Even-odd rule: a ray to the east crosses the rings of the polygon, holes too, an odd number of times. */
function isInside(polygon: Polygon, easting: number, northing: number): boolean {
  let inside = false;
  for (const ring of polygon) {
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const [fromEasting, fromNorthing, toEasting, toNorthing] = ring.subarray(at, at + 4);
      if (fromNorthing > northing === toNorthing > northing) continue;
      const share = (northing - fromNorthing) / (toNorthing - fromNorthing);
      if (easting < fromEasting + share * (toEasting - fromEasting)) inside = !inside;
    }
  }
  return inside;
}
