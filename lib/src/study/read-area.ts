import { InputError } from "../errors";
import { readFeatures } from "../formats/features";
import { formatError } from "../formats/geojson";
import type { InputBytes } from "../formats/input-bytes";
import { ringArea } from "../grid/cell-outline";
import { clippedRing } from "../grid/clip-ring";
import { crossingPoints } from "../grid/crossings";
import { gridOverRegion, type Region } from "../grid/grid";
import { rasterisePolygons } from "../grid/rasterise";
import { contactSegments } from "../grid/segments";
import type { Polygon } from "../grid/shapes";
import type { PolygonArea, SampledArea, StudyArea } from "../grid/study-area";
import type { PolygonAreaInput } from "../manifest/area-manifest";
import type { Manifest } from "../manifest/manifest";
import { sampledGround } from "../samples/sampled-ground";
import { placesOf } from "../samples/survey";
import type { SampleTable } from "../samples/types";
import { featurePolygons } from "./vectors";

/**
 * The study area, in the study's CRS; null when it is the whole region.
 *
 * @param samples the study's, for ground around them
 * @throws InputError when the file holds no polygons, one is not closed, crosses itself or overlaps
 * another, or no pixel's centre of the study grid lies in the area
 */
export function readArea(
  manifest: Pick<Manifest, "area" | "crs" | "region" | "pixelSize">,
  bytes: InputBytes,
  samples: SampleTable | null,
): StudyArea | null {
  const { area, region } = manifest;
  if (area === undefined || area === null) return null;
  if (area.from === "polygons") return polygonArea(area, manifest, bytes);
  // An area around samples in a manifest without any is refused when the manifest is read.
  return sampledArea(samples!, region, area.spacings);
}

/** Ground within so many sample spacings of a sample. */
export function sampledArea(
  table: Pick<SampleTable, "eastings" | "northings" | "outside">,
  region: Region,
  spacings: number,
): SampledArea {
  const places = placesOf(table);
  const inside = table.eastings.length - table.outside;
  const { radius, extent } = sampledGround(places, inside, region, spacings);
  return { from: "samples", spacings, radius, places, extent };
}

function polygonArea(
  input: PolygonAreaInput,
  { crs, region, pixelSize }: Pick<Manifest, "crs" | "region" | "pixelSize">,
  bytes: InputBytes,
): PolygonArea {
  const { file } = input;
  const features = readFeatures(input, bytes, crs);
  if (features.length === 0) throw formatError(file, "features", "none", "polygons");
  const polygons = features.flatMap((feature) => {
    if (!feature.type.endsWith("Polygon")) {
      throw formatError(file, `${feature.place}.geometry.type`, feature.type, "a polygon");
    }
    const parts = featurePolygons(feature, file);
    for (const part of parts) requireSimple(part, file, feature.place);
    return parts;
  });
  requirePixels(polygons, gridOverRegion(region, pixelSize, crs), region, file);
  const extent = polygons.reduce((sum, polygon) => sum + areaWithin(polygon, region), 0);
  return { from: "polygons", polygons, extent };
}

function requireSimple(polygon: Polygon, file: string, place: string): void {
  const [easting, northing] = crossingPoints(contactSegments([polygon]));
  if (easting === undefined) return;
  throw new InputError({
    kind: "values",
    file,
    field: place,
    found: `an outline that crosses itself at ${Math.round(easting)}, ${Math.round(northing)}`,
    expected: "rings that cross neither themselves nor one another",
    remedy: "Mend it in a GIS (in QGIS: Fix geometries).",
  });
}

/** An area that holds no pixel is most likely in another CRS; one that holds it twice counts twice. */
function requirePixels(
  polygons: readonly Polygon[],
  geometry: Parameters<typeof rasterisePolygons>[0],
  { west, east, south, north }: Region,
  file: string,
): void {
  const claims = new Uint16Array(geometry.width * geometry.height);
  for (const polygon of polygons) {
    rasterisePolygons(geometry, [polygon]).forEach((inside, pixel) => {
      claims[pixel] += inside;
    });
  }
  if (claims.every((count) => count === 0)) {
    const [first] = polygons[0];
    throw new InputError({
      kind: "georeference",
      file,
      field: "area",
      found: `no pixel of the study within it; its first vertex is at ${first[0]}, ${first[1]}`,
      expected: `polygons within eastings ${west} to ${east}, northings ${south} to ${north}`,
      remedy:
        'Check that the file is in the study\'s CRS, or give its EPSG code as "crs" in study.json.',
    });
  }
  if (claims.every((count) => count < 2)) return;
  throw new InputError({
    kind: "values",
    file,
    field: "area",
    found: "polygons that overlap",
    expected: "polygons that share edges at most",
    remedy: "Merge them in a GIS (in QGIS: Dissolve).",
  });
}

/** Area of a polygon, its holes taken off, within a region. */
function areaWithin([outer, ...holes]: Polygon, region: Region): number {
  const within = (ring: Float64Array) => Math.abs(ringArea(clippedRing(ring, region))) / 2;
  return holes.reduce((area, hole) => area - within(hole), within(outer));
}
