import { readFileSync } from "node:fs";
import { join } from "node:path";
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
 * Whether a study has the paper's nine evidence layers, by their labels: then its numbers can be
 * set against the published ones. Any other study has its own numbers only.
 */
export function hasPublishedLayers({ evidence }: Pick<Study, "evidence">): boolean {
  const { channels } = publishedStudy().table1EvidenceCorrelation;
  return evidence.map(({ label }) => label).join() === channels.join();
}

/** Reads the published numbers. They stand beside results of ours and are never used to make one. */
export function publishedStudy(): PublishedStudy {
  const path = join(projectFolders().root, "data", "published", "zhang2021.json");
  return JSON.parse(readFileSync(path, "utf8")) as PublishedStudy;
}
