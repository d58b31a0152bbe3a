import { basename, resolve } from "node:path";
import { InputError } from "../errors";
import { readFeatures } from "../formats/features";
import type { GeojsonFeature } from "../formats/geojson";
import type { InputBytes } from "../formats/input-bytes";
import { requireMetric } from "../grid/epsg";
import { gridOverRegion, type Region } from "../grid/grid";
import type { Polygon } from "../grid/shapes";
import type { Manifest, PolygonZones, VectorInput } from "../manifest/manifest";
import { MANIFEST_FILE, readManifest } from "../manifest/read-manifest";
import { readSamples } from "../samples/read-samples";
import { readInput } from "./inputs";
import { readArea } from "./read-area";
import { readOccurrences } from "./read-occurrences";
import type { Study, VectorLayer, Zone } from "./types";
import { featurePolygons, vectorLayer } from "./vectors";
import { zonesBesideLine } from "./zones";

/**
 * Reads a study: its manifest, and every input file that the manifest names, checked against its
 * checksum. Evidence is not derived yet; GeoTIFFs are verified but not opened.
 *
 * @param folder the study folder; its name is the study's id
 * @throws InputError for the first thing wrong with the manifest or an input
 */
export async function loadStudy(folder: string): Promise<Study> {
  const manifest = readManifest(folder);
  const inputs = new Map(
    Object.entries(manifest.files).map(([path, sha256]) => [path, readInput(folder, path, sha256)]),
  );
  // Every file that a field names is listed under files: the manifest was checked for it.
  const bytes = new Map([...inputs].map(([path, input]) => [path, input.bytes]));
  const { crs, region, pixelSize, mainCommodity } = manifest;
  const { title } = manifest.occurrences;
  requireMetric(crs, region, MANIFEST_FILE);
  const vectors = manifest.vectors.map((source) => readVectorLayer(source, bytes, manifest));
  const samples =
    manifest.samples === null ? null : readSamples(manifest.samples, bytes, crs, region);
  return {
    id: basename(resolve(folder)),
    title: manifest.title,
    kind: manifest.kind,
    licence: manifest.licence,
    source: manifest.source,
    crs,
    region,
    pixelSize,
    geometry: gridOverRegion(region, pixelSize, crs),
    area: readArea(manifest, bytes, samples),
    ...readOccurrences(manifest.occurrences, bytes, crs, mainCommodity),
    ...(title !== undefined && { occurrencesTitle: title }),
    mainCommodity,
    samples,
    grids: manifest.grids,
    vectors,
    drawn: manifest.drawn,
    geology: manifest.geology,
    zones: zonesOf(manifest, vectors, bytes),
    evidence: manifest.evidence,
    inputs: [...inputs.values()].map(({ file }) => file),
    folder: resolve(folder),
  };
}

/**
 * A layer of the study's vectors, in its CRS.
 *
 * @throws InputError when the file is none, or does not reach into the region
 */
export function readVectorLayer(
  source: VectorInput,
  bytes: InputBytes,
  { crs, region }: Pick<Manifest, "crs" | "region">,
): VectorLayer {
  const layer = vectorLayer(source.name, readFeatures(source, bytes, crs), source.file);
  requireWithin(layer, region, source.file);
  return layer;
}

/**
 * The zones of a study; none when the manifest gives none.
 *
 * @param vectors the study's, among them the line that divides it
 */
export function zonesOf(
  { zones, crs, region }: Manifest,
  vectors: readonly VectorLayer[],
  bytes: InputBytes,
): Zone[] {
  if (zones === null) return [];
  if (zones.from === "line") {
    const layer = vectors.find(({ name }) => name === zones.layer)!;
    return zonesBesideLine(layer.lines, region, zones);
  }
  return polygonZones(readFeatures(zones, bytes, crs), zones);
}

/** One zone a value of a property, in the order in which the values first occur. */
function polygonZones(
  features: readonly GeojsonFeature[],
  { file, property }: PolygonZones,
): Zone[] {
  const polygons = new Map<string, Polygon[]>();
  for (const feature of features) {
    const name = feature.properties[property];
    if (typeof name !== "string" || name.trim() === "") {
      throw new InputError({
        kind: "values",
        file,
        field: `${feature.place}.properties.${property}`,
        found: JSON.stringify(name) ?? "nothing",
        expected: "the name of a zone",
      });
    }
    const known = polygons.get(name) ?? [];
    known.push(...featurePolygons(feature, file));
    polygons.set(name, known);
  }
  return [...polygons].map(([name, parts]) => ({ name, polygons: parts }));
}

/** A layer that does not reach into the region is most likely in another CRS, such as degrees. */
function requireWithin({ lines, polygons }: VectorLayer, region: Region, file: string): void {
  const parts = [...lines, ...polygons.flat()];
  if (parts.some((part) => reachesInto(part, region))) return;
  throw new InputError({
    kind: "georeference",
    file,
    field: "coordinates",
    found: `nothing that reaches into the region; the first vertex is at ${parts[0][0]}, ${parts[0][1]}`,
    expected: `eastings ${region.west} to ${region.east}, northings ${region.south} to ${region.north}`,
    remedy: `Check that the file is in the study's CRS, or give its EPSG code as "crs" in study.json.`,
  });
}

/** Whether the box around a line or ring, which may have no vertex in the region, overlaps it. */
function reachesInto(part: Float64Array, { west, east, south, north }: Region): boolean {
  const eastings = part.filter((_, at) => at % 2 === 0);
  const northings = part.filter((_, at) => at % 2 === 1);
  const overlaps = (values: Float64Array, from: number, to: number) =>
    values.some((value) => value >= from) && values.some((value) => value <= to);
  return overlaps(eastings, west, east) && overlaps(northings, south, north);
}
