import type { Segments } from "./segments";

/**
 * Points [easting, northing, ...] where two segments cross, or where one ends upon the inside of
 * another. Segments that only share an end point, and segments that lie along one another, give
 * none. Pairs are found by a sweep from west to east.
 */
export function crossingPoints(segments: Segments): number[] {
  const count = segments.length / 4;
  const westEnd = (index: number) => Math.min(segments[4 * index], segments[4 * index + 2]);
  const eastEnd = (index: number) => Math.max(segments[4 * index], segments[4 * index + 2]);
  const order = Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => westEnd(a) - westEnd(b),
  );
  const points: number[] = [];
  for (let first = 0; first < count; first++) {
    const reach = eastEnd(order[first]);
    for (let second = first + 1; second < count; second++) {
      if (westEnd(order[second]) > reach) break;
      const crossing = crossingOf(
        segments.subarray(4 * order[first], 4 * order[first] + 4),
        segments.subarray(4 * order[second], 4 * order[second] + 4),
      );
      if (crossing !== null) points.push(...crossing);
    }
  }
  return points;
}

/** Where one segment crosses or touches the inside of another, or null. */
function crossingOf(one: Segments, other: Segments): [number, number] | null {
  const [east1, north1, east2, north2] = one;
  const [east3, north3, east4, north4] = other;
  // Which side of the other segment's line each end lies on: positive left, 0 upon it.
  const side1 = side(other, east1, north1);
  const side2 = side(other, east2, north2);
  const side3 = side(one, east3, north3);
  const side4 = side(one, east4, north4);
  if (side1 * side2 < 0 && side3 * side4 < 0) {
    const share = side1 / (side1 - side2);
    return [east1 + share * (east2 - east1), north1 + share * (north2 - north1)];
  }
  if (side1 === 0 && side2 === 0) return null;
  if (side1 === 0 && side3 * side4 < 0) return [east1, north1];
  if (side2 === 0 && side3 * side4 < 0) return [east2, north2];
  if (side3 === 0 && side1 * side2 < 0) return [east3, north3];
  if (side4 === 0 && side1 * side2 < 0) return [east4, north4];
  return null;
}

/** Twice the signed area of the triangle that a segment and a point span; positive to the left. */
function side(segment: Segments, easting: number, northing: number): number {
  const [east1, north1, east2, north2] = segment;
  return (east2 - east1) * (northing - north1) - (north2 - north1) * (easting - east1);
}
