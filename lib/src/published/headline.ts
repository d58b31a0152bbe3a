import { captureAt, captureCurve } from "../evaluation/capture";
import { proportionWithInterval } from "../evaluation/proportion";
import { occurrenceShareAt } from "../evaluation/success-rate";
import type { SampledScores } from "../evaluation/types";
import type { OccurrenceGroup } from "../patches/groups";
import type { Study } from "../study/types";
import type { HeadlineItem } from "../tables/headline";
import type { Row } from "../tables/table";
import { hasPublishedLayers, publishedStudy } from "./published-study";

/** A number beside its published other, in per cent, under the key of its metric. */
export interface PublishedHeadlineItem extends HeadlineItem {
  readonly key: string;
  /** The same as a share of 0 to 1. */
  readonly measured: {
    readonly value: number;
    readonly interval?: readonly [number, number];
    readonly n: number;
  };
}

/**
 * The numbers of the paper's Fig. 12 in per cent, in-sample as published: area and occurrences of
 * the CNN at a threshold, and occurrences of RF and MaxEnt in the area share of the earlier study.
 * Published ones stand beside them where the study has the paper's layers.
 *
 * @param group occurrences of the main commodity
 * @param methods scores with the ids "cnn", "rf" and "maxEnt"; those that are missing have no item
 */
export function publishedHeadline(
  study: Pick<Study, "evidence">,
  { assignment, title }: OccurrenceGroup,
  methods: readonly SampledScores[],
  { threshold }: { readonly threshold: number },
): PublishedHeadlineItem[] {
  const { cnn, previousStudyRfMaxent: earlier } = publishedStudy();
  const isComparable = hasPublishedLayers(study);
  const beside = (share: number) => (isComparable ? 100 * share : null);
  return methods.flatMap(({ id, name, inSample }): PublishedHeadlineItem[] => {
    if (id === "cnn") {
      const at = captureAt(inSample, assignment, threshold);
      const captured = Math.round(at.occurrenceShare * at.occurrences);
      const { interval } = proportionWithInterval(captured, at.occurrences);
      return [
        {
          key: `successRate.${id}.main.areaAtThreshold`,
          what: `${name}: % of area at ${threshold} or more`,
          published: beside(cnn.bestAreaShare),
          reproduced: 100 * at.areaShare,
          measured: { value: at.areaShare, n: inSample.length },
        },
        {
          key: `successRate.${id}.main.shareAtThreshold`,
          what: `${name}: % of ${title} there`,
          published: beside(cnn.bestAuShare),
          reproduced: 100 * at.occurrenceShare,
          interval: [100 * interval[0], 100 * interval[1]],
          n: at.occurrences,
          measured: { value: at.occurrenceShare, interval, n: at.occurrences },
        },
      ];
    }
    if (id !== "rf" && id !== "maxEnt") return [];
    const curve = captureCurve(inSample, assignment);
    const value = occurrenceShareAt(curve, earlier.areaShare);
    const captured = Math.round(value * curve.occurrences);
    const { interval } = proportionWithInterval(captured, curve.occurrences);
    const more = isComparable ? " (published: more than)" : "";
    return [
      {
        key: `successRate.${id}.main.shareAtEarlierArea`,
        relation: "above",
        what: `${name}: % of ${title} in ${100 * earlier.areaShare} % of the area${more}`,
        published: beside(earlier.AuShareAbove),
        reproduced: 100 * value,
        interval: [100 * interval[0], 100 * interval[1]],
        n: curve.occurrences,
        measured: { value, interval, n: curve.occurrences },
      },
    ];
  });
}

/**
 * Rows of zoneCaptureRows with what the paper counts in the zone of the same name in Hezuo; as they
 * are where the study has other layers.
 */
export function withPublishedZones(
  study: Pick<Study, "evidence">,
  rows: readonly Row[],
): readonly Row[] {
  if (!hasPublishedLayers(study)) return rows;
  const { bestAuWest: West, bestAuEast: East } = publishedStudy().cnn;
  const published: Readonly<Record<string, string>> = { West, East };
  return rows.map((row) => ({
    ...row,
    "published for Hezuo": published[String(row.zone)] ?? null,
  }));
}
