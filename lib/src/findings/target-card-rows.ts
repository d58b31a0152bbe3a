import type { Target } from "../evaluation/targets";
import { cellOutline } from "../grid/cell-outline";
import type { VectorFeature } from "../grid/vector-feature";
import { type Found, given, isSkipped } from "../skipped";
import type { Row } from "../tables/table";
import { targetProperties } from "../tables/targets";
import type { Metrics } from "./measured";
import type { TargetCard, TargetCards, TargetLayer } from "./target-cards";
import { percentText } from "./words";

/** Whether known occurrences are as near to each other; null where nothing is typical. */
export function isLikeKnown(
  { likest }: TargetCard,
  { typical }: Pick<TargetCards, "typical">,
): boolean | null {
  if (likest === null || typical === null) return null;
  return likest.distance <= typical.high;
}

/** A number with its sign, such as "+2.1". */
export const signed = (value: number, digits = 1) =>
  `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;

/** What drives a target, such as "As +2.3 (3.1 SD high)". */
export function layersText({ layers }: Pick<TargetCard, "layers">, shown = 3): string {
  return layers
    .slice(0, shown)
    .map((each) => `${each.layer} ${signed(each.attribution)} (${deviationText(each)})`)
    .join(", ");
}

/** How high or low a layer is, whether that is held unfavourable, and how many seeds agree. */
export function deviationText({ deviation, isContrary, seeds }: TargetLayer): string {
  const side = deviation < 0 ? "low" : "high";
  const held = isContrary ? ", unfavourable" : "";
  const agreeing = seeds.asked === 0 ? "" : `, ${seeds.agreeing} of ${seeds.asked} seeds`;
  return `${Math.abs(deviation).toFixed(1)} SD ${side}${held}${agreeing}`;
}

/** The likest known occurrence in words, or that none is like it. */
export function likestText(card: TargetCard, cards: Pick<TargetCards, "typical">): string {
  if (card.likest === null) return "no occurrence is known";
  const { occurrence, distance } = card.likest;
  const named = `${occurrence.name} (${occurrence.commodity}), ${distance.toFixed(1)} SD`;
  return isLikeKnown(card, cards) === false ? `none is like it; nearest ${named}` : named;
}

/** How often a target comes back in replicas of the map, in words. */
export function returnText({ returned }: Pick<TargetCard, "returned">): string {
  const { share, rankLow, rankHigh } = returned;
  return `${(100 * share).toFixed(0)} % of replicas, ranks ${rankLow} to ${rankHigh}`;
}

/** In kilometres, for a CRS in metres; null where no occurrence is known. */
export function kilometresToKnown({ nearestKnown }: Target): number | null {
  return Number.isFinite(nearestKnown) ? nearestKnown / 1000 : null;
}

/** One row a card. */
export function targetCardRows(found: Found<TargetCards>): Found<Row[]> {
  return given(found, (all) =>
    all.cards.map((card) => {
      const { target } = card;
      return {
        rank: target.rank,
        "km²": target.squareKilometres,
        mean: target.mean,
        "to known (km)": kilometresToKnown(target),
        "for and against (log odds)": layersText(card),
        "likest known occurrence": likestText(card, all),
        "comes back": returnText(card),
      };
    }),
  );
}

/** Outlines of the targets with what their cards say, for a GIS; none where there is no target. */
export function targetCardFeatures(found: Found<TargetCards>): VectorFeature[] {
  if (isSkipped(found)) return [];
  return found.cards.map((card) => ({
    polygons: cellOutline(found.grid.geometry, card.target.cells),
    properties: cardProperties(card, found),
  }));
}

function cardProperties(card: TargetCard, all: TargetCards): VectorFeature["properties"] {
  const { target, layers, likest, returned } = card;
  const { drivenBy: _, ...properties } = targetProperties(target);
  const parts = Object.fromEntries(
    layers.slice(0, 3).flatMap(({ layer, attribution, deviation, seeds }, at) => [
      [`layer${at + 1}`, layer],
      [`logOdds${at + 1}`, attribution],
      [`deviation${at + 1}`, deviation],
      [`seedsAgreeing${at + 1}`, seeds.agreeing],
    ]),
  );
  const contrary = layers.slice(0, 3).filter(({ isContrary }) => isContrary);
  return {
    ...{ ...properties, toKnownKm: kilometresToKnown(target), ...parts },
    unfavourable: contrary.map(({ layer }) => layer).join(", "),
    likestOccurrence: likest?.occurrence.name ?? null,
    likestCommodity: likest?.occurrence.commodity ?? null,
    likestDistanceSd: likest?.distance ?? null,
    isLikeKnown: likeNumber(isLikeKnown(card, all)),
    returnShare: returned.share,
    rankLow: returned.rankLow,
    rankHigh: returned.rankHigh,
  };
}

/** Vector files know no truth, only 1 and 0. */
const likeNumber = (isLike: boolean | null) => (isLike === null ? null : Number(isLike));

/** How many targets are driven against what is held favourable, and are like a known occurrence. */
export function targetCardMetrics(all: TargetCards): Metrics {
  const { cards, typical } = all;
  const { contrary, speaking } = contraryDrivers(all);
  const share = speaking === 0 ? 0 : contrary / speaking;
  const metrics: Metrics = { "targetCards.contraryShare": { value: share, n: speaking } };
  if (typical === null) return metrics;
  const alike = cards.filter((card) => isLikeKnown(card, all) === true);
  return {
    ...metrics,
    "targetCards.likeKnown": { value: alike.length / cards.length, n: cards.length },
    "targetCards.typicalDistance": { value: typical.median, n: typical.places },
  };
}

/** Of the layers that move each target most, those that speak for it, and those of them contrary. */
function contraryDrivers({ cards }: Pick<TargetCards, "cards">) {
  const speaking = cards.flatMap(({ layers }) =>
    layers.slice(0, 3).filter(({ attribution }) => attribution > 0),
  );
  const contrary = speaking.filter(({ isContrary }) => isContrary).length;
  return { contrary, speaking: speaking.length };
}

/** On which side the layers speak for the targets, and how many targets are like what is known. */
export function targetCardSentences(found: Found<TargetCards>): Found<string[]> {
  return given(found, (all) =>
    [sidesSentence(all), seedsSentence(all), likenessSentence(all)].filter((text) => text !== ""),
  );
}

/** Unwelcome where there are any, so said first. */
function sidesSentence(all: TargetCards): string {
  const { contrary, speaking } = contraryDrivers(all);
  const which = all.cards
    .filter(({ layers }) => layers.slice(0, 3).some(({ isContrary }) => isContrary))
    .map(({ target }) => target.rank);
  if (contrary === 0) {
    return `Of the three layers that move each target most, ${speaking} in all speak for it, none of them on a side that is held unfavourable.`;
  }
  return `**Of the three layers that move each target most, ${speaking} in all speak for it, ${contrary} of them on the side that is held unfavourable** (target${which.length === 1 ? "" : "s"} ${which.join(", ")}): such ground is unusual on the side where no ore is expected, which an error without sign cannot tell.`;
}

/** How far the signs of the cards hang on one training; nothing where no other seed was asked. */
function seedsSentence({ cards }: TargetCards): string {
  const drivers = cards.flatMap(({ layers }) => layers.slice(0, 3));
  const asked = drivers[0]?.seeds.asked ?? 0;
  if (asked === 0) return "";
  const held = drivers.filter(({ seeds }) => seeds.agreeing === asked).length;
  const agreeing = drivers.reduce((sum, { seeds }) => sum + seeds.agreeing, 0);
  const share = percentText(agreeing / (asked * drivers.length), 0);
  return `Trained on the same labels from ${asked} other seeds, the network gives these layers the same sign in ${share} of all cases, and **${held}** of ${drivers.length} have it from every seed; lean on those alone.`;
}

function listedText(cards: number, targets: number): string {
  if (targets === 1) return "The only target has a card";
  return cards === targets
    ? `All ${targets} targets have a card`
    : `The first ${cards} of ${targets} targets have a card`;
}

/** How many targets are like what is known, by what yardstick. */
function likenessSentence(all: TargetCards): string {
  const { cards, typical, targets } = all;
  const listed = listedText(cards.length, targets);
  if (typical === null) {
    return `${listed}. Too few patches hold an occurrence to say how alike known ones are, and so whether a target is like them.`;
  }
  const alike = cards.filter((card) => isLikeKnown(card, all) === true).length;
  const { median, high, places } = typical;
  return `${listed}; **${alike}** of them ${alike === 1 ? "is" : "are"} like a known occurrence. The yardstick: a patch that holds one lies ${median.toFixed(1)} standard deviations from the likest other that is as far away as targets must be (median of ${places}), and 95 of 100 lie within ${high.toFixed(1)}. A target beyond that is unlike anything known here: another kind of deposit, or none. One within it need hold nothing, since barren ground may be as like.`;
}
