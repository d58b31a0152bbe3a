import { randomStream } from "../random";
import { ELEMENTS, type ElementModel, RANGES, REMAINDER_SPREAD } from "./elements";
import type { MineralSystem } from "./mineral-system";
import { randomField } from "./random-field";
import type { Site } from "./sites";
import type { Terrain } from "./terrain";

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
 * Stream sediment as a closed composition. Each element's amount is its background, shifted by
 * the rocks upstream and by regional, shared local and own local fields, plus what the mineral
 * system upstream sheds, in proportion to the element's affinity. Amounts and the remainder are
 * then closed to one whole, so that concentrations compete for it.
 */
export function composeSediment(
  seed: number,
  sites: readonly Site[],
  terrain: Terrain,
  { favourability, rock }: MineralSystem,
): Composition {
  const stream = (purpose: string) => randomStream(seed, `synthetic/geochemistry/${purpose}`);
  const at = (purpose: string, range: number) => {
    const covariance = range === RANGES.regional ? "gaussian" : "exponential";
    const field = randomField(stream(purpose), range, covariance);
    return Float64Array.from(sites, ({ easting, northing }) => field(easting, northing));
  };
  const sources = sites.map(({ easting, northing }) => terrain.sources(easting, northing));
  const shed = Float64Array.from(sources, (cells) =>
    cells.reduce((sum, { cell, share }) => sum + share * favourability[cell], 0),
  );
  const shared = [
    at("mafic", RANGES.regional),
    at("organic", RANGES.regional),
    at("alteration", RANGES.local),
    at("scavenging", RANGES.local),
  ];
  const amounts = ELEMENTS.map((element) => {
    const own = at(`${element.symbol}/own`, RANGES.own);
    const nugget = stream(`${element.symbol}/nugget`);
    const loadings = [...element.regional, ...element.local];
    return Float64Array.from(sites, (_, site) => {
      const fields = loadings.reduce((sum, load, index) => sum + load * shared[index][site], 0);
      const rocks = sources[site].reduce(
        (sum, { cell, share }) => sum + share * element.rock[rock[cell]],
        0,
      );
      const local = element.own * own[site] + element.nugget * nugget.normal();
      const background = element.median * Math.exp(rocks + fields + local);
      return (background * (1 + element.affinity * shed[site])) / WHOLE[element.unit];
    });
  });
  const dilution = at("remainder", RANGES.regional);
  return closed(
    amounts,
    dilution.map((value) => Math.exp(REMAINDER_SPREAD * value)),
    ELEMENTS,
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
