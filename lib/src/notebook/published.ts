import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CorrelationHeatmapOptions } from "../figures/correlation-heatmap";
import type { Study } from "../study/types";
import { projectFolders } from "./environment";

/** A published matrix with the names of its rows and columns. */
type Matrix = readonly (readonly number[])[];

/** Numbers that Zhang et al. (2021) print for Hezuo, as data/published/zhang2021.json has them. */
export interface PublishedStudy {
  readonly source: string;
  readonly studyArea: {
    readonly patches12: number;
    readonly streamSedimentSamples: number;
    readonly elementsAnalysed: readonly string[];
    readonly deposits: {
      readonly Au: number;
      readonly AuWest: number;
      readonly AuEast: number;
      readonly Cu: number;
      readonly Fe: number;
      readonly SbAndPolymetallic: number;
      readonly total: number;
    };
  };
  readonly table1EvidenceCorrelation: {
    readonly channels: readonly string[];
    readonly matrix: Matrix;
  };
  readonly table2CaeStability: { readonly runs: readonly string[]; readonly matrix: Matrix };
  readonly table3ChannelAblation: {
    readonly withoutChannel: readonly string[];
    readonly matrix: Matrix;
  };
  readonly roc: { readonly allDepositsAllEvidenceAuc: number };
  readonly cnn: {
    readonly finalLossAbout: number;
    readonly finalAccuracyAbove: number;
    readonly bestAreaShare: number;
    readonly bestAuShare: number;
    /** As the paper words them: "6 of 6" and "8 of 12". */
    readonly bestAuWest: string;
    readonly bestAuEast: string;
    /** Share of the area that is newly delineated. */
    readonly newAreaShare: number;
  };
  /** The authors' earlier maps by random forest and maximum entropy. */
  readonly previousStudyRfMaxent: {
    readonly areaShare: number;
    readonly AuShareAbove: number;
  };
}

/**
 * Whether a study has the paper's nine evidence layers, by their labels and in whatever order: then
 * its numbers can be set against the published ones. Any other study has its own numbers only.
 */
export function hasPublishedLayers({ evidence }: Pick<Study, "evidence">): boolean {
  const { channels } = publishedStudy().table1EvidenceCorrelation;
  const labels = evidence.map(({ label }) => label);
  return labels.length === channels.length && channels.every((label) => labels.includes(label));
}

/** Reads the published numbers. They stand beside results of ours and are never used to make one. */
export function publishedStudy(): PublishedStudy {
  const path = join(projectFolders().root, "data", "published", "zhang2021.json");
  return JSON.parse(readFileSync(path, "utf8")) as PublishedStudy;
}

/** Labels of a study's layers in the order of the paper's Table 3 where it has those, else its own. */
export function layerOrder(study: Pick<Study, "evidence">): string[] {
  if (!hasPublishedLayers(study)) return study.evidence.map(({ label }) => label);
  return publishedStudy().table3ChannelAblation.withoutChannel.slice(0, -1);
}

/** What to call the study's own side of a comparison. */
export function ownHeading({ kind }: Pick<Study, "kind">): string {
  return kind === "synthetic" ? "This study (synthetic)" : "This study";
}

/** What each layer of the paper contributes: 1 less the correlation with all evidence (Table 3). */
export function publishedContributions(): { [label: string]: number } {
  const { withoutChannel, matrix } = publishedStudy().table3ChannelAblation;
  const withAll = matrix[matrix.length - 1];
  return Object.fromEntries(
    withoutChannel.slice(0, -1).map((label, at) => [label, 1 - withAll[at]]),
  );
}

/**
 * What sets a published matrix and the difference beside a study's own in a heat map: where the
 * study has the paper's layers and the labels are the published ones. Nothing otherwise, since the
 * entries would not be of the same things.
 */
export function besidePublished(
  study: Pick<Study, "evidence" | "kind">,
  labels: readonly string[],
  published: { readonly labels: readonly string[]; readonly matrix: Matrix },
): Pick<CorrelationHeatmapOptions, "published" | "difference" | "heading"> {
  const isSame =
    labels.length === published.labels.length &&
    published.labels.every((label) => labels.includes(label));
  if (!isSame || !hasPublishedLayers(study)) return {};
  return {
    heading: ownHeading(study),
    published: { ...published, heading: "Published, Hezuo" },
    difference: "Difference",
  };
}
