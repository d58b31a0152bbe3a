import type { Line, Polygon } from "./shapes";

/**
 * Straight segments as [easting, northing, easting, northing] one after another, four numbers a
 * segment. A point is a segment whose ends are the same.
 */
export type Segments = Float64Array;

/** The segments of lines, in the order of the lines and of their vertices. */
export function lineSegments(lines: readonly Line[]): Segments {
  const count = lines.reduce((sum, line) => sum + Math.max(line.length / 2 - 1, 0), 0);
  const segments = new Float64Array(4 * count);
  let at = 0;
  for (const line of lines) {
    for (let vertex = 0; vertex + 3 < line.length; vertex += 2) {
      segments.set(line.subarray(vertex, vertex + 4), at);
      at += 4;
    }
  }
  return segments;
}

/** The segments of every ring, outer rings and holes alike: the contacts of the polygons. */
export function contactSegments(polygons: readonly Polygon[]): Segments {
  return lineSegments(polygons.flat());
}

/** Points [easting, northing, ...] as segments of no length. */
export function pointSegments(points: Float64Array): Segments {
  const segments = new Float64Array(2 * points.length);
  for (let point = 0; point < points.length; point += 2) {
    segments.set(points.subarray(point, point + 2), 2 * point);
    segments.set(points.subarray(point, point + 2), 2 * point + 2);
  }
  return segments;
}

/** The segments that have a length, and so a strike. */
export function withLength(segments: Segments): Segments {
  const kept: number[] = [];
  for (let at = 0; at < segments.length; at += 4) {
    const [east1, north1, east2, north2] = segments.subarray(at, at + 4);
    if (east1 !== east2 || north1 !== north2) kept.push(east1, north1, east2, north2);
  }
  return Float64Array.from(kept);
}

/** Squared distance from a point to the segment that starts at an index of the array. */
export function squaredDistance(
  segments: Segments,
  at: number,
  easting: number,
  northing: number,
): number {
  const alongEast = segments[at + 2] - segments[at];
  const alongNorth = segments[at + 3] - segments[at + 1];
  const fromEast = easting - segments[at];
  const fromNorth = northing - segments[at + 1];
  const lengthSquared = alongEast * alongEast + alongNorth * alongNorth;
  const projection = fromEast * alongEast + fromNorth * alongNorth;
  if (projection <= 0 || lengthSquared === 0) return fromEast * fromEast + fromNorth * fromNorth;
  if (projection >= lengthSquared) {
    const east = easting - segments[at + 2];
    const north = northing - segments[at + 3];
    return east * east + north * north;
  }
  const cross = fromEast * alongNorth - fromNorth * alongEast;
  return (cross * cross) / lengthSquared;
}
