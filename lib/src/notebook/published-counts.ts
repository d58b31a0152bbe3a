import type { Study } from "../study/types";
import { occurrenceZoneRows } from "../tables/occurrence-zones";
import type { Row } from "../tables/table";
import type { PublishedStudy } from "./published";

/** What the paper says of how much it had. */
type PublishedCounts = PublishedStudy["studyArea"];

/**
 * Published counts beside those of a study with the paper's layers: samples, elements, patches of
 * 12 pixels, occurrences by commodity and zone.
 */
export function publishedCountRows(
  study: Pick<Study, "samples" | "geometry" | "area" | "occurrences" | "zones">,
  { patches12, streamSedimentSamples, elementsAnalysed, deposits }: PublishedCounts,
): Row[] {
  const { samples, geometry, area } = study;
  const zoned = occurrenceZoneRows(study);
  const count = (commodity: string, zone?: string) =>
    zoned.filter(
      (each) =>
        each.commodity === commodity &&
        (zone === undefined || each.zone.toLowerCase() === zone.toLowerCase()),
    ).length;
  // Of an area within the region not all are left; notebook 01 and those after it count them.
  const patches =
    area === null ? Math.floor(geometry.width / 12) * Math.floor(geometry.height / 12) : null;
  const rows: [string, number, number | null][] = [
    ["stream-sediment samples", streamSedimentSamples, samples?.eastings.length ?? null],
    ["elements", elementsAnalysed.length, samples?.elements.length ?? null],
    ["patches of 12 × 12 pixels", patches12, patches],
    ["occurrences in all", deposits.total, zoned.length],
    ["of Au", deposits.Au, count("Au")],
    ["of Au, west of the thrust", deposits.AuWest, count("Au", "west")],
    ["of Au, east of the thrust", deposits.AuEast, count("Au", "east")],
    ["of Cu", deposits.Cu, count("Cu")],
    ["of Fe", deposits.Fe, count("Fe")],
    ["of Sb and polymetallic", deposits.SbAndPolymetallic, count("Sb") + count("polymetallic")],
  ];
  return rows.map(([what, published, own]) => ({ what, published, "this study": own }));
}
