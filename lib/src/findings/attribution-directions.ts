import { spearman } from "../evaluation/correlation";
import { patchMeans } from "../patches/means";
import type { Patches } from "../patches/types";
import type { Row } from "../tables/table";
import { type AttributionInputs, bandOf, type Favourable, sidesOf } from "./attribution";
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
    const along = (byLayer: Float64Array) => spearman(means, bandOf(byLayer, band, bands.length));
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
  const asked = directions.filter(({ own, others }) => own !== null && others.length > 0);
  if (asked.length === 0) return "No layer has a direction that could be held against other seeds.";
  const goes = ({ own, others }: LayerDirection, sign: number) =>
    [own ?? 0, ...others].every((way) => sign * way > 0);
  const names = (list: readonly LayerDirection[]) => listText(list.map(({ layer }) => layer));
  const [up, down] = [1, -1].map((sign) => asked.filter((each) => goes(each, sign)));
  const turning = asked.filter((each) => !up.includes(each) && !down.includes(each));
  const contrary = [
    ...up.filter(({ favourable }) => favourable === "low"),
    ...down.filter(({ favourable }) => favourable === "high"),
  ];
  const turns =
    turning.length === 0
      ? "No direction turns with the seed."
      : `**With the seed the direction turns for ${names(turning)}**, ${turning.length} of ${asked.length} layers: which way they speak, here and on the cards, holds for one training alone.`;
  return `${turns} Whatever the seed, the score goes up with: ${names(up)}; and down with: ${names(down)}. Of these, against what is held favourable: ${names(contrary)}.`;
}
