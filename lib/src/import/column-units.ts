import type { ConcentrationUnit } from "../manifest/manifest";
import { medianOf } from "../samples/sheets";

/** What one of a unit is in ppm. */
const IN_PPM: Readonly<Record<ConcentrationUnit, number>> = {
  "%": 1e4,
  ppm: 1,
  "g/t": 1,
  "mg/kg": 1,
  ppb: 1e-3,
  "ug/kg": 1e-3,
};

/** What a number in one unit is multiplied by to be one in the other. */
export function unitFactor(from: ConcentrationUnit, to: ConcentrationUnit): number {
  return IN_PPM[from] / IN_PPM[to];
}

/** The whole of a sample, 100 %, in a unit. */
export function wholeIn(unit: ConcentrationUnit): number {
  return 1e6 / IN_PPM[unit];
}

/** Values on one side of a gap. */
export interface Population {
  readonly count: number;
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Values in two groups with hardly anything between them. */
export interface TwoPopulations {
  readonly below: Population;
  readonly above: Population;
  /** Between both, by which values are told apart. */
  readonly threshold: number;
  /** Unit that the group has which does not fit the column's. */
  readonly other: ConcentrationUnit;
}

/** Powers of ten that other units differ by from a column's, and which. */
const OTHERS: Readonly<Record<string, readonly (readonly [number, ConcentrationUnit])[]>> = {
  "10000": [
    [4, "ppm"],
    [7, "ppb"],
  ],
  "1": [
    [4, "%"],
    [3, "ppb"],
  ],
  "0.001": [
    [3, "ppm"],
    [7, "%"],
  ],
};
/** How far the medians may be from that, in powers of ten. */
const TOLERANCE = 0.4;
/** Least share, and number, of the values in the smaller group: fewer are outliers. */
const FEWEST = { share: 0.02, count: 5 } as const;
/** Most of the smaller group's number that lie in the middle fifth of the way between both medians. */
const BETWEEN = 0.05;

/**
 * The two populations of a column that holds two units, such as percent and ppm: they are parted
 * where the variance of logarithms within both is least (Otsu 1979), have medians about 10^3, 10^4 or
 * 10^7 apart, as the column's unit has from another, and nearly nothing between them. A lognormal column
 * has none, however wide, for it is fullest in the middle; and single outliers are no population.
 *
 * @param values numbers of the column; only those above 0 count
 */
export function twoPopulations(
  values: readonly number[],
  unit: ConcentrationUnit,
): TwoPopulations | null {
  const rising = Float64Array.from(values.filter((value) => value > 0)).sort();
  const fewest = Math.max(FEWEST.count, FEWEST.share * rising.length);
  if (rising.length < 2 * FEWEST.count) return null;
  const at = partedAt(rising);
  const [low, high] = [rising.subarray(0, at), rising.subarray(at)];
  const smaller = Math.min(low.length, high.length);
  const isOneValue = [low, high].some((group) => group[0] === group[group.length - 1]);
  if (smaller < fewest || isOneValue) return null;
  const [below, above] = [populationOf(low), populationOf(high)];
  const apart = Math.log10(above.median / below.median);
  const fitting = OTHERS[String(IN_PPM[unit])].find(
    ([power]) => Math.abs(apart - power) <= TOLERANCE,
  );
  if (fitting === undefined) return null;
  const [from, to] = [2 / 5, 3 / 5].map((part) => below.median * 10 ** (part * apart));
  const between = rising.filter((value) => value > from && value < to).length;
  if (between > BETWEEN * smaller) return null;
  return { below, above, threshold: Math.sqrt(below.highest * above.lowest), other: fitting[1] };
}

function populationOf(rising: Float64Array): Population {
  const highest = rising[rising.length - 1];
  return { count: rising.length, median: medianOf(rising), lowest: rising[0], highest };
}

/** Where rising numbers are parted so that the means of both sides' logarithms differ most. */
function partedAt(rising: Float64Array): number {
  const logs = rising.map(Math.log);
  const sum = logs.reduce((all, one) => all + one, 0);
  let [best, most, before] = [1, -1, 0];
  for (let at = 1; at < logs.length; at++) {
    before += logs[at - 1];
    if (rising[at] === rising[at - 1]) continue;
    const apart = before / at - (sum - before) / (logs.length - at);
    const between = at * (logs.length - at) * apart * apart;
    if (between > most) [best, most] = [at, between];
  }
  return best;
}
