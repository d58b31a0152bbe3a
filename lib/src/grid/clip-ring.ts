import type { Region } from "./grid";

/**
 * The part of a ring that lies within a region, closed; empty when there is none. A ring that
 * leaves the region and comes back is joined along the region's edge (Sutherland and Hodgman 1974).
 *
 * @param ring [easting, northing, ...], first vertex repeated as the last
 */
export function clippedRing(ring: Float64Array, region: Region): Float64Array {
  let kept = Array.from(ring.subarray(0, ring.length - 2));
  kept = clippedBehind(kept, 0, (easting) => easting - region.west);
  kept = clippedBehind(kept, 0, (easting) => region.east - easting);
  kept = clippedBehind(kept, 1, (northing) => northing - region.south);
  kept = clippedBehind(kept, 1, (northing) => region.north - northing);
  if (kept.length < 6) return new Float64Array(0);
  return Float64Array.from([...kept, kept[0], kept[1]]);
}

/** The vertices on the inner side of one edge, with the points where the ring crosses it. */
function clippedBehind(
  ring: readonly number[],
  axis: 0 | 1,
  inward: (coordinate: number) => number,
): number[] {
  const kept: number[] = [];
  for (let at = 0; at < ring.length; at += 2) {
    const before = at === 0 ? ring.length - 2 : at - 2;
    const [from, to] = [inward(ring[before + axis]), inward(ring[at + axis])];
    if (from < 0 !== to < 0) {
      const share = from / (from - to);
      kept.push(
        ring[before] + share * (ring[at] - ring[before]),
        ring[before + 1] + share * (ring[at + 1] - ring[before + 1]),
      );
    }
    if (to >= 0) kept.push(ring[at], ring[at + 1]);
  }
  return kept;
}
