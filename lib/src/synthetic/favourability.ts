import { distanceToContacts, distanceToPolygons, distanceToSegments } from "../grid/distance";
import type { GridGeometry } from "../grid/grid";
import { lineSegments } from "../grid/segments";
import type { Line } from "../grid/shapes";
import { randomStream } from "../random";
import type { Zone } from "../study/types";
import { zonesBesideLine } from "../study/zones";
import { FAVOURABILITY, HOST } from "./constants";
import type { Ground } from "./ground";
import type { Intrusions } from "./intrusions";
import { fieldOnGrid, randomField } from "./random-field";
import { REGION } from "./settings";
import type { Strata } from "./strata";

/** What no map shows: where ore fluids had a way, heat, a host and a trap. */
export interface Favourability {
  /** [height, width] row-major; positive, mean 1. */
  readonly values: Float64Array;
  /** The sides of the thrust, as a study that reads the files has them. */
  readonly zones: readonly Zone[];
}

/**
 * Favourability = pathway x heat x host x trap.
 *
 * Pathway: near faults or the thrust, where they carried fluid (a field of its own). Heat: near
 * the rim of mapped intrusions, or above concealed bodies. Host: how well the rock holds metal,
 * raised beside carbonate contacts. Trap: a field of its own that no evidence sees. The centres of
 * mineralisation are drawn from it; it knows neither elements nor occurrences.
 */
export function makeFavourability(
  seed: number,
  geometry: GridGeometry,
  { rock }: Ground,
  { thrust, units }: Strata,
  faults: readonly Line[],
  { mapped, concealed }: Intrusions,
): Favourability {
  const random = randomStream(seed, "synthetic/favourability");
  const constants = FAVOURABILITY;
  const permeability = fieldOnGrid(geometry, randomField(random, constants.permeabilityRange));
  const trap = fieldOnGrid(geometry, randomField(random, constants.trapRange));
  const plutons = mapped.map(({ polygon }) => polygon);
  const carbonates = units.flatMap(({ rock, polygons }) => (rock === "carbonate" ? polygons : []));
  const toFault = distanceToSegments(geometry, lineSegments(faults));
  const toThrust = distanceToSegments(geometry, lineSegments([thrust]));
  const toRim = distanceToContacts(geometry, plutons);
  const toConcealed = distanceToPolygons(geometry, concealed);
  const toCarbonate = distanceToContacts(geometry, carbonates);

  const values = Float64Array.from(toFault, (_, cell) => {
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
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const zones = zonesBesideLine([thrust], REGION, { left: "West", right: "East" });
  return { values: values.map((value) => value / mean), zones };
}
