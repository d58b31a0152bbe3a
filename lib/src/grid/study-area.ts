import { distanceToSegments } from "./distance";
import type { GridGeometry } from "./grid";
import { rasterisePolygons } from "./rasterise";
import { pointSegments } from "./segments";
import type { Polygon } from "./shapes";

/** Ground that a study speaks of where it is not the whole region: polygons, or what was sampled. */
export type StudyArea = PolygonArea | SampledArea;

/** Ground within polygons, holes left out. */
export interface PolygonArea {
  readonly from: "polygons";
  readonly polygons: readonly Polygon[];
  /** Their area within the region, in squared CRS units. */
  readonly extent: number;
}

/** Ground within a distance of a sample. */
export interface SampledArea {
  readonly from: "samples";
  /** The distance in sample spacings. */
  readonly spacings: number;
  /** The distance in CRS units. */
  readonly radius: number;
  /** Places of the samples, [easting, northing, ...] in CRS units. */
  readonly places: Float64Array;
  /** Its area within the region, in squared CRS units. */
  readonly extent: number;
}

/** 1 for every pixel whose centre lies in the area, 0 elsewhere; row-major [height, width]. */
export function areaMask(area: StudyArea, geometry: GridGeometry): Uint8Array {
  if (area.from === "polygons") return rasterisePolygons(geometry, area.polygons);
  const distance = distanceToSegments(geometry, pointSegments(area.places));
  return Uint8Array.from(distance, (value) => (value <= area.radius ? 1 : 0));
}

/** Whether a point lies in an area, in CRS units. */
export function isInArea(area: StudyArea, easting: number, northing: number): boolean {
  if (area.from === "polygons") return isInPolygons(area.polygons, easting, northing);
  const { places, radius } = area;
  for (let at = 0; at < places.length; at += 2) {
    if (Math.hypot(places[at] - easting, places[at + 1] - northing) <= radius) return true;
  }
  return false;
}

/** Values with nodata outside a mask; the values themselves without one. */
export function withinMask(values: Float32Array, mask: Uint8Array | null): Float32Array {
  if (mask === null) return values;
  return values.map((value, pixel) => (mask[pixel] === 1 ? value : Number.NaN));
}

/** Even-odd rule within a polygon: a ray to the east crosses its rings, holes too, an odd number of times. */
export function isInPolygons(
  polygons: readonly Polygon[],
  easting: number,
  northing: number,
): boolean {
  return polygons.some((polygon) => isInPolygon(polygon, easting, northing));
}

function isInPolygon(polygon: Polygon, easting: number, northing: number): boolean {
  let inside = false;
  for (const ring of polygon) {
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const [fromNorthing, toNorthing] = [ring[at + 1], ring[at + 3]];
      if (fromNorthing > northing === toNorthing > northing) continue;
      const [fromEasting, toEasting] = [ring[at], ring[at + 2]];
      const share = (northing - fromNorthing) / (toNorthing - fromNorthing);
      if (easting < fromEasting + share * (toEasting - fromEasting)) inside = !inside;
    }
  }
  return inside;
}
