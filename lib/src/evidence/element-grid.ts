import { join } from "node:path";
import { InputError } from "../errors";
import { readGeoTiff } from "../grid/geotiff-read";
import type { Grid } from "../grid/grid";
import type { ElementGridInput, ElementGridsInput } from "../manifest/grid-manifest";

/**
 * Reads one element's concentrations. What is not positive has no logarithm: it becomes nodata where
 * the manifest says that it is missing.
 *
 * @throws InputError when the file cannot be read, no two pixels differ, or zeros and negative
 * numbers are there of which the manifest says nothing: with their number and share
 */
export async function elementGrid(
  folder: string,
  { element, file, band }: ElementGridInput,
  { notPositive }: Pick<ElementGridsInput, "notPositive">,
): Promise<Grid> {
  const { bands } = await readGeoTiff(join(folder, file), { bands: [band], name: file });
  const [{ geometry, values }] = bands;
  const known = values.filter((value) => !Number.isNaN(value));
  const wrong = known.filter((value) => value <= 0);
  const refuse = (found: string, expected: string, remedy?: string) =>
    new InputError({
      ...{ kind: "values", file, field: `element grid of ${element}`, found, expected },
      ...(remedy && { remedy }),
    });
  if (wrong.length > 0 && notPositive !== "missing") {
    const share = ((100 * wrong.length) / known.length).toPrecision(2);
    throw refuse(
      `${wrong.length} pixels (${share} %) of zero or less, such as ${wrong[0]}`,
      "positive concentrations, which have logarithms",
      'Where they mean that nothing is known: "notPositive": "missing" under grids in study.json (new-study --zero missing).',
    );
  }
  const positive = values.map((value) => (value > 0 ? value : Number.NaN));
  const first = positive.find((value) => !Number.isNaN(value));
  if (first === undefined) throw refuse("no positive value", "concentrations");
  if (positive.every((value) => Number.isNaN(value) || value === first)) {
    throw refuse(`${first} in every pixel`, "concentrations that differ");
  }
  return { name: element, geometry, values: positive };
}

/**
 * Checks that grids lie on one another, so that a pixel of each is the same ground.
 *
 * @param files of the grids, in their order
 * @throws InputError naming the first that lies elsewhere, and how
 */
export function requireOneGeometry(grids: readonly Grid[], files: readonly string[]): void {
  const [first, ...others] = grids;
  for (const [at, { geometry }] of others.entries()) {
    const same =
      geometry.width === first.geometry.width &&
      geometry.height === first.geometry.height &&
      geometry.crs.epsg === first.geometry.crs.epsg &&
      geometry.transform.every(
        (value, entry) =>
          Math.abs(value - first.geometry.transform[entry]) <= 1e-3 * first.geometry.transform[1],
      );
    if (same) continue;
    throw new InputError({
      kind: "georeference",
      file: files[at + 1],
      field: "grid",
      found: words(grids[at + 1]),
      expected: `that of ${files[0]}: ${words(first)}`,
      remedy: "Components need all elements on one grid: gdalwarp -te ... -tr ... makes them so.",
    });
  }
}

function words({ geometry: { width, height, transform, crs } }: Grid): string {
  const [west, pixel, , north] = transform;
  return `${width} x ${height} pixels of ${pixel} from ${west}, ${north} in ${crs.epsg === null ? crs.name : `EPSG:${crs.epsg}`}`;
}
