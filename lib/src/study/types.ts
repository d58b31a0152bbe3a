import type { Crs, GridGeometry, Region } from "../grid/grid";
import type { Line, Polygon } from "../grid/shapes";
import type { StudyArea } from "../grid/study-area";
import type { EvidenceLayer, GeologyLayer } from "../manifest/evidence-layer";
import type { ElementGridsInput } from "../manifest/grid-manifest";
import type { SampleTable } from "../samples/types";

/** A known mineral occurrence. */
export interface Occurrence {
  /** Name or id that a report can cite; unique within a study. */
  readonly name: string;
  /** What it counts as, such as "Au": the study's main commodity if it has it, else its first. */
  readonly commodity: string;
  /** All that it has, in the order of the source; absent where that is one. */
  readonly commodities?: readonly string[];
  /** In CRS units. */
  readonly easting: number;
  readonly northing: number;
}

/** Occurrences that are judged together, and apart from the study's others. */
export interface NamedOccurrences {
  /** camelCase id used in keys. */
  readonly id: string;
  /** In the plural, such as "past producers". */
  readonly title: string;
  readonly occurrences: readonly Occurrence[];
}

/** Features drawn over maps and used to derive evidence. */
export interface VectorLayer {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly polygons: readonly Polygon[];
  /** What the file says of each polygon, in their order. */
  readonly polygonProperties: readonly Readonly<Record<string, unknown>>[];
}

/** A part of the study area that is fitted and reported apart, such as east of a thrust. */
export interface Zone {
  readonly name: string;
  readonly polygons: readonly Polygon[];
}

/** What the reader is told about a study wherever its results are shown. */
export interface StudyIdentity {
  /** Folder name under data/. */
  readonly id: string;
  readonly title: string;
  readonly kind: "real" | "synthetic";
  readonly licence: string;
  readonly source: string;
}

/** One input file as it was read. */
export interface InputFile {
  /** Path relative to the study folder. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A study as its manifest describes it, inputs read and verified, evidence not yet derived. */
export interface Study extends StudyIdentity {
  readonly crs: Crs;
  readonly region: Region;
  readonly pixelSize: number;
  /** The study grid at the manifest's pixel size. */
  readonly geometry: GridGeometry;
  /** Ground outside it is nodata everywhere; null when the study speaks of the whole region. */
  readonly area: StudyArea | null;
  /** Occurrences that the study is about, in file order, including any outside the region. */
  readonly occurrences: readonly Occurrence[];
  /** What these are called, such as "lode gold"; by their commodity when absent. */
  readonly occurrencesTitle?: string;
  /** Groups judged apart: parts of these, or others such as placers in a study of lodes. */
  readonly groups: readonly NamedOccurrences[];
  /** The commodity that the study is about. */
  readonly mainCommodity: string;
  /** Geochemical samples; null when the study has none. */
  readonly samples: SampleTable | null;
  /** Rasters of element concentrations; null when the study has none. */
  readonly grids: ElementGridsInput | null;
  readonly vectors: readonly VectorLayer[];
  /** Ids of vector layers that maps draw over the rasters. */
  readonly drawn: readonly string[];
  /** What vector layers are on a geological map, in drawing order. */
  readonly geology: readonly GeologyLayer[];
  readonly zones: readonly Zone[];
  readonly evidence: readonly EvidenceLayer[];
  readonly inputs: readonly InputFile[];
  /** Absolute path of the study folder. */
  readonly folder: string;
}
