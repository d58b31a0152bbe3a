import { InputError } from "../errors";
import type { Grid, GridGeometry, GridStack } from "../grid/grid";

/** Share of a pixel by which corners may differ: the rounding of coordinates in files. */
const CORNER_TOLERANCE = 1e-3;

/**
 * Checks that a raster lies on the study grid: same size, CRS and transform.
 *
 * @param file how errors name the raster
 * @throws InputError for the first that differs
 */
export function requireAligned(raster: GridGeometry, study: GridGeometry, file: string): void {
  const refuse = (field: string, found: string, expected: string, remedy: string) =>
    new InputError({ kind: "georeference", file, field, found, expected, remedy });
  if (raster.crs.epsg !== study.crs.epsg) {
    throw refuse(
      "CRS",
      crsName(raster),
      crsName(study),
      "gdalwarp -t_srs reprojects; or mend crs in study.json.",
    );
  }
  if (raster.width !== study.width || raster.height !== study.height) {
    throw refuse(
      "size",
      `${raster.width} x ${raster.height} pixels`,
      `${study.width} x ${study.height} pixels`,
      "gdalwarp -te west south east north -tr size size cuts it to the study's region.",
    );
  }
  const pixel = Math.abs(study.transform[1]);
  // An error of the pixel size adds up over the columns and rows.
  const tolerances = [pixel, pixel / study.width, pixel, pixel, pixel, pixel / study.height];
  const differs = raster.transform.some(
    (value, at) => Math.abs(value - study.transform[at]) > CORNER_TOLERANCE * tolerances[at],
  );
  if (differs) {
    throw refuse(
      "transform",
      raster.transform.join(", "),
      study.transform.join(", "),
      "gdalwarp -te west south east north -tr size size cuts it to the study's region.",
    );
  }
}

/**
 * Checks that a band can serve as evidence: it has values, they differ, and all are finite.
 *
 * @param file the file that the band was read from, if it was
 * @throws InputError naming the band
 */
export function requireUsable({ name, values }: Grid, file?: string): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const refuse = (found: string, expected: string) =>
    new InputError({
      kind: "values",
      ...(file === undefined ? {} : { file }),
      field: `band ${name}`,
      found,
      expected,
    });
  const infinite = [low, high].find((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (low > high) throw refuse("nodata in every pixel", "values");
  if (infinite !== undefined) throw refuse(String(infinite), "finite values, nodata where unknown");
  if (low === high) throw refuse(`${low} in every pixel`, "values that differ");
}

/**
 * Joins bands into a stack.
 *
 * @throws InputError when there is none, names occur twice, a band is not on the grid of the
 * first, or a band cannot serve as evidence
 */
export function stackOf(bands: readonly Grid[]): GridStack {
  const names = bands.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (bands.length === 0 || twice !== undefined) {
    throw new InputError({
      kind: "values",
      field: "bands",
      found: twice === undefined ? "none" : `"${twice}" twice`,
      expected: "one or more bands, each with a name of its own",
    });
  }
  for (const band of bands) {
    requireAligned(band.geometry, bands[0].geometry, `band ${band.name}`);
    requireUsable(band);
  }
  return { geometry: bands[0].geometry, bands };
}

function crsName({ crs: { epsg, name } }: GridGeometry): string {
  return epsg === null ? `no EPSG code (${name})` : `EPSG:${epsg} (${name})`;
}
