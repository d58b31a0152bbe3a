import { randomStream } from "../random";
import { ELEMENTS, type ElementModel, RANGES, SAND, VOLATILES } from "./elements";
import type { Ground } from "./ground";
import { randomField } from "./random-field";
import type { Site } from "./sites";
import type { SedimentSource, Terrain } from "./terrain";

/** Parts in a whole of each unit. */
export const WHOLE = { ppm: 1e6, ppb: 1e9 } as const;

/** What sediment holds before anyone analyses it. */
export interface Composition {
  /** Concentration of each element at each site, in the element's unit: [element][site]. */
  readonly concentrations: readonly Float64Array[];
  /** Share of everything else: with the elements' shares it sums to 1. */
  readonly remainder: Float64Array;
}

/**
 * Stream sediment as a closed composition. The amount of element e at a site is
 *
 *   median x exp(rock + mafic + volatile + alteration + own + nugget) x (1 + brought)
 *
 * where rock and brought are means over the cells upstream: the shift of their rock, and what the
 * halos of centres add in backgrounds. Amounts, the measured rest and sand that holds none of them
 * are closed to one whole, so that concentrations compete for it.
 *
 * @param halos backgrounds added to each cell: [element][cell], as halosOnGrid
 */
export function composeSediment(
  seed: number,
  sites: readonly Site[],
  terrain: Terrain,
  ground: Ground,
  halos: readonly Float64Array[],
): Composition {
  const stream = (purpose: string) => randomStream(seed, `synthetic/geochemistry/${purpose}`);
  const at = (purpose: string, range: number) => {
    const covariance = range === RANGES.regional ? "gaussian" : "exponential";
    const field = randomField(stream(purpose), range, covariance);
    return Float64Array.from(sites, ({ easting, northing }) => field(easting, northing));
  };
  const sources = sites.map(({ easting, northing }) => terrain.sources(easting, northing));
  const mafic = at("mafic", RANGES.regional);
  const volatile = at("volatile", RANGES.regional).map(
    (value, site) => value + volatilesAt(ground, sources[site]),
  );
  const alteration = at("alteration", RANGES.local);
  const amounts = ELEMENTS.map((element, index) => {
    const own = at(`${element.symbol}/own`, RANGES.own);
    const nugget = stream(`${element.symbol}/nugget`);
    const [onMafic, onVolatile] = element.regional;
    return Float64Array.from(sites, (_, site) => {
      const rocks = upstream(sources[site], (cell) => element.rock[ground.rock[cell]]);
      const fields =
        onMafic * mafic[site] + onVolatile * volatile[site] + element.alteration * alteration[site];
      const local = element.own * own[site] + element.nugget * nugget.normal();
      const background = element.median * Math.exp(rocks + fields + local);
      const brought = upstream(sources[site], (cell) => halos[index][cell]);
      return (background * (1 + brought)) / WHOLE[element.unit];
    });
  });
  const sand = at("sand", RANGES.local);
  const grains = stream("sand/nugget");
  const remainder = sand.map(
    (value) => 1 + SAND.median * Math.exp(SAND.spread * value + SAND.nugget * grains.normal()),
  );
  return closed(amounts, remainder, ELEMENTS);
}

/** The mean of what the cells upstream hold, by their shares in the sediment. */
function upstream(sources: readonly SedimentSource[], of: (cell: number) => number): number {
  return sources.reduce((sum, { cell, share }) => sum + share * of(cell), 0);
}

function volatilesAt({ toFault, toIntrusion }: Ground, sources: readonly SedimentSource[]): number {
  const { atFault, faultReach, atIntrusion, intrusionReach } = VOLATILES;
  return upstream(
    sources,
    (cell) =>
      atFault * Math.exp(-toFault[cell] / faultReach) +
      atIntrusion * Math.exp(-toIntrusion[cell] / intrusionReach),
  );
}

/** Shares of a whole: every part divided by the sum of all, the remainder among them. */
function closed(
  amounts: readonly Float64Array[],
  remainder: Float64Array,
  elements: readonly ElementModel[],
): Composition {
  const totals = remainder.map((rest, site) =>
    amounts.reduce((sum, amount) => sum + amount[site], rest),
  );
  return {
    concentrations: amounts.map((amount, index) =>
      amount.map((value, site) => (value / totals[site]) * WHOLE[elements[index].unit]),
    ),
    remainder: remainder.map((rest, site) => rest / totals[site]),
  };
}
