import { quantileOfSorted } from "./describe";

/** How far apart signatures of known places lie from the next known one. */
export interface TypicalDistance {
  readonly median: number;
  /** 95 of 100 known places have one that is at least as near. */
  readonly high: number;
  readonly places: number;
}

/** Euclidean distance of two rows of [count, width]. */
export function rowDistance(
  rows: ArrayLike<number>,
  width: number,
  first: number,
  second: number,
): number {
  let sum = 0;
  for (let at = 0; at < width; at++) {
    sum += (rows[first * width + at] - rows[second * width + at]) ** 2;
  }
  return Math.sqrt(sum);
}

/**
 * How far some places are from the nearest other of them: the yardstick for whether another place is
 * like any.
 *
 * @param rows [count, width], such as standardisedMeans gives them
 * @param known rows of the known places
 * @param areApart whether two of them may be compared: neighbours are alike, so where the places that
 *   are measured lie away from all known ones, so must these
 * @returns null where fewer than three have another to be compared with
 */
export function typicalDistance(
  rows: ArrayLike<number>,
  width: number,
  known: readonly number[],
  areApart: (one: number, other: number) => boolean = () => true,
): TypicalDistance | null {
  const nearest = known
    .flatMap((one) => {
      const others = known.filter((other) => other !== one && areApart(one, other));
      if (others.length === 0) return [];
      return [Math.min(...others.map((other) => rowDistance(rows, width, one, other)))];
    })
    .sort((first, second) => first - second);
  if (nearest.length < 3) return null;
  return {
    median: quantileOfSorted(nearest, 0.5),
    high: quantileOfSorted(nearest, 0.95),
    places: nearest.length,
  };
}

/** A known place that others are like, and how far they are from it. */
export interface Likest {
  readonly known: number;
  readonly distance: number;
}

/**
 * The known place that an area is likest: the one with the least median distance from the area's
 * places.
 *
 * @param area rows of the area's places
 * @returns null where no place is known
 */
export function likestKnown(
  rows: ArrayLike<number>,
  width: number,
  area: ArrayLike<number>,
  known: readonly number[],
): Likest | null {
  const all = known.map((place) => {
    const distances = Float64Array.from(area, (own) => rowDistance(rows, width, own, place)).sort();
    return { known: place, distance: quantileOfSorted(distances, 0.5) };
  });
  if (all.length === 0) return null;
  return all.reduce((best, next) => (next.distance < best.distance ? next : best));
}
