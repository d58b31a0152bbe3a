import type { MapOverlay } from "../figures/map-overlay";
import type { Study } from "../study/types";

/** Occurrences of a study by commodity, the main one first, to be drawn over maps. */
export function occurrencesOverlay({ occurrences, mainCommodity }: Study): MapOverlay {
  const commodities = [mainCommodity, ...occurrences.map(({ commodity }) => commodity)];
  const points = [...new Set(commodities)].map((commodity) => ({
    name: `${commodity} occurrence`,
    occurrences: occurrences.filter((occurrence) => occurrence.commodity === commodity),
  }));
  return { points: points.filter((set) => set.occurrences.length > 0) };
}

/** Occurrences and the features that the manifest wants drawn. */
export function studyOverlay(study: Study): MapOverlay {
  const features = study.vectors.filter(({ name }) => study.drawn.includes(name));
  return { ...occurrencesOverlay(study), features };
}
