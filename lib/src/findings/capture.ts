import { captureAt, newlyMarkedShare } from "../evaluation/capture";
import { proportionWithInterval } from "../evaluation/proportion";
import type { OccurrenceGroup } from "../patches/groups";
import type { Patches } from "../patches/types";
import { withPublishedZones } from "../published/headline";
import { publishedStudy } from "../published/published-study";
import { type Found, given, isSkipped } from "../skipped";
import { noZones } from "../study/lacks";
import type { Study } from "../study/types";
import { zoneCaptureRows } from "../tables/evaluation";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";
import { percentRange, percentText } from "./words";

/** What prospective ground holds of the known occurrences. */
export interface MapCapture {
  /** Shares of 0 to 1 at or above the threshold, of all occurrences. */
  readonly areaShare: number;
  readonly occurrenceShare: Measured & {
    readonly interval: readonly [number, number];
    readonly n: number;
  };
  readonly patches: number;
  readonly threshold: number;
  readonly commodity: string;
  /** Occurrences of the main commodity by zone. */
  readonly byZone: Found<readonly Row[]>;
}

/** Counts area and occurrences at or above a threshold, and those of the main commodity by zone. */
export function captureOf(
  study: Study,
  patches: Patches,
  { assignment }: OccurrenceGroup,
  scores: Float64Array,
  threshold: number,
): MapCapture {
  const {
    areaShare,
    occurrenceShare: value,
    occurrences: n,
  } = captureAt(scores, assignment, threshold);
  const { interval } = proportionWithInterval(Math.round(value * n), n);
  const { mainCommodity: commodity } = study;
  const byZone = zoneCaptureRows(study, patches, scores, threshold, commodity);
  return {
    ...{ areaShare, occurrenceShare: { value, interval, n }, threshold, commodity },
    patches: patches.places.length,
    byZone: byZone.length === 0 ? noZones(study) : byZone,
  };
}

/** Area and occurrences at the threshold, and occurrences by zone. */
export function captureMetrics({
  areaShare,
  occurrenceShare,
  patches,
  commodity,
  byZone,
}: MapCapture): Metrics {
  const zones = (isSkipped(byZone) ? [] : byZone).map((row) => {
    const captured = Number(row["at or above the threshold"]);
    const measured = { value: captured, n: Number(row["in a patch"]) };
    return [`map.zone.${row.zone}.${commodity}.captured`, measured] as const;
  });
  return {
    "map.areaShareAtThreshold": { value: areaShare, n: patches },
    "map.occurrenceShareAtThreshold": occurrenceShare,
    ...Object.fromEntries(zones),
  };
}

/** Occurrences by zone, those counted in Hezuo beside them where the layers are its own. */
export function capturedByZoneRows(
  { byZone }: MapCapture,
  study: Pick<Study, "evidence">,
): Found<readonly Row[]> {
  return given(byZone, (rows) => withPublishedZones(study, rows));
}

/** What the paper counts by zone. */
export function publishedZonesSentence(): string {
  const { bestAuWest, bestAuEast } = publishedStudy().cnn;
  return `Published for Hezuo: ${bestAuWest} Au occurrences in the west and ${bestAuEast} in the east.`;
}

/** How much denser in occurrences prospective ground is than the district. */
export function captureSentence({ areaShare, occurrenceShare, threshold }: MapCapture): string {
  const { value, interval, n } = occurrenceShare;
  const density = value / areaShare;
  const judgement = density > 1 ? "more" : "no more";
  const told =
    areaShare === 0
      ? "; with no area marked there is no density to tell."
      : `: a density of ${density.toFixed(2)} times the district's, which is ${judgement} than a map drawn by chance has.`;
  return `${percentText(areaShare)} of the area scores at least ${threshold} and holds ${percentText(value)} of the ${n} occurrences (95 % interval ${percentRange(interval)})${told}`;
}

/** Ground that the map marks and an earlier one of the forest would not have. */
export interface NewGround {
  /** Share of the area, 0 to 1. */
  readonly share: number;
  readonly patches: number;
}

/** Counts what the map marks beyond the best-scoring part of a forest, as large as the earlier map's. */
export function newGroundOf(
  scores: Float64Array,
  threshold: number,
  forest: { readonly scores: Float64Array },
): NewGround {
  const { areaShare } = publishedStudy().previousStudyRfMaxent;
  return {
    share: newlyMarkedShare(scores, threshold, forest.scores, areaShare),
    patches: scores.length,
  };
}

/** The share of newly marked ground. */
export function newGroundMetrics({ share, patches }: NewGround): Metrics {
  return { "map.newAreaShare": { value: share, n: patches } };
}

/** How much ground is new, and that new is not better. */
export function newGroundSentence({ share }: NewGround): string {
  const { cnn, previousStudyRfMaxent: earlier } = publishedStudy();
  return `Marked by the CNN and not by the best ${percentText(earlier.areaShare)} of the forest: ${percentText(share)} of the area. Published for Hezuo: ${percentText(cnn.newAreaShare)}. A map that agrees less with another marks more new ground; that makes it no better.`;
}
