import { isInPolygons } from "../grid/study-area";
import type { Occurrence, Zone } from "./types";

/** The occurrences that lie in a zone. */
export function occurrencesInZone(occurrences: readonly Occurrence[], zone: Zone): Occurrence[] {
  return occurrences.filter(({ easting, northing }) => isInZone(zone, easting, northing));
}

/** Whether a point, in CRS units, lies in a zone. */
export function isInZone({ polygons }: Zone, easting: number, northing: number): boolean {
  return isInPolygons(polygons, easting, northing);
}
