/** What the text of a CSV file is written in. */
export type TextEncoding = "utf-8" | "windows-1252" | "iso-8859-1";

/** A file of points, lines or polygons. */
export interface FeatureSource {
  readonly format: "geojson" | "shapefile" | "geopackage";
  readonly file: string;
  /** GeoPackage: the layer, needed when it has several. */
  readonly layer?: string;
  /** EPSG code of the coordinates, when it is not the study's and the file does not say it. */
  readonly crs?: number;
}

/** A CSV table of points with a header. */
export interface TableSource {
  readonly format: "csv";
  readonly file: string;
  readonly easting: string;
  readonly northing: string;
  readonly crs?: number;
  /** UTF-8 without it. */
  readonly encoding?: TextEncoding;
}
