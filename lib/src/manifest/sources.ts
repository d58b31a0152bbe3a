/** What the text of a CSV file is written in. */
export type TextEncoding = "utf-8" | "windows-1252" | "iso-8859-1";

/** A GeoJSON file of points, lines or polygons, in the study's CRS. */
export interface FeatureSource {
  readonly format: "geojson";
  readonly file: string;
}

/** A CSV table of points with a header, in the study's CRS. */
export interface TableSource {
  readonly format: "csv";
  readonly file: string;
  readonly easting: string;
  readonly northing: string;
  /** UTF-8 without it. */
  readonly encoding?: TextEncoding;
}
