import type { Line } from "../grid/shapes";
import type { Occurrence } from "../study/types";
import { ELEMENTS } from "./elements";
import { makeFaults } from "./faults";
import { makeFavourability } from "./favourability";
import { frameOf } from "./frame";
import { type Composition, composeSediment } from "./geochemistry";
import { makeGround } from "./ground";
import { halosOnGrid } from "./halos";
import { type Intrusion, makeIntrusions } from "./intrusions";
import { reportedValues } from "./laboratory";
import { type MineralSystem, makeMineralSystem } from "./mineral-centres";
import { drawOccurrences } from "./occurrences";
import { type DistrictOptions, PAPER_SIZE, REGION, workingGrid } from "./settings";
import { type Site, sampleSites } from "./sites";
import { makeStrata, type RockUnit } from "./strata";
import { makeTerrain } from "./terrain";

/** A generated district: what a survey would hand over, and the truth behind it. */
export interface District {
  readonly options: DistrictOptions;
  readonly thrust: Line;
  readonly faults: readonly Line[];
  readonly intrusions: readonly Intrusion[];
  readonly units: readonly RockUnit[];
  readonly sites: readonly Site[];
  /** What the laboratory reports, as text: [element][site], elements as in ELEMENTS. */
  readonly reported: readonly (readonly string[])[];
  readonly occurrences: readonly Occurrence[];
  /** Never written: what the evidence and the occurrences came from. */
  readonly truth: { readonly system: MineralSystem; readonly composition: Composition };
}

/**
 * A district from a seed: strata and thrust, faults, intrusions, terrain; favourability and, drawn
 * from it, the centres of a mineral system; stream sediment downstream of them; and, from a stream of
 * random numbers of their own, which centres are known as occurrences. Each part has its own stream,
 * so that drawing the occurrences anew changes nothing else.
 *
 * @throws InputError when a seed is not a whole number or the size holds nothing
 */
export function makeDistrict(options: DistrictOptions): District {
  const { seed, occurrenceSeed = seed, size = PAPER_SIZE } = options;
  const geometry = workingGrid(size);
  const frame = frameOf(REGION);
  const strata = makeStrata(seed, frame);
  const faults = makeFaults(seed, frame, strata.thrustAcross);
  const intrusions = makeIntrusions(seed, frame, strata.thrustAcross);
  const terrain = makeTerrain(seed, geometry);
  const ground = makeGround(geometry, strata, faults, intrusions);
  const favourability = makeFavourability(seed, geometry, ground, strata, faults, intrusions);
  const system = makeMineralSystem(seed, geometry, ground, favourability);
  const sites = sampleSites(seed, size.samples, geometry, terrain.heights);
  const composition = composeSediment(seed, sites, terrain, ground, halosOnGrid(geometry, system));
  const reported = ELEMENTS.map((element, index) =>
    reportedValues(seed, element, composition.concentrations[index]),
  );
  const from = options.occurrences ?? "mineralSystem";
  return {
    options,
    thrust: strata.thrust,
    faults,
    intrusions: intrusions.mapped,
    units: strata.units,
    sites,
    reported,
    occurrences: drawOccurrences(occurrenceSeed, geometry, system, from),
    truth: { system, composition },
  };
}
