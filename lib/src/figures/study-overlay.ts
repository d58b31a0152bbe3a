import type { NamedOccurrences, Study } from "../study/types";
import { occurrencesInZone } from "../study/zone-members";
import { areaOverlay } from "./area-overlay";
import type { GeologicalLayer } from "./geology-layers";
import type { MapOverlay } from "./map-overlay";
import { CATEGORY_SHAPES } from "./theme";

/** Shapes that symbols have; an occurrence of a further kind would look like one of the first. */
const KINDS = CATEGORY_SHAPES.length;

/**
 * Occurrences of a study by commodity, the main one first, to be drawn over maps; commodities for
 * which no symbol is left go together under "other", and groups that are none of the study's own
 * occurrences follow. Round all lies the outline of the study area.
 */
export function occurrencesOverlay(study: DrawnStudy): MapOverlay {
  const apart = setsApart(study);
  const sets = commoditySets(study, Math.max(1, KINDS - apart.length));
  const points = [
    ...sets.map(({ what, isRest, occurrences }) => ({
      name: isRest ? what : `${what} occurrence`,
      occurrences,
    })),
    ...apart.map(({ title, occurrences }) => ({ name: capital(title), occurrences })),
  ];
  return { points, ...areaOverlay(study) };
}

/** Occurrences by commodity, the rarest together where there are more than may be told apart. */
function commoditySets({ occurrences, mainCommodity, occurrencesTitle }: DrawnStudy, most: number) {
  const by = (commodity: string) => occurrences.filter((each) => each.commodity === commodity);
  const found = [...new Set(occurrences.map(({ commodity }) => commodity))];
  const others = found
    .filter((commodity) => commodity !== mainCommodity)
    .sort((one, other) => by(other).length - by(one).length);
  const ranked = found.includes(mainCommodity) ? [mainCommodity, ...others] : others;
  const kept = ranked.length <= most ? ranked : ranked.slice(0, Math.max(1, most - 1));
  const rest = occurrences.filter(({ commodity }) => !kept.includes(commodity));
  const nameOf = (commodity: string) =>
    found.length === 1 ? capital(occurrencesTitle ?? commodity) : commodity;
  return [
    ...kept.map((commodity) => ({
      ...{ what: nameOf(commodity), isRest: false, occurrences: by(commodity) },
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            ...{ what: `${ranked.length - kept.length} other commodities`, isRest: true },
            occurrences: rest,
          },
        ]),
  ];
}

/** Groups that are none of the study's own occurrences, such as placers in a study of lodes. */
function setsApart({ groups = [], occurrences }: DrawnStudy): NamedOccurrences[] {
  const own = new Set(occurrences);
  return groups.filter((group) => group.occurrences.every((occurrence) => !own.has(occurrence)));
}

const capital = (text: string) => text[0].toUpperCase() + text.slice(1);

/** What of a study is drawn over its maps. */
type DrawnStudy = Pick<
  Study,
  "occurrences" | "mainCommodity" | "occurrencesTitle" | "area" | "geometry"
> &
  Partial<Pick<Study, "groups">>;

/**
 * Occurrences of a study by commodity and zone with their numbers, such as "Au, east (12)": a
 * commodity has one shape and colour, filled in the first zone and open in the second. By commodity
 * alone in a study without zones.
 */
export function zonedOccurrencesOverlay(study: DrawnStudy & Pick<Study, "zones">): MapOverlay {
  const whole = occurrencesOverlay(study);
  const pairs = Math.ceil(study.zones.length / 2);
  const apart = setsApart(study);
  // One kind is kept for what lies in no zone.
  const most = Math.floor((KINDS - 1 - apart.length) / pairs);
  if (study.zones.length === 0 || most < 1) return whole;
  const sets = commoditySets(study, most);
  const zoned = sets.flatMap(({ what, occurrences }, kind) =>
    study.zones.map((zone, at) => ({
      where: `${what}, ${zone.name}`,
      occurrences: occurrencesInZone(occurrences, zone),
      symbol: { kind: kind + sets.length * (at >> 1), isOpen: at % 2 === 1 },
    })),
  );
  const held = new Set(zoned.flatMap(({ occurrences }) => occurrences));
  const further = [
    { where: "In no zone", occurrences: study.occurrences.filter((each) => !held.has(each)) },
    ...apart.map(({ title, occurrences }) => ({ where: capital(title), occurrences })),
  ].map((set, at) => ({ ...set, symbol: { kind: KINDS - 1 - at } }));
  const points = [...zoned, ...further].map(({ where, occurrences, symbol }) => ({
    name: `${where} (${occurrences.length})`,
    occurrences,
    symbol,
  }));
  return { ...whole, points: points.filter(({ occurrences }) => occurrences.length > 0) };
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
