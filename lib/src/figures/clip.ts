import type { Region } from "../grid/grid";

/**
 * The part of a segment that lies within a region, or null (Liang and Barsky 1984).
 *
 * @param line [easting, northing, ...]
 * @param first index of the easting of the segment's first vertex
 */
export function clippedSegment(
  line: Float64Array,
  first: number,
  { west, east, south, north }: Region,
): readonly [number, number, number, number] | null {
  const [easting, northing] = [line[first], line[first + 1]];
  const eastward = line[first + 2] - easting;
  const northward = line[first + 3] - northing;
  let from = 0;
  let to = 1;
  const edges: readonly (readonly [number, number])[] = [
    [-eastward, easting - west],
    [eastward, east - easting],
    [-northward, northing - south],
    [northward, north - northing],
  ];
  for (const [outward, room] of edges) {
    if (outward === 0 && room < 0) return null;
    if (outward === 0) continue;
    const crossing = room / outward;
    if (outward < 0) from = Math.max(from, crossing);
    else to = Math.min(to, crossing);
  }
  if (from > to) return null;
  return [
    easting + from * eastward,
    northing + from * northward,
    easting + to * eastward,
    northing + to * northward,
  ];
}
