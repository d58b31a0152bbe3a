import type { GeoTIFFImage } from "geotiff";
import { utmZone } from "./epsg";
import type { Refuse } from "./geotiff-refusal";
import type { AffineTransform, Crs, GridGeometry } from "./grid";

/** The code that GeoTIFF keys give to what they define themselves. */
const USER_DEFINED = 32767;

/** Where an image lies, north-up, and in which order its rows are stored. */
export interface ImageGeometry {
  readonly geometry: GridGeometry;
  /** Rows are stored from the south. */
  readonly isSouthUp: boolean;
}

/** Size, place and CRS of a GeoTIFF's image; refuses what is turned, mirrored or not projected. */
export function geometryOf(image: GeoTIFFImage, refuse: Refuse): ImageGeometry {
  const [width, height] = [image.getWidth(), image.getHeight()];
  const { transform, isSouthUp } = northUp(transformOf(image, refuse), height);
  if (!transform.every(Number.isFinite)) {
    throw refuse(
      "transform",
      transform.join(", "),
      "finite numbers",
      "gdal_edit.py -a_ullr mends it.",
    );
  }
  const middle = [
    transform[0] + (width / 2) * transform[1],
    transform[3] + (height / 2) * transform[5],
  ] as const;
  const crs = crsOf(image, middle, refuse);
  return { geometry: { width, height, transform, crs }, isSouthUp };
}

/** Pixels counted from the south-west corner as they are stored, of an image that may lie anywhere. */
export function pixelPlace(image: GeoTIFFImage): ImageGeometry {
  const [width, height] = [image.getWidth(), image.getHeight()];
  const crs = { epsg: null, name: "pixels" };
  const geometry = { width, height, transform: [0, 1, 0, height, 0, -1] as const, crs };
  return { geometry, isSouthUp: false };
}

/** The transform of the same pixels with rows from the north. */
function northUp(transform: AffineTransform, height: number) {
  const [west, pixelWidth, , edge, , rowHeight] = transform;
  if (rowHeight < 0) return { transform, isSouthUp: false };
  const turned = [west, pixelWidth, 0, edge + height * rowHeight, 0, -rowHeight] as const;
  return { transform: turned satisfies AffineTransform, isSouthUp: true };
}

function transformOf(image: GeoTIFFImage, refuse: Refuse): AffineTransform {
  const directory = image.fileDirectory;
  const matrix = directory.getValue("ModelTransformation");
  const scale = directory.getValue("ModelPixelScale");
  const tiepoint = directory.getValue("ModelTiepoint");
  let numbers: number[];
  if (matrix !== undefined) {
    numbers = [matrix[3], matrix[0], matrix[1], matrix[7], matrix[4], matrix[5]];
  } else if (scale !== undefined && tiepoint?.length === 6) {
    const [column, row, , easting, northing] = tiepoint;
    numbers = [easting - column * scale[0], scale[0], 0, northing + row * scale[1], 0, -scale[1]];
  } else {
    throw refuse(
      "transform",
      tiepoint === undefined ? "no georeference" : "ground control points",
      "a pixel size and the place of the north-west corner",
      "gdal_translate -a_ullr or gdalwarp gives it one.",
    );
  }
  const [west, pixelWidth, rowRotation, north, columnRotation, minusPixelHeight] = numbers;
  if (rowRotation !== 0 || columnRotation !== 0) {
    throw refuse("transform", "a rotated raster", "a north-up raster", "gdalwarp turns it.");
  }
  if (!(pixelWidth > 0) || !(Math.abs(minusPixelHeight) > 0)) {
    throw refuse(
      "transform",
      `pixel width ${pixelWidth} and height ${minusPixelHeight}`,
      "columns from west to east, and pixels of some height",
      "gdalwarp turns it.",
    );
  }
  // Where the keys place pixel centres, the corner is half a pixel to the north-west.
  const half = image.getGeoKeys()?.GTRasterTypeGeoKey === 2 ? 0.5 : 0;
  return [
    west - half * pixelWidth,
    pixelWidth,
    0,
    north - half * minusPixelHeight,
    0,
    minusPixelHeight,
  ];
}

function crsOf(image: GeoTIFFImage, middle: readonly [number, number], refuse: Refuse): Crs {
  const keys = image.getGeoKeys();
  const reproject = "gdalwarp -t_srs EPSG:... reprojects, gdal_translate -a_srs EPSG:... declares.";
  if (keys === null || (keys.ProjectedCSTypeGeoKey ?? keys.GeographicTypeGeoKey) === undefined) {
    throw refuse("CRS", "none", "a projected CRS in metres", reproject);
  }
  const code = keys.ProjectedCSTypeGeoKey;
  if (code === undefined) {
    const found = `geographic coordinates (EPSG ${keys.GeographicTypeGeoKey})`;
    const { epsg, name } = utmZone(...middle);
    const remedy = `gdalwarp -t_srs EPSG:${epsg} brings it to metres (${name}).`;
    throw refuse("CRS", found, "a projected CRS in metres", remedy);
  }
  const unit = keys.ProjLinearUnitsGeoKey;
  if (unit !== undefined && unit !== 9001) {
    throw refuse("CRS", `linear unit EPSG ${unit}`, "metres (EPSG 9001)", reproject);
  }
  const citation: string | undefined = keys.GTCitationGeoKey ?? keys.PCSCitationGeoKey;
  const epsg = code === USER_DEFINED ? null : Number(code);
  // Keys end in "|", which a citation of more bytes than letters keeps.
  const name = citation?.replace(/[|\0]+$/, "");
  return { epsg, name: name ?? (epsg === null ? "local system in metres" : `EPSG:${epsg}`) };
}
