import type { GeologicalLayer } from "../figures/geology-layers";
import type { MapOverlay } from "../figures/map-overlay";
import type { Occurrence, Study } from "../study/types";
import { occurrencesInZone } from "../study/zone-members";
import { areaOverlay } from "./area-overlay";

/**
 * Occurrences of a study by commodity, the main one first, to be drawn over maps; with the outline
 * of the study area, as all overlays here.
 */
export function occurrencesOverlay(
  study: Pick<Study, "occurrences" | "mainCommodity" | "area" | "geometry">,
): MapOverlay {
  const { occurrences, mainCommodity } = study;
  const commodities = [mainCommodity, ...occurrences.map(({ commodity }) => commodity)];
  const points = [...new Set(commodities)].map((commodity) => ({
    name: `${commodity} occurrence`,
    occurrences: occurrences.filter((occurrence) => occurrence.commodity === commodity),
  }));
  return { points: points.filter((set) => set.occurrences.length > 0), ...areaOverlay(study) };
}

/**
 * Occurrences of a study by commodity and zone with their numbers, such as "Au, east (12)": a
 * commodity has one shape and colour, filled in the first zone and open in the second. By commodity
 * alone in a study without zones.
 */
export function zonedOccurrencesOverlay(
  study: Pick<Study, "occurrences" | "mainCommodity" | "zones" | "area" | "geometry">,
): MapOverlay {
  const { points = [], ...area } = occurrencesOverlay(study);
  if (study.zones.length === 0) return { points, ...area };
  const commodities = points.map(({ occurrences }) => occurrences as readonly Occurrence[]);
  const zoned = commodities.flatMap((members, kind) =>
    study.zones.map((zone, at) => ({
      where: `${members[0].commodity}, ${zone.name}`,
      occurrences: occurrencesInZone(members, zone),
      symbol: { kind: kind + commodities.length * (at >> 1), isOpen: at % 2 === 1 },
    })),
  );
  const held = new Set(zoned.flatMap(({ occurrences }) => occurrences));
  const outside = {
    where: "In no zone",
    occurrences: commodities.flat().filter((occurrence) => !held.has(occurrence)),
    symbol: { kind: 5 },
  };
  const sets = [...zoned, outside].map(({ where, occurrences, symbol }) => ({
    name: `${where} (${occurrences.length})`,
    occurrences,
    symbol,
  }));
  return { points: sets.filter(({ occurrences }) => occurrences.length > 0), ...area };
}

/** Occurrences and the features that the manifest wants drawn. */
export function studyOverlay(study: Study): MapOverlay {
  const features = study.vectors.filter(({ name }) => study.drawn.includes(name));
  return { ...occurrencesOverlay(study), features };
}

/** The layers of a study's geological map, as its manifest says; none when it says nothing. */
export function geologyLayers({ geology, vectors }: Study): GeologicalLayer[] {
  return geology.map(({ layer, ...what }) => {
    // The manifest was checked for it.
    const found = vectors.find(({ name }) => name === layer) as Study["vectors"][number];
    return { ...what, vectors: found };
  });
}
