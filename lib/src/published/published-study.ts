import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CorrelationHeatmapOptions } from "../figures/correlation-heatmap";
import { projectFolders } from "../project";
import type { Study } from "../study/types";
import { publishedAmong } from "../tables/correlation";

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

/** Layers of the paper below which little is left to set beside its own. */
const FEWEST_LAYERS = 3;

/**
 * Whether a study's evidence layers are the paper's nine or some of them, by their labels and in
 * whatever order: then its numbers can be set against the published ones, and missingLayers says
 * what it lacks. Any other study has its own numbers only.
 */
export function hasPublishedLayers({ evidence }: Pick<Study, "evidence">): boolean {
  const { channels } = publishedStudy().table1EvidenceCorrelation;
  const isOfPaper = evidence.every(({ label }) => channels.includes(label));
  return isOfPaper && evidence.length >= FEWEST_LAYERS;
}

/** Layers of the paper, by their labels, that a study has not. */
export function missingLayers({ evidence }: Pick<Study, "evidence">): string[] {
  const { channels } = publishedStudy().table1EvidenceCorrelation;
  return channels.filter((channel) => evidence.every(({ label }) => label !== channel));
}

/** What to call the published side of a comparison, and which of its layers the study lacks. */
export function publishedHeading(missing: readonly string[]): string {
  return `Published, Hezuo${missing.length === 0 ? "" : `; here no ${missing.join(", ")}`}`;
}

/**
 * Reads the published numbers. They stand beside results of ours and are never used to make one.
 *
 * @param from a folder within the project; the working directory when absent
 */
export function publishedStudy(from?: string): PublishedStudy {
  const path = join(projectFolders(from).root, "data", "published", "zhang2021.json");
  return JSON.parse(readFileSync(path, "utf8")) as PublishedStudy;
}

/** Labels of a study's layers in the order of the paper's Table 3 where they are its, else its own. */
export function layerOrder(study: Pick<Study, "evidence">): string[] {
  if (!hasPublishedLayers(study)) return study.evidence.map(({ label }) => label);
  const labels = study.evidence.map(({ label }) => label);
  const { withoutChannel } = publishedStudy().table3ChannelAblation;
  return withoutChannel.filter((channel) => labels.includes(channel));
}

/** What to call the study's own side of a comparison. */
export function ownHeading({ kind }: Pick<Study, "kind">): string {
  return kind === "synthetic" ? "This study (synthetic)" : "This study";
}

/**
 * What layers of the paper contribute: 1 less the correlation with all evidence (Table 3).
 *
 * @param labels those wanted; all when absent
 */
export function publishedContributions(labels?: readonly string[]): { [label: string]: number } {
  const { withoutChannel, matrix } = publishedStudy().table3ChannelAblation;
  const withAll = matrix[matrix.length - 1];
  const contributions = withoutChannel
    .slice(0, -1)
    .map((label, at) => [label, 1 - withAll[at]] as const);
  return Object.fromEntries(
    contributions.filter(([label]) => labels === undefined || labels.includes(label)),
  );
}

/**
 * What sets a published matrix and the difference beside a study's own in a heat map: where the
 * study has the paper's layers, or some of them, and the labels are published ones. Nothing
 * otherwise, since the entries would not be of the same things.
 */
export function besidePublished(
  study: Pick<Study, "evidence" | "kind">,
  labels: readonly string[],
  published: { readonly labels: readonly string[]; readonly matrix: Matrix },
): Pick<CorrelationHeatmapOptions, "published" | "difference" | "heading"> {
  const isPublished = labels.every((label) => published.labels.includes(label));
  if (!isPublished || !hasPublishedLayers(study)) return {};
  const among = publishedAmong(labels, { channels: published.labels, matrix: published.matrix });
  const heading = publishedHeading(missingLayers(study));
  return {
    heading: ownHeading(study),
    published: { labels: among.channels, matrix: among.matrix, heading },
    difference: "Difference",
  };
}
