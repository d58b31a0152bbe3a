import type { Region } from "../grid/grid";
import { isInPolygons, type StudyArea } from "../grid/study-area";
import { isWithin } from "./places";
import type { SampleTable } from "./types";

/** The ground that samples speak for. */
export interface Survey {
  /** In squared CRS units. */
  readonly extent: number;
  /** Places that were sampled in it, each once. */
  readonly places: number;
  /** Mean spacing of samples in CRS units: the square root of extent by places. */
  readonly spacing: number;
}

/** The survey of a study: of its area, or without one of its whole region. */
export function surveyOf(
  table: Pick<SampleTable, "eastings" | "northings" | "outside">,
  region: Region,
  area: StudyArea | null,
): Survey {
  const { west, east, south, north } = region;
  const extent = area === null ? (east - west) * (north - south) : area.extent;
  const places =
    area?.from === "polygons"
      ? placesIn(table, region, area.polygons)
      : table.eastings.length - table.outside;
  return { extent, places, spacing: Math.sqrt(extent / places) };
}

/** Places of samples as [easting, northing, ...]. */
export function placesOf({
  eastings,
  northings,
}: Pick<SampleTable, "eastings" | "northings">): Float64Array {
  const places = new Float64Array(2 * eastings.length);
  eastings.forEach((easting, at) => {
    places.set([easting, northings[at]], 2 * at);
  });
  return places;
}

function placesIn(
  { eastings, northings }: Pick<SampleTable, "eastings" | "northings">,
  region: Region,
  polygons: Parameters<typeof isInPolygons>[0],
): number {
  let count = 0;
  eastings.forEach((easting, at) => {
    const place = { easting, northing: northings[at] };
    if (isWithin(region, place) && isInPolygons(polygons, easting, place.northing)) count += 1;
  });
  return count;
}
