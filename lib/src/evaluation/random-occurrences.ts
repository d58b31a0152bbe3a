import { type GridStack, pixelAt, type Region } from "../grid/grid";
import { randomStream } from "../random";
import type { Occurrence } from "../study/types";

/**
 * As many occurrences as a study has, at places drawn evenly over its region: what scores find of
 * them is chance. Each keeps its name and commodity.
 *
 * @param on where given, a place on nodata of a band is drawn anew; some pixel has data in all
 */
export function randomOccurrences(
  { occurrences, region }: { readonly occurrences: readonly Occurrence[]; readonly region: Region },
  seed: number,
  on?: GridStack,
): Occurrence[] {
  const random = randomStream(seed, "random occurrences");
  const { west, east, south, north } = region;
  const draw = () => ({
    easting: west + random.uniform() * (east - west),
    northing: south + random.uniform() * (north - south),
  });
  return occurrences.map((occurrence) => {
    let place = draw();
    while (on !== undefined && !hasData(on, place)) place = draw();
    return { ...occurrence, ...place };
  });
}

function hasData(
  { geometry, bands }: GridStack,
  { easting, northing }: Pick<Occurrence, "easting" | "northing">,
): boolean {
  const pixel = pixelAt(geometry, easting, northing);
  if (pixel === null) return false;
  const at = pixel.row * geometry.width + pixel.column;
  return bands.every(({ values }) => !Number.isNaN(values[at]));
}
