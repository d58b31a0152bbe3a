import type { GridGeometry } from "../grid/grid";
import { regionOf } from "../grid/grid";
import { type Random, randomStream } from "../random";
import { BARREN, CENTRES, DEPOSITS, type DepositType, SIGNATURES } from "./constants";
import { favouredBy, freePlace, type Place } from "./draw-places";
import { ELEMENTS } from "./elements";
import type { Favourability } from "./favourability";
import type { Ground } from "./ground";

/** A place where metal was brought in, known or not. */
export interface Centre extends Place {
  /** Lognormal, median 1. */
  readonly strength: number;
  /** e-folding length of the halo in metres. */
  readonly haloLength: number;
  /** What it adds at its middle at strength 1, in backgrounds of each element, as in ELEMENTS. */
  readonly signature: readonly number[];
}

/** A centre of mineralisation; its type says which occurrences it may be known as. */
export interface MineralCentre extends Centre {
  readonly type: DepositType;
}

/** All that brought metal: centres, most of them undiscovered, and anomalies that are no deposits. */
export interface MineralSystem {
  readonly centres: readonly MineralCentre[];
  readonly barren: readonly Centre[];
}

/**
 * Centres of mineralisation: by deposit type several for each occurrence that will be known, at
 * places drawn by favourability and host rock, at least as far apart as occurrences. Strengths are
 * heavy-tailed, and the signature of each centre differs from its family's. Beside them lie barren
 * anomalies, of one element each, anywhere.
 *
 * @throws InputError when a zone or corner has no room left
 */
export function makeMineralSystem(
  seed: number,
  geometry: GridGeometry,
  ground: Ground,
  favourability: Favourability,
): MineralSystem {
  const random = randomStream(seed, "synthetic/centres");
  const centres: MineralCentre[] = [];
  for (const type of DEPOSITS) {
    const chances = favouredBy(type, geometry, ground, favourability);
    const count = Math.round(CENTRES.perOccurrence * type.count);
    for (let number = 0; number < count; number++) {
      const place = freePlace(random, geometry, chances, centres);
      centres.push({
        ...place,
        ...bodyOf(random, CENTRES),
        signature: signatureOf(random, type),
        type,
      });
    }
  }
  return { centres, barren: barrenAnomalies(seed, geometry) };
}

function barrenAnomalies(seed: number, geometry: GridGeometry): Centre[] {
  const random = randomStream(seed, "synthetic/barren");
  const { west, east, south, north } = regionOf(geometry);
  return Array.from({ length: BARREN.count }, () => {
    const easting = west + random.uniform() * (east - west);
    const northing = south + random.uniform() * (north - south);
    const only = random.below(ELEMENTS.length);
    const signature = ELEMENTS.map((_, at) => (at === only ? BARREN.enrichment : 0));
    return { easting, northing, ...bodyOf(random, BARREN), signature };
  });
}

function bodyOf(
  random: Random,
  { strengthSpread, haloLength, haloSpread }: Omit<typeof BARREN, "count" | "enrichment">,
): Pick<Centre, "strength" | "haloLength"> {
  return {
    strength: Math.exp(strengthSpread * random.normal()),
    haloLength: haloLength * Math.exp(haloSpread * random.normal()),
  };
}

function signatureOf(random: Random, { family }: DepositType): number[] {
  return ELEMENTS.map(({ symbol }) => {
    const differs = Math.exp(CENTRES.signatureSpread * random.normal());
    return (SIGNATURES[family][symbol] ?? 0) * differs;
  });
}
