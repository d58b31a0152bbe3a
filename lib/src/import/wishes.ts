import type { Region } from "../grid/grid";
import type { ConcentrationUnit } from "../manifest/manifest";

/** A file of lines or polygons, and what evidence is made of it. */
export interface LayerWish {
  readonly path: string;
  /** "faults" and "intrusions" have their usual layers; "other" those that are named. */
  readonly role: "faults" | "intrusions" | "other";
  /** Methods of evidence from vectors, or category:PROPERTY; none when it is only drawn. */
  readonly methods: readonly string[];
}

/** Where the name of a column says too little. */
export interface ElementWish {
  readonly element: string;
  readonly column: string;
  readonly unit: ConcentrationUnit;
  readonly detectionLimit?: number;
}

/** What the researcher says of a district; what is left out is worked out from the files. */
export interface Wishes {
  /** Paths as given; a layer of a GeoPackage after "#". */
  readonly rasters: readonly string[];
  /** Rasters of element concentrations. */
  readonly elementGrids: readonly string[];
  /** Their elements, by file name, where names do not say them. */
  readonly gridElements: ReadonlyMap<string, string>;
  readonly samples?: string;
  readonly layers: readonly LayerWish[];
  readonly occurrences?: string;
  readonly zones?: string;
  /** File of the study area, or "none" for the whole region; ground near samples without it. */
  readonly area?: string;
  /** Property that names zones, of polygons. */
  readonly zoneProperty?: string;
  /** Names of the left and the right side, of a line. */
  readonly sides?: readonly [string, string];
  readonly epsg?: number;
  readonly region?: Region;
  readonly pixelSize?: number;
  readonly commodity?: string;
  readonly title?: string;
  readonly licence?: string;
  readonly source?: string;
  /** EPSG codes, columns of the coordinates, by file name. */
  readonly crsOf: ReadonlyMap<string, number>;
  readonly coordinatesOf: ReadonlyMap<string, readonly [string, string]>;
  readonly nameOf: ReadonlyMap<string, string>;
  /** Column of the occurrences' commodity. */
  readonly commodityColumn?: string;
  readonly elements: readonly ElementWish[];
  /** Element columns that are read; all without it. */
  readonly readElements?: readonly string[];
  /** Elements that make evidence; all without it. */
  readonly only?: readonly string[];
  /** Unit of the columns that name none. */
  readonly unit?: ConcentrationUnit;
  readonly method: "singularity" | "inverseDistance" | "kriging";
  /** Column with the map sheet of a sample, and whether sheets are levelled. */
  readonly sheet?: string;
  readonly levelSheets: boolean;
  /** What stands for no value, in samples and, numbers, in rasters. */
  readonly missing: readonly (number | string)[];
  /** Rows of tables, and as many of each, that may be left out for want of coordinates. */
  readonly skipRows: number;
  /** Values of rasters and samples that look as if they stood for none, and are measurements. */
  readonly data: readonly number[];
  /** Columns of samples that look as if they held two units, and hold one. */
  readonly dataColumns: readonly string[];
  /** The unit of those values of a column that are not in the unit of its name. */
  readonly mixed: ReadonlyMap<string, ConcentrationUnit>;
  readonly negative?: "detectionLimit" | "missing";
  readonly zero?: "belowDetection" | "missing";
  /** Labels of layers held favourable when high, when low. */
  readonly high: readonly string[];
  readonly low: readonly string[];
}
