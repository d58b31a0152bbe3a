import type { Crs, Region } from "../grid/grid";
import type { AreaInput } from "./area-manifest";
import type { EvidenceLayer, GeologyLayer } from "./evidence-layer";
import type { ElementGridsInput } from "./grid-manifest";
import type { FeatureSource, TableSource } from "./sources";

/** Values of properties or columns, any of which will do. */
export type PropertyValues = Readonly<Record<string, readonly (string | number)[]>>;

/** Occurrences that are judged apart, by what their file says of them. */
export interface OccurrenceGroupInput {
  readonly id: string;
  readonly title: string;
  readonly where: PropertyValues;
}

/** Known occurrences; which properties or columns hold their name and commodity. */
export type OccurrenceInput = (FeatureSource | TableSource) & {
  /** Property or column with the name or id; without it occurrences are numbered from 1. */
  readonly name?: string;
  /** Put before every name. */
  readonly namePrefix?: string;
  /** Property or column with the commodity, or a list of them; without it all are of the main commodity. */
  readonly commodity?: string;
  /** Which of the file's occurrences the study is about; all without it. */
  readonly where?: PropertyValues;
  /** What these are called, such as "lode gold". */
  readonly title?: string;
  readonly groups?: readonly OccurrenceGroupInput[];
};

/** Units of concentration that assays are given in. */
export type ConcentrationUnit = "%" | "ppm" | "ppb" | "g/t" | "mg/kg" | "ug/kg";

/** An element of the samples and the column or property that holds it. */
export interface ElementInput {
  readonly element: string;
  readonly column: string;
  readonly unit: ConcentrationUnit;
  /** Numbers below it count as below detection. */
  readonly detectionLimit?: number;
  /** Numbers above it are taken as the limit. */
  readonly upperLimit?: number;
}

/** Geochemical samples and the rules by which their cells are read. */
export type SamplesInput = (FeatureSource | TableSource) & {
  /** Property or column with the name or id; without it samples are numbered from 1. */
  readonly name?: string;
  readonly elements: readonly ElementInput[];
  /** Property or column with the map sheet or survey of each sample. */
  readonly sheet?: string;
  /** Brings the median of each sheet to that of all samples; nothing without it. */
  readonly levelling?: "median";
  /** Numbers and words that stand for no value, besides empty cells. */
  readonly missing?: readonly (number | string)[];
  /** Words that stand for a value below the element's detection limit. */
  readonly belowDetection?: readonly string[];
  /** What a negative number means; without it one is refused. */
  readonly negative?: "detectionLimit" | "missing";
  /** What an exact zero means; without it one is refused. */
  readonly zero?: "belowDetection" | "missing";
  /** Share of the detection limit that a value below it is given; 0.65 without it. */
  readonly replacement?: number;
};

/** A file of lines and polygons. */
export interface VectorInput extends FeatureSource {
  readonly name: string;
}

/** Zones as polygons: one zone a value of a property. */
export interface PolygonZones extends FeatureSource {
  readonly from: "polygons";
  readonly property: string;
}

/** Two zones on either side of a line, as seen going along it from its first vertex. */
export interface LineZones {
  readonly from: "line";
  readonly layer: string;
  readonly left: string;
  readonly right: string;
}

/** A study's manifest, study.json, as written; data/README.md explains each field. */
export interface Manifest {
  readonly title: string;
  readonly kind: "real" | "synthetic";
  readonly licence: string;
  readonly source: string;
  readonly crs: Crs;
  readonly region: Region;
  readonly pixelSize: number;
  /** The ground that the study speaks of; the whole region when null or absent. */
  readonly area?: AreaInput | null;
  readonly mainCommodity: string;
  /** SHA-256 of every input file, by path in the study folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly occurrences: OccurrenceInput;
  readonly samples: SamplesInput | null;
  /** Rasters of element concentrations that evidence is made from; null when there are none. */
  readonly grids: ElementGridsInput | null;
  readonly vectors: readonly VectorInput[];
  readonly drawn: readonly string[];
  /** Layers of the geological map in drawing order; empty when there is none. */
  readonly geology: readonly GeologyLayer[];
  readonly zones: PolygonZones | LineZones | null;
  readonly evidence: readonly EvidenceLayer[];
}
