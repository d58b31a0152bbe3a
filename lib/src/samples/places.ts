import { InputError } from "../errors";
import type { Region } from "../grid/grid";

interface Place {
  readonly easting: number;
  readonly northing: number;
}

/** Whether a place lies in a region, its edges included. */
export function isWithin({ west, east, south, north }: Region, { easting, northing }: Place) {
  return easting >= west && easting <= east && northing >= south && northing <= north;
}

/**
 * Checks that samples lie where the study is, and says why they may not: easting and northing
 * taken for each other, or degrees where metres are meant.
 *
 * @throws InputError when none lies in the region, or more would with their columns exchanged
 */
export function requireInRegion(rows: readonly Place[], region: Region, file: string): void {
  const inside = rows.filter((row) => isWithin(region, row)).length;
  const exchanged = rows.filter(({ easting, northing }) =>
    isWithin(region, { easting: northing, northing: easting }),
  ).length;
  if (inside > 0 && inside >= exchanged) return;
  const refuse = (found: string, remedy: string) =>
    new InputError({
      kind: "georeference",
      file,
      field: "coordinates",
      found,
      expected: `eastings ${region.west} to ${region.east}, northings ${region.south} to ${region.north}`,
      remedy,
    });
  if (exchanged > inside) {
    throw refuse(
      `${inside} of ${rows.length} samples in the region, but ${exchanged} with easting and northing exchanged`,
      "Exchange the columns of easting and northing in study.json.",
    );
  }
  const degrees = rows.every(
    ({ easting, northing }) => Math.abs(easting) <= 180 && Math.abs(northing) <= 90,
  );
  const [{ easting, northing }] = rows;
  throw refuse(
    `none of ${rows.length} samples in the region; the first at ${easting}, ${northing}`,
    degrees
      ? "They look like degrees: npm run new-study -- NAME --samples FILE ... brings them to the study's metres."
      : "Give the EPSG code of the file as crs in samples of study.json, or mend the region.",
  );
}

/** Coordinates closer than this are one place, in CRS units. */
const SAME_PLACE = 1e-3;

/** Rows by the place that they share, places in the order in which they first occur. */
export function rowsByPlace(rows: readonly Place[]): number[][] {
  const places = new Map<string, number[]>();
  rows.forEach(({ easting, northing }, index) => {
    const key = `${Math.round(easting / SAME_PLACE)} ${Math.round(northing / SAME_PLACE)}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, [index]);
    else known.push(index);
  });
  return [...places.values()];
}

/** Mean of the known values at each place; NaN where none is known. */
export function placeMeans(values: Float64Array, places: readonly (readonly number[])[]) {
  return Float64Array.from(places, (rows) => {
    const known = rows.map((row) => values[row]).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}
