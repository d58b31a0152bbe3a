import type { Found } from "../skipped";
import type { Study } from "../study/types";
import { occurrenceZoneRows } from "../tables/occurrence-zones";
import type { Row } from "../tables/table";
import { otherLayers } from "./other-layers";
import {
  hasPublishedLayers,
  missingLayers,
  type PublishedStudy,
  publishedStudy,
} from "./published-study";

/** What the paper says of how much it had. */
type PublishedCounts = PublishedStudy["studyArea"];

/**
 * Published counts beside those of a study with the paper's layers: samples, elements, patches of
 * 12 pixels, occurrences by commodity and zone.
 */
export function publishedCountRows(study: CountedStudy): Found<Row[]> {
  return hasPublishedLayers(study)
    ? countRows(study, publishedStudy().studyArea)
    : otherLayers(study);
}

/** How far the two can be compared. */
export function publishedCountSentence(study: CountedStudy): string {
  if (hasPublishedLayers(study)) {
    const missing = missingLayers(study).join(", ") || "none";
    return `Layers of the paper that this study lacks: ${missing}.`;
  }
  const { streamSedimentSamples, deposits } = publishedStudy().studyArea;
  return `The paper has ${streamSedimentSamples.toLocaleString("en")} samples and ${deposits.total} occurrences; this study has ${study.occurrences.length} occurrences and other layers, so its numbers are not set beside the published ones.`;
}

type CountedStudy = Pick<
  Study,
  "id" | "evidence" | "samples" | "geometry" | "area" | "occurrences" | "zones"
>;

function countRows(
  study: CountedStudy,
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
