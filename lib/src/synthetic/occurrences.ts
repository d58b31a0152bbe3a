import { InputError } from "../errors";
import { type GridGeometry, pixelCentre, regionOf } from "../grid/grid";
import { type Random, randomStream } from "../random";
import type { Occurrence, Zone } from "../study/types";
import { occurrencesInZone } from "../study/zone-members";
import { DEPOSITS, type DepositType, OCCURRENCE_SPACING } from "./constants";
import type { MineralSystem } from "./mineral-system";

/** Places tried before it is said that there is no room. */
const MOST_TRIES = 10_000;

/**
 * Occurrences, drawn cell by cell with a chance in proportion to the favourability of the mineral
 * system and to how the deposit type likes the rock; within a zone or corner where the type is of
 * one. They never see an element.
 *
 * @param from "anywhere" gives every cell of the region the same chance
 * @throws InputError when a zone or corner has no room left for one of its occurrences
 */
export function drawOccurrences(
  seed: number,
  geometry: GridGeometry,
  system: MineralSystem,
  from: "mineralSystem" | "anywhere",
): Occurrence[] {
  const random = randomStream(seed, "synthetic/occurrences");
  const drawn: Occurrence[] = [];
  for (const type of DEPOSITS) {
    // A cell on the thrust has two sides; the place itself must lie in the zone.
    const zone =
      from === "anywhere" ? undefined : system.zones.find(({ name }) => name === type.zone);
    const chance = from === "anywhere" ? () => 1 : chanceOf(type, geometry, system);
    const cumulative = cumulated(geometry.width * geometry.height, chance);
    for (let number = 1; number <= type.count; number++) {
      const place = freePlace(random, geometry, cumulative, drawn, zone);
      const name = `${type.code}-${String(number).padStart(2, "0")}`;
      drawn.push({ name, commodity: type.commodity, ...place });
    }
  }
  return drawn;
}

function chanceOf(type: DepositType, geometry: GridGeometry, system: MineralSystem) {
  const { favourability, rock, zone } = system;
  const { west, south } = regionOf(geometry);
  return (cell: number): number => {
    if (type.zone !== undefined && zone[cell] !== type.zone) return 0;
    if (type.southWestReach !== undefined) {
      const row = Math.floor(cell / geometry.width);
      const { easting, northing } = pixelCentre(geometry, row, cell % geometry.width);
      if (Math.hypot(easting - west, northing - south) > type.southWestReach) return 0;
    }
    return favourability[cell] * type.hosts[rock[cell]];
  };
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

/** A place in a cell drawn by its chance, to a metre, away from those drawn before and within a zone where there is one. */
function freePlace(
  random: Random,
  geometry: GridGeometry,
  cumulative: Float64Array,
  taken: readonly Occurrence[],
  zone: Zone | undefined,
) {
  const { width, transform } = geometry;
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
    const place = { easting, northing };
    if (isFree && (zone === undefined || isInZone(place, zone))) return place;
  }
  throw new InputError({
    kind: "parameter",
    field: "occurrenceSeed",
    found: `no free place for occurrence ${taken.length + 1} in ${MOST_TRIES} tries`,
    expected: `room for all at ${OCCURRENCE_SPACING} m from each other`,
    remedy: "Take another seed.",
  });
}

function isInZone(place: Pick<Occurrence, "easting" | "northing">, zone: Zone): boolean {
  return occurrencesInZone([{ name: "", commodity: "", ...place }], zone).length === 1;
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
