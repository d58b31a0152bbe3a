import { distanceToContacts, distanceToPolygons, distanceToSegments } from "../grid/distance";
import type { GridGeometry } from "../grid/grid";
import { rasterisePolygons } from "../grid/rasterise";
import { lineSegments } from "../grid/segments";
import type { Line } from "../grid/shapes";
import { randomStream } from "../random";
import type { Zone } from "../study/types";
import { zonesBesideLine } from "../study/zones";
import { HOST, MINERAL_SYSTEM, type RockClass } from "./constants";
import type { Intrusions } from "./intrusions";
import { fieldOnGrid, randomField } from "./random-field";
import { REGION } from "./settings";
import type { RockUnit, Strata } from "./strata";

/** What no map shows: how much metal the mineral system left in each cell. */
export interface MineralSystem {
  /** [height, width] row-major; positive, mean 1. */
  readonly favourability: Float64Array;
  /** Rock at the surface of each cell. */
  readonly rock: readonly RockClass[];
  /** Zone of each cell. */
  readonly zone: readonly RockUnit["zone"][];
  /** The sides of the thrust, as a study that reads the files has them. */
  readonly zones: readonly Zone[];
}

/**
 * Favourability = pathway x heat x host x trap.
 *
 * Pathway: near faults or the thrust, where they carried fluid (a field of its own). Heat: near
 * the rim of mapped intrusions, or above concealed bodies. Host: how well the rock holds metal,
 * raised beside carbonate contacts. Trap: a field of its own that no evidence sees. Elements and
 * occurrences both come from it; it knows neither.
 */
export function makeMineralSystem(
  seed: number,
  geometry: GridGeometry,
  { thrust, units }: Strata,
  faults: readonly Line[],
  { mapped, concealed }: Intrusions,
): MineralSystem {
  const random = randomStream(seed, "synthetic/mineral-system");
  const constants = MINERAL_SYSTEM;
  const permeability = fieldOnGrid(geometry, randomField(random, constants.permeabilityRange));
  const trap = fieldOnGrid(geometry, randomField(random, constants.trapRange));
  const plutons = mapped.map(({ polygon }) => polygon);
  const carbonates = units.flatMap(({ rock, polygons }) => (rock === "carbonate" ? polygons : []));
  const toFault = distanceToSegments(geometry, lineSegments(faults));
  const toThrust = distanceToSegments(geometry, lineSegments([thrust]));
  const toRim = distanceToContacts(geometry, plutons);
  const toConcealed = distanceToPolygons(geometry, concealed);
  const toCarbonate = distanceToContacts(geometry, carbonates);
  const { rock, zone } = surface(geometry, units, plutons);

  const favourability = Float64Array.from(toFault, (_, cell) => {
    const nearFault = Math.exp(-toFault[cell] / constants.faultReach);
    const nearThrust = constants.thrustWeight * Math.exp(-toThrust[cell] / constants.thrustReach);
    const open = 1 / (1 + Math.exp(-1.5 * permeability[cell]));
    const pathway = 0.03 + (1 - (1 - nearFault) * (1 - nearThrust)) * open;
    const nearRim = Math.exp(-toRim[cell] / constants.contactReach);
    const fromBelow =
      constants.concealedWeight * Math.exp(-toConcealed[cell] / constants.concealedReach);
    const heat = 0.05 + (1 - (1 - nearRim) * (1 - fromBelow));
    const reaction = 1 + Math.exp(-toCarbonate[cell] / constants.reactiveContactReach);
    const host = HOST[rock[cell]] * reaction;
    return pathway * heat * host * Math.exp(constants.trapSpread * trap[cell]);
  });
  const mean = favourability.reduce((sum, value) => sum + value, 0) / favourability.length;
  const zones = zonesBesideLine([thrust], REGION, { left: "West", right: "East" });
  return { favourability: favourability.map((value) => value / mean), rock, zone, zones };
}

/** Rock and zone of each cell; intrusions lie over the strata. */
function surface(
  geometry: GridGeometry,
  units: readonly RockUnit[],
  plutons: readonly RockUnit["polygons"][number][],
) {
  const count = geometry.width * geometry.height;
  const rock = new Array<RockClass>(count).fill("turbidite");
  const zone = new Array<RockUnit["zone"]>(count).fill("West");
  for (const unit of units) {
    rasterisePolygons(geometry, unit.polygons).forEach((inside, cell) => {
      if (inside === 0) return;
      rock[cell] = unit.rock;
      zone[cell] = unit.zone;
    });
  }
  rasterisePolygons(geometry, plutons).forEach((inside, cell) => {
    if (inside === 1) rock[cell] = "granitoid";
  });
  return { rock, zone };
}
