import { likestKnown, type TypicalDistance, typicalDistance } from "../evaluation/signature-match";
import type { TargetReturn } from "../evaluation/target-returns";
import type { Target } from "../evaluation/targets";
import type { OccurrenceGroup } from "../patches/groups";
import { patchCentres, standardisedMeans } from "../patches/means";
import type { Patches } from "../patches/types";
import type { Occurrence } from "../study/types";
import { type AttributionInputs, bandOf, type Favourable, sidesOf } from "./attribution";
import type { Targets } from "./targets";

/** What a layer has in a target. */
export interface TargetLayer {
  readonly layer: string;
  /** Mean attribution over the target's patches, in log odds. */
  readonly attribution: number;
  /** Mean of the layer over them, in standard deviations of the district. */
  readonly deviation: number;
  /** Whether it speaks for the target on the side that the manifest holds unfavourable. */
  readonly isContrary: boolean;
  /** Classifiers that learnt the same from other seeds, and those of them that agree on the sign. */
  readonly seeds: { readonly asked: number; readonly agreeing: number };
}

/** The known occurrence whose ground a target's is likest. */
export interface LikestOccurrence {
  readonly occurrence: Occurrence;
  /** Between mean evidence by layer, in standard deviations of the district. */
  readonly distance: number;
}

/** All that is known of a target. */
export interface TargetCard {
  readonly target: Target;
  /** Its patches, and the best-scoring of them. */
  readonly patches: Uint32Array;
  readonly peak: number;
  /** By size of attribution, the largest first. */
  readonly layers: readonly TargetLayer[];
  readonly likest: LikestOccurrence | null;
  /** How often it comes back in replicas of the map. */
  readonly returned: TargetReturn;
}

/** The first targets, one card each. */
export interface TargetCards {
  readonly cards: readonly TargetCard[];
  /** How many targets there are, and how many cards are drawn in the notebook. */
  readonly targets: number;
  readonly drawn: number;
  /** How far known occurrences are from the nearest other; null where too few are known. */
  readonly typical: TypicalDistance | null;
  /** Scores and attributions that the cards were made from. */
  readonly patches: Patches;
  readonly byLayer: Float64Array;
  readonly grid: Targets["grid"];
}

/** What cards are made from. */
export interface TargetCardInputs {
  readonly found: Targets;
  readonly patches: Patches;
  /** Attributions by patch and layer, [count, bands], in log odds. */
  readonly byLayer: Float64Array;
  /** The known occurrences and the patches that hold them. */
  readonly known: OccurrenceGroup["assignment"];
  /** The same by classifiers of other seeds, one each; NaN for patches that were not asked. */
  readonly otherSeeds: readonly Float64Array[];
  /** One a target, in their order. */
  readonly returns: readonly TargetReturn[];
  /** What the manifest holds of each band, by its label. */
  readonly evidence: AttributionInputs["evidence"];
  /** Cards to make, and to draw. */
  readonly count: readonly [number, number];
  readonly pixelSize: number;
}

/** Makes a card of each of the first targets. */
export function targetCards(inputs: TargetCardInputs): TargetCards {
  const { found, patches, byLayer, known, returns, count, pixelSize } = inputs;
  const { bands } = patches;
  const sides = sidesOf(bands, inputs.evidence);
  const rows = standardisedMeans(patches);
  const holding = [...new Set(known.assigned.map(({ patch }) => patch))];
  const patchesOf = patchFinder(patches);
  const cards = found.targets.slice(0, count[0]).map((target, at): TargetCard => {
    const own = patchesOf(target);
    const likest = likestKnown(rows, bands.length, own, holding);
    return {
      ...{ target, patches: own, layers: targetLayers(inputs, sides, own, rows) },
      peak: own.reduce((best, next) =>
        scoreOf(found, patches, next) > scoreOf(found, patches, best) ? next : best,
      ),
      likest: likest === null ? null : { ...likest, occurrence: heldBy(known, likest.known) },
      returned: returns[at],
    };
  });
  const centres = patchCentres(patches);
  const away = found.options.awayFromKnown * pixelSize;
  const areApart = (one: number, other: number) =>
    Math.hypot(
      centres[one].easting - centres[other].easting,
      centres[one].northing - centres[other].northing,
    ) > away;
  return {
    ...{ cards, targets: found.targets.length, drawn: count[1], patches, byLayer },
    typical: typicalDistance(rows, bands.length, holding, areApart),
    grid: found.grid,
  };
}

/** The patches of a target, whose cells are those of the map by patch. */
function patchFinder({ places, layout }: Patches): (target: Target) => Uint32Array {
  const patchAt = new Map(
    places.map(({ row, column }, patch) => [row * layout.columns + column, patch]),
  );
  return ({ cells }) => cells.map((cell) => patchAt.get(cell) as number);
}

/** The patches of the first targets, by number. */
export function targetPatches({ targets }: Targets, patches: Patches, first: number): Uint32Array {
  const patchesOf = patchFinder(patches);
  return Uint32Array.from(targets.slice(0, first).flatMap((target) => [...patchesOf(target)]));
}

function scoreOf({ grid }: Targets, { places, layout }: Patches, patch: number): number {
  return grid.values[places[patch].row * layout.columns + places[patch].column];
}

function heldBy({ assigned }: OccurrenceGroup["assignment"], patch: number): Occurrence {
  return assigned.find((each) => each.patch === patch)!.occurrence;
}

function targetLayers(
  { patches: { bands }, byLayer, otherSeeds }: TargetCardInputs,
  sides: readonly Favourable[],
  own: Uint32Array,
  rows: Float64Array,
): TargetLayer[] {
  const meanOver = (values: Float64Array) =>
    own.reduce((sum, patch) => sum + values[patch], 0) / own.length;
  return bands
    .map((layer, band) => {
      const attribution = meanOver(bandOf(byLayer, band, bands.length));
      const deviation = meanOver(bandOf(rows, band, bands.length));
      const unfavourable = { high: deviation < 0, low: deviation > 0 };
      const side = sides[band];
      const isContrary = attribution > 0 && side !== null && unfavourable[side];
      const others = otherSeeds.map((other) => meanOver(bandOf(other, band, bands.length)));
      const agreeing = others.filter((other) => other * attribution > 0).length;
      const seeds = { asked: others.length, agreeing };
      return { layer, attribution, deviation, isContrary, seeds };
    })
    .sort((one, other) => Math.abs(other.attribution) - Math.abs(one.attribution));
}
