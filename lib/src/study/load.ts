import { basename, resolve } from "node:path";
import { InputError } from "../errors";
import { type Crs, gridOverRegion, type Region } from "../grid/grid";
import type { Polygon } from "../grid/shapes";
import { parseGeojson } from "./geojson";
import { readInput } from "./inputs";
import type { Manifest } from "./manifest";
import { readManifest } from "./read-manifest";
import { parseOccurrences } from "./read-occurrences";
import type { Study, VectorLayer, Zone } from "./types";
import { featurePolygons, parseVectorLayer } from "./vectors";
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
  const textOf = (path: string) => inputs.get(path)!.bytes.toString("utf8");
  const { crs, region, pixelSize, mainCommodity } = manifest;
  requireReadable(manifest);
  const vectors = manifest.vectors.map(({ name, file }) => {
    const layer = parseVectorLayer(name, textOf(file), file, crs);
    requireWithin(layer, region, file);
    return layer;
  });
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
    occurrences: parseOccurrences(
      manifest.occurrences,
      textOf(manifest.occurrences.file),
      crs,
      mainCommodity,
    ),
    mainCommodity,
    samples: null,
    vectors,
    drawn: manifest.drawn,
    geology: manifest.geology,
    zones: zonesOf(manifest, vectors, textOf),
    evidence: manifest.evidence,
    inputs: [...inputs.values()].map(({ file }) => file),
    folder: resolve(folder),
  };
}

function zonesOf(
  { zones, crs, region }: Manifest,
  vectors: readonly VectorLayer[],
  textOf: (path: string) => string,
): Zone[] {
  if (zones === null) return [];
  if (zones.from === "line") {
    const layer = vectors.find(({ name }) => name === zones.layer)!;
    return zonesBesideLine(layer.lines, region, zones);
  }
  return polygonZones(textOf(zones.file), zones.file, zones.property, crs);
}

/** One zone a value of a property, in the order in which the values first occur. */
function polygonZones(text: string, file: string, property: string, crs: Crs): Zone[] {
  const polygons = new Map<string, Polygon[]>();
  for (const feature of parseGeojson(text, file, crs)) {
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

/** A layer that has no vertex in the region is most likely in another CRS, such as degrees. */
function requireWithin({ lines, polygons }: VectorLayer, region: Region, file: string): void {
  const parts = [...lines, ...polygons.flat()];
  const within = parts.some((part) =>
    part.some(
      (value, at) =>
        at % 2 === 0 &&
        value >= region.west &&
        value <= region.east &&
        part[at + 1] >= region.south &&
        part[at + 1] <= region.north,
    ),
  );
  if (within) return;
  throw new InputError({
    kind: "georeference",
    file,
    field: "coordinates",
    found: `no vertex within the region; the first is at ${parts[0][0]}, ${parts[0][1]}`,
    expected: `eastings ${region.west} to ${region.east}, northings ${region.south} to ${region.north}`,
    remedy: "Check that the file is in the study's CRS; ogr2ogr -t_srs reprojects it.",
  });
}

/** Samples, other formats and other systems are described by the manifest, and not yet read. */
function requireReadable({ occurrences, samples, vectors, zones }: Manifest): void {
  const sources = [occurrences, ...vectors, ...(zones?.from === "polygons" ? [zones] : [])];
  const other = sources.find(
    ({ format, crs }) => crs !== undefined || format === "shapefile" || format === "geopackage",
  );
  if (other === undefined && samples === null) return;
  throw new InputError({
    kind: "format",
    file: (other ?? samples)!.file,
    found: other === undefined ? "samples" : "another format or CRS",
    expected: "GeoJSON or CSV in the study's CRS",
  });
}
