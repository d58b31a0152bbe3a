import { patchMeans } from "../patches/means";
import type { Patches } from "../patches/types";
import type { Row } from "../tables/table";
import { type AttributionInputs, bandOf, type Favourable, sidesOf } from "./attribution";
import { rankCorrelation } from "./attribution-checks";
import { listText } from "./words";

/** Which way a layer moves the score, by classifiers that learnt the same labels from other seeds. */
export interface LayerDirection {
  readonly layer: string;
  /** Rank correlations over patches of the layer's mean and its attribution: the study's own. */
  readonly own: number | null;
  /** One a seed; seeds where either is the same all over are left out. */
  readonly others: readonly number[];
  readonly favourable: Favourable;
}

/**
 * Which way each layer moves the score, whatever the seed.
 *
 * @param own [count, bands]
 * @param others likewise, one a seed
 */
export function layerDirections(
  patches: Patches,
  evidence: AttributionInputs["evidence"],
  own: Float64Array,
  others: readonly Float64Array[],
): LayerDirection[] {
  const { bands } = patches;
  const sides = sidesOf(bands, evidence);
  return bands.map((layer, band) => {
    const means = patchMeans(patches, band);
    const along = (byLayer: Float64Array) =>
      rankCorrelation(means, bandOf(byLayer, band, bands.length));
    return {
      ...{ layer, own: along(own), favourable: sides[band] },
      others: others.flatMap((byLayer) => along(byLayer) ?? []),
    };
  });
}

/** One row a layer. */
export function directionRows(directions: readonly LayerDirection[]): Row[] {
  return directions.map(({ layer, own, others, favourable }) => ({
    layer,
    "goes up with it": own,
    "least of other seeds": others.length === 0 ? null : Math.min(...others),
    "largest of other seeds": others.length === 0 ? null : Math.max(...others),
    "held favourable": favourable ?? "",
  }));
}

/** Which layers go one way whatever the seed, against what is held favourable, and which turn. */
export function directionSentence(directions: readonly LayerDirection[]): string {
  const waysOf = ({ own, others }: LayerDirection) => (own === null ? others : [own, ...others]);
  const isHeld = (each: LayerDirection) => waysOf(each).length > 1;
  const goes = (each: LayerDirection, sign: number) =>
    isHeld(each) && waysOf(each).every((way) => sign * way > 0);
  const turning = directions.filter((each) => isHeld(each) && !goes(each, 1) && !goes(each, -1));
  const contrary = directions.filter(
    (each) =>
      (each.favourable === "high" && goes(each, -1)) ||
      (each.favourable === "low" && goes(each, 1)),
  );
  const names = (list: readonly LayerDirection[]) => listText(list.map(({ layer }) => layer));
  return `Against what is held favourable whatever the seed: ${names(contrary)}. By seed the direction turns for: ${names(turning)}; what an attribution says of those holds for one training alone.`;
}
