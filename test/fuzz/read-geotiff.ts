import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import type { GridStack } from "../../lib/src/grid/grid";
import { mutateBytes, mutateTiffEntry, oneOf } from "./mutations";
import type { FuzzReader, Sample } from "./reader";

const reference = join(__dirname, "../reference/grid/gdal");
const cases = join(__dirname, "../cases");
/** Of the cases, those in a projected system in metres. */
const IN_METRES = ["comp_LERC.tif", "comp_ZSTD.tif", "mask.tif", "nd259.tif", "plain.tif"];

/** GeoTIFFs of every layout and codec that is read, a few hundred bytes each but for five. */
export function soundTiffs(): Sample[] {
  const own = readdirSync(reference).filter((name) => /^(?!refused).*\.tif$/.test(name));
  return [
    ...own.map((name) => ({ name, bytes: readFileSync(join(reference, name)) })),
    ...IN_METRES.map((name) => ({ name, bytes: readFileSync(join(cases, name)) })),
  ];
}

/** What is unsound about a stack: shapes that differ, a place that is none. */
export function unsoundStack({ geometry, bands }: GridStack): string | null {
  const { width, height, transform, crs } = geometry;
  if (!(Number.isInteger(width) && width > 0 && Number.isInteger(height) && height > 0)) {
    return `a size of ${width} x ${height}`;
  }
  const isPlace = transform.length === 6 && transform.every(Number.isFinite);
  if (!isPlace || !(transform[1] > 0) || !(transform[5] < 0)) return `a transform of ${transform}`;
  if (typeof crs.name !== "string" || !(crs.epsg === null || Number.isInteger(crs.epsg))) {
    return `a CRS of ${JSON.stringify(crs)}`;
  }
  if (bands.length === 0) return "no band";
  const odd = bands.find(
    ({ name, values }) => typeof name !== "string" || values.length !== width * height,
  );
  return odd === undefined ? null : `${odd.values.length} values for ${width} x ${height} pixels`;
}

export const geotiff: FuzzReader = {
  samples: async () => soundTiffs(),
  mutate: oneOf(mutateBytes, mutateTiffEntry),
  async read(bytes, _, { temporary }) {
    const path = join(temporary, "case.tif");
    writeFileSync(path, bytes);
    const stack = await readGeoTiff(path, { name: "case.tif" });
    const unsound = unsoundStack(stack);
    if (unsound !== null) return unsound;
    const raster = await openGeoTiff(path, { name: "case.tif" });
    raster.close();
    if (raster.names.length !== stack.bands.length) return "other bands when it is opened again";
    const isNumber = (value: unknown) => value === null || typeof value === "number";
    return raster.nodata.every(isNumber) ? null : "a nodata value that is no number";
  },
};
