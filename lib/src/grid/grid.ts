import { InputError } from "../errors";

/** A coordinate reference system, as far as the source names one. */
export interface Crs {
  /** EPSG code, or null for a local system in metres. */
  readonly epsg: number | null;
  /** What a reader should know of it, such as "UTM zone 50 south; the source names no datum". */
  readonly name: string;
}

/**
 * GDAL's six numbers: easting of the north-west corner, pixel width, 0, northing of the
 * north-west corner, 0, minus the pixel height. Grids here are north-up.
 */
export type AffineTransform = readonly [number, number, number, number, number, number];

/** Where a raster lies: pixels from the north-west corner, row-major, cell edges as GDAL has them. */
export interface GridGeometry {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  readonly transform: AffineTransform;
  readonly crs: Crs;
}

/** West, east, south and north edges in CRS units. */
export interface Region {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** One raster band. */
export interface Grid {
  readonly name: string;
  /** What a cell stands for where it is no pixel of a raster. */
  readonly cell?: "patch" | "window";
  readonly geometry: GridGeometry;
  /** [height, width] row-major from the north-west corner; nodata is NaN. */
  readonly values: Float32Array;
}

/** Several bands on one geometry. */
export interface GridStack {
  readonly geometry: GridGeometry;
  readonly bands: readonly Grid[];
}

/**
 * The grid of square pixels that covers a region: its north-west corner is the region's, and the
 * last row and column reach over the south and east edges where the extent is no whole multiple.
 *
 * @throws InputError when the pixel size or the extent is not positive
 */
export function gridOverRegion(region: Region, pixelSize: number, crs: Crs): GridGeometry {
  const width = Math.ceil((region.east - region.west) / pixelSize - 1e-9);
  const height = Math.ceil((region.north - region.south) / pixelSize - 1e-9);
  if (!(pixelSize > 0) || !(width > 0) || !(height > 0)) {
    throw new InputError({
      kind: "georeference",
      field: "region and pixelSize",
      found: `${JSON.stringify(region)}, ${pixelSize}`,
      expected: "east > west, north > south and a positive pixel size",
    });
  }
  return {
    width,
    height,
    transform: [region.west, pixelSize, 0, region.north, 0, -pixelSize],
    crs,
  };
}

/** The edges of a grid. */
export function regionOf({ width, height, transform }: GridGeometry): Region {
  const [west, pixelWidth, , north, , minusPixelHeight] = transform;
  return {
    west,
    east: west + width * pixelWidth,
    south: north + height * minusPixelHeight,
    north,
  };
}

/** Easting of the centre of a column, northing of the centre of a row. */
export function pixelCentre(geometry: GridGeometry, row: number, column: number) {
  const [west, pixelWidth, , north, , minusPixelHeight] = geometry.transform;
  return {
    easting: west + (column + 0.5) * pixelWidth,
    northing: north + (row + 0.5) * minusPixelHeight,
  };
}

/**
 * The pixel that holds a point, or null outside the grid. A point on a shared edge belongs to the
 * pixel east or south of it; the grid's own east and south edges belong to its last pixels.
 */
export function pixelAt(
  geometry: GridGeometry,
  easting: number,
  northing: number,
): { row: number; column: number } | null {
  const [west, pixelWidth, , north, , minusPixelHeight] = geometry.transform;
  const { east, south } = regionOf(geometry);
  if (!(easting >= west && easting <= east && northing >= south && northing <= north)) return null;
  return {
    row: Math.min(Math.floor((north - northing) / -minusPixelHeight), geometry.height - 1),
    column: Math.min(Math.floor((easting - west) / pixelWidth), geometry.width - 1),
  };
}

/** Area of a pixel in squared CRS units. */
export function pixelArea({ transform }: GridGeometry): number {
  return Math.abs(transform[1] * transform[5]);
}
