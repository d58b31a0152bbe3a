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
