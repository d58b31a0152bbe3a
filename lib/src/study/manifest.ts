import type { Crs, Region } from "../grid/grid";
import type { EvidenceLayer } from "./types";

/** Occurrences as GeoJSON points; which properties hold their name and commodity. */
export interface GeojsonOccurrences {
  readonly format: "geojson";
  readonly file: string;
  /** Property with the name or id; without it occurrences are numbered from 1. */
  readonly name?: string;
  /** Put before every name. */
  readonly namePrefix?: string;
  /** Property with the commodity; without it every occurrence is of the main commodity. */
  readonly commodity?: string;
}

/** Occurrences as a CSV table with a header; which columns hold what. */
export interface CsvOccurrences {
  readonly format: "csv";
  readonly file: string;
  readonly easting: string;
  readonly northing: string;
  readonly name?: string;
  readonly namePrefix?: string;
  readonly commodity?: string;
}

/** A GeoJSON file of lines or polygons. */
export interface VectorInput {
  readonly name: string;
  readonly file: string;
}

/** Zones as polygons: one zone a value of a property. */
export interface PolygonZones {
  readonly from: "polygons";
  readonly file: string;
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
  readonly mainCommodity: string;
  /** SHA-256 of every input file, by path in the study folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly occurrences: GeojsonOccurrences | CsvOccurrences;
  readonly vectors: readonly VectorInput[];
  readonly drawn: readonly string[];
  readonly zones: PolygonZones | LineZones | null;
  readonly evidence: readonly EvidenceLayer[];
}
