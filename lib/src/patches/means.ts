import { pixelCentre } from "../grid/grid";
import type { Patches } from "./types";

/** Centre of each patch in CRS units, in the order of patches.places. */
export function patchCentres({ layout, places }: Pick<Patches, "layout" | "places">) {
  const half = (layout.size - 1) / 2;
  return places.map(({ pixelRow, pixelColumn }) =>
    pixelCentre(layout.raster, pixelRow + half, pixelColumn + half),
  );
}

/** Mean of one band over each patch. */
export function patchMeans({ values, bands, places }: Patches, band: number): Float64Array {
  const valuesPerPatch = values.length / places.length;
  const means = new Float64Array(places.length);
  for (let at = band; at < values.length; at += bands.length) {
    means[Math.floor(at / valuesPerPatch)] += values[at];
  }
  return means.map((sum) => (sum * bands.length) / valuesPerPatch);
}

/**
 * Mean of each band over each patch, in standard deviations of all patches from their mean: what a
 * patch is like beside the district. 0 for a band that is the same everywhere.
 *
 * @returns [count, bands]
 */
export function standardisedMeans(patches: Patches): Float64Array {
  const { bands, places } = patches;
  const rows = new Float64Array(places.length * bands.length);
  bands.forEach((_, band) => {
    const means = patchMeans(patches, band);
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / means.length);
    means.forEach((value, patch) => {
      rows[patch * bands.length + band] = deviation > 0 ? (value - mean) / deviation : 0;
    });
  });
  return rows;
}
