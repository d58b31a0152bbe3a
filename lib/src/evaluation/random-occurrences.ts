import type { Region } from "../grid/grid";
import { randomStream } from "../random";
import type { Occurrence } from "../study/types";

/**
 * As many occurrences as a study has, at places drawn evenly over its region: what scores find of
 * them is chance. Each keeps its name and commodity.
 */
export function randomOccurrences(
  { occurrences, region }: { readonly occurrences: readonly Occurrence[]; readonly region: Region },
  seed: number,
): Occurrence[] {
  const random = randomStream(seed, "random occurrences");
  const { west, east, south, north } = region;
  return occurrences.map((occurrence) => ({
    ...occurrence,
    easting: west + random.uniform() * (east - west),
    northing: south + random.uniform() * (north - south),
  }));
}
