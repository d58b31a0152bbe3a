import type { Driver } from "../evaluation/target-drivers";
import type { Target } from "../evaluation/targets";
import type { Row } from "./table";

/**
 * One row a target: area, centre, scores, and the bands that drive it with how far they stand out,
 * in standard deviations of the district, such as "Au +2.1".
 *
 * @param drivers as targetDrivers gives them for the same targets; left out when absent
 * @param shown how many bands to name
 */
export function targetRows(
  targets: readonly Target[],
  drivers?: readonly (readonly Driver[])[],
  shown = 3,
): Row[] {
  return targets.map((target, at) => ({
    rank: target.rank,
    "km²": target.squareKilometres,
    patches: target.cells.length,
    easting: target.centroid.easting,
    northing: target.centroid.northing,
    mean: target.mean,
    maximum: target.maximum,
    "to known (km)": Number.isFinite(target.nearestKnown) ? target.nearestKnown / 1000 : null,
    ...(drivers && { "driven by": drivers[at].slice(0, shown).map(driverText).join(", ") }),
  }));
}

function driverText({ band, standardised }: Driver): string {
  const sign = standardised < 0 ? "\u2212" : "+";
  return `${band} ${sign}${Math.abs(standardised).toFixed(1)}`;
}

/** What a target says of itself in GeoJSON or a GeoPackage, by attribute. */
export function targetProperties(target: Target, drivers: readonly Driver[] = []) {
  return {
    rank: target.rank,
    areaKm2: target.squareKilometres,
    meanScore: target.mean,
    maximumScore: target.maximum,
    centreEasting: target.centroid.easting,
    centreNorthing: target.centroid.northing,
    drivenBy: drivers.slice(0, 3).map(driverText).join(", "),
  };
}
