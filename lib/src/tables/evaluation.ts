import { aucWithInterval } from "../evaluation/delong";
import type { OccurrenceGroup } from "../patches/groups";
import { assignOccurrences } from "../patches/occurrences";
import type { Patches } from "../patches/types";
import type { Occurrence, Study } from "../study/types";
import { occurrencesInZone } from "../study/zone-members";
import type { Row } from "./table";

/** Scores of all patches under a name. */
export interface NamedScores {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** One row a score: its AUC for a group of occurrences. */
export function aucRows(
  scores: readonly NamedScores[],
  { title, assignment }: OccurrenceGroup,
): Row[] {
  return scores.map(({ name, values }) => {
    const { value, interval } = aucWithInterval(values, assignment.labels);
    return { occurrences: title, score: name, AUC: value, from: interval[0], to: interval[1] };
  });
}

/** One row a commodity: occurrences in patches at or above a threshold. */
export function commodityCaptureRows(
  { occurrences }: Study,
  patches: Patches,
  scores: ArrayLike<number>,
  threshold: number,
): Row[] {
  const commodities = [...new Set(occurrences.map(({ commodity }) => commodity))];
  return commodities.map((commodity) => ({
    commodity,
    ...captured(
      occurrences.filter((occurrence) => occurrence.commodity === commodity),
      patches,
      scores,
      threshold,
    ),
  }));
}

/**
 * One row a zone: occurrences in patches at or above a threshold; none for a study without zones.
 *
 * @param commodity the one counted, as the paper counts its Au east and west; all when absent
 */
export function zoneCaptureRows(
  study: Pick<Study, "occurrences" | "zones">,
  patches: Patches,
  scores: ArrayLike<number>,
  threshold: number,
  commodity?: string,
): Row[] {
  const counted = study.occurrences.filter(
    (occurrence) => commodity === undefined || occurrence.commodity === commodity,
  );
  return study.zones.map((zone) => ({
    zone: zone.name,
    ...captured(occurrencesInZone(counted, zone), patches, scores, threshold),
  }));
}

function captured(
  occurrences: readonly Occurrence[],
  patches: Patches,
  scores: ArrayLike<number>,
  threshold: number,
) {
  const { assigned } = assignOccurrences(patches, occurrences);
  const hits = assigned.filter(({ patch }) => scores[patch] >= threshold).length;
  return {
    occurrences: occurrences.length,
    "in a patch": assigned.length,
    "at or above the threshold": hits,
    "% of those in a patch": assigned.length === 0 ? null : (100 * hits) / assigned.length,
  };
}
