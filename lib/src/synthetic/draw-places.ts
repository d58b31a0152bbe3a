import { InputError } from "../errors";
import { type GridGeometry, pixelCentre, regionOf } from "../grid/grid";
import type { Random } from "../random";
import type { Zone } from "../study/types";
import { isInZone } from "../study/zone-members";
import { type DepositType, OCCURRENCE_SPACING } from "./constants";
import type { Favourability } from "./favourability";
import type { Ground } from "./ground";

/** A place in CRS units, to a metre. */
export interface Place {
  readonly easting: number;
  readonly northing: number;
}

/** The chance of each cell that a place is drawn in it, and the zone that the place must lie in. */
export interface PlaceChances {
  /** Chances summed up to and with each cell, row-major. */
  readonly cumulative: Float64Array;
  readonly zone: Zone | undefined;
}

/** Places tried before it is said that there is no room. */
const MOST_TRIES = 10_000;

/** Every cell with the same chance. */
export function anywhere({ width, height }: GridGeometry): PlaceChances {
  return { cumulative: cumulated(width * height, () => 1), zone: undefined };
}

/**
 * Chances in proportion to favourability and to how the deposit type likes the rock, within a zone
 * or corner where the type is of one.
 */
export function favouredBy(
  type: DepositType,
  geometry: GridGeometry,
  { rock, zone }: Ground,
  { values, zones }: Favourability,
): PlaceChances {
  const { west, south } = regionOf(geometry);
  const chance = (cell: number): number => {
    if (type.zone !== undefined && zone[cell] !== type.zone) return 0;
    if (type.southWestReach !== undefined) {
      const row = Math.floor(cell / geometry.width);
      const { easting, northing } = pixelCentre(geometry, row, cell % geometry.width);
      if (Math.hypot(easting - west, northing - south) > type.southWestReach) return 0;
    }
    return values[cell] * type.hosts[rock[cell]];
  };
  // A cell on the thrust has two sides; the place itself must lie in the zone.
  return {
    cumulative: cumulated(geometry.width * geometry.height, chance),
    zone: zones.find(({ name }) => name === type.zone),
  };
}

/**
 * A place in a cell drawn by its chance, away from those taken before.
 *
 * @throws InputError when there is no room left
 */
export function freePlace(
  random: Random,
  { width, transform }: GridGeometry,
  { cumulative, zone }: PlaceChances,
  taken: readonly Place[],
): Place {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const wanted = random.uniform() * cumulative[cumulative.length - 1];
    const cell = firstAbove(cumulative, wanted);
    const easting = Math.round(transform[0] + ((cell % width) + random.uniform()) * transform[1]);
    const northing = Math.round(
      transform[3] + (Math.floor(cell / width) + random.uniform()) * transform[5],
    );
    const isFree = taken.every(
      (other) =>
        Math.hypot(other.easting - easting, other.northing - northing) >= OCCURRENCE_SPACING,
    );
    if (isFree && (zone === undefined || isInZone(zone, easting, northing))) {
      return { easting, northing };
    }
  }
  throw new InputError({
    kind: "parameter",
    field: "seed",
    found: `no free place for number ${taken.length + 1} in ${MOST_TRIES} tries`,
    expected: `room for all at ${OCCURRENCE_SPACING} m from each other`,
    remedy: "Take another seed.",
  });
}

function cumulated(count: number, chance: (cell: number) => number): Float64Array {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let cell = 0; cell < count; cell++) {
    sum += chance(cell);
    sums[cell] = sum;
  }
  return sums;
}

/** The first cell whose cumulated chance is above a number: cells without a chance are skipped. */
function firstAbove(cumulative: Float64Array, wanted: number): number {
  let from = 0;
  let to = cumulative.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (cumulative[middle] > wanted) to = middle;
    else from = middle + 1;
  }
  return from;
}
