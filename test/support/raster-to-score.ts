import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { smallDistrict } from "./small-district";

/** A raster to be scored, and the study whose small networks score it. */
export interface RasterToScore {
  /** Of the raster. */
  readonly path: string;
  readonly study: string;
  /** A folder of studies that holds it. */
  readonly data: string;
}

/**
 * Writes a raster of the small district's two layers, with nodata in it, and says in results that the
 * district's map was made by networks of four filters; these are still to be trained.
 *
 * @param size of the raster, in pixels
 */
export function rasterToScore(
  folder: string,
  results: string,
  size: readonly [number, number],
): RasterToScore {
  const [width, height] = size;
  const [study, data] = ["small", join(folder, "data")];
  const made = smallDistrict();
  cpSync(made, join(data, study), { recursive: true });
  rmSync(made, { recursive: true });
  const parameters = {
    ...{ percentiles: [2, 98], proportion: [0.25, 0.25], seed: 3 },
    ...{ filters: [4, 4], epochs: 1, batchSize: 8, classifierFilters: [4, 4], dense: 4 },
    classifierEpochs: 1,
  };
  const record = join(results, study, "run.json");
  mkdirSync(dirname(record), { recursive: true });
  const notebooks = { "07-prospectivity-map": { trials: [], parameters } };
  writeFileSync(record, JSON.stringify({ notebooks }));
  const region = { west: 0, east: 100 * width, south: 0, north: 100 * height };
  const geometry = gridOverRegion(region, 100, { epsg: 32751, name: "next zone" });
  const bands = ["DTF", "AS"].map((name, band) => ({
    name,
    geometry,
    values: Float32Array.from({ length: width * height }, (_, at) =>
      at % width < 15 && at > 4000 ? Number.NaN : 2 * Math.cos(at * (band + 0.7)) ** 2,
    ),
  }));
  const path = join(folder, "elsewhere.tif");
  writeGeoTiff(path, { geometry, bands });
  return { path, study, data };
}
