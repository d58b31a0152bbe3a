import type { Figure } from "../figures/figure";
import type { MapOverlay } from "../figures/map-overlay";
import { type Found, given } from "../skipped";
import type { SheetPage } from "../tables/sheet";
import {
  deviationText,
  kilometresToKnown,
  likestText,
  returnText,
  signed,
} from "./target-card-rows";
import type { TargetCard, TargetCards } from "./target-cards";
import { targetCardFigure } from "./target-figures";

/** A page whose picture is yet to be drawn. */
export interface SheetDraft extends Omit<SheetPage, "picture"> {
  readonly figure: Figure;
}

const CAUTION =
  "A target is ground that a network ranks high and that no known occurrence is near. The bars say what the network goes by, not why ore would be there: a layer that speaks for it and is called unfavourable is on the side that the study holds so beforehand; background is unlabelled, not barren; unusual ground may be ore, a rock that occurs once, or a bad sample. Check the samples beneath it first.";

/** A page of each card, for printing. */
export function targetSheet(
  found: Found<TargetCards>,
  overlay: MapOverlay = {},
): Found<SheetDraft[]> {
  return given(found, (all) =>
    all.cards.map((card) => ({
      heading: `Target ${card.target.rank} of ${all.targets}`,
      facts: factsOf(card, all),
      barsTitle: "What speaks for and against it (log odds)",
      bars: card.layers.map((each) => ({
        ...{ name: each.layer, value: each.attribution },
        text: `${signed(each.attribution, 2)}, ${deviationText(each)}`,
      })),
      figure: targetCardFigure(all, card, overlay),
      caution: CAUTION,
    })),
  );
}

function factsOf(card: TargetCard, all: TargetCards): (readonly [string, string])[] {
  const { target } = card;
  const known = kilometresToKnown(target);
  const { easting, northing } = target.centroid;
  return [
    ["Centre", `${Math.round(easting)} E, ${Math.round(northing)} N`],
    ["Area", `${target.squareKilometres.toFixed(1)} km², ${target.cells.length} patches`],
    ["Score", `${target.mean.toFixed(3)} mean, ${target.maximum.toFixed(3)} at most`],
    ["To the nearest known", known === null ? "none is known" : `${known.toFixed(1)} km`],
    ["Likest known", likestText(card, all)],
    ["Comes back", returnText(card)],
  ];
}
