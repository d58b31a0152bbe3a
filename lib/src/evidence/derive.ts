import { join } from "node:path";
import { InputError } from "../errors";
import { distanceToContacts, distanceToPolygons, distanceToSegments } from "../grid/distance";
import { readGeoTiff } from "../grid/geotiff-read";
import { type Grid, type GridGeometry, type GridStack, gridOverRegion } from "../grid/grid";
import { lineDensity } from "../grid/line-density";
import { lineNodes } from "../grid/line-nodes";
import { rasterisePolygons } from "../grid/rasterise";
import { lineSegments, pointSegments } from "../grid/segments";
import { nearestStrike } from "../grid/strike";
import { areaMask, withinMask } from "../grid/study-area";
import type { EvidenceLayer } from "../manifest/evidence-layer";
import type { RasterOrigin, VectorOrigin } from "../manifest/origins";
import type { Study, VectorLayer } from "../study/types";
import { alignedTo } from "./align";
import { averagedOver } from "./average";
import { type GridLayers, gridLayers } from "./grid-layers";
import { polygonIndicator, polygonWeights } from "./polygon-categories";
import { type SampleLayers, sampleLayers } from "./sample-layers";
import { requireAligned, requireUsable } from "./stack";

export interface DeriveOptions {
  /** Pixel size in CRS units instead of the study's, such as the coarser one of the smoke profile. */
  readonly pixelSize?: number;
  /** Told before each layer, and once after the last. */
  readonly onProgress?: (progress: DeriveProgress) => void;
}

/** How far the layers have come. */
export interface DeriveProgress {
  /** Label of the layer in progress; empty when all are done. */
  readonly label: string;
  /** Layers done, and layers in all. */
  readonly done: number;
  readonly total: number;
}

/**
 * The evidence of a study on its grid: bands in the manifest's order, named by label.
 *
 * With another pixel size, evidence from vectors is computed on that grid; evidence from GeoTIFF
 * is averaged over blocks, which needs a whole multiple of the raster's pixel size.
 *
 * Outside the study area every band is nodata. Distances are to features wherever they lie, also
 * beyond the area's edge.
 *
 * @throws InputError when a layer cannot be derived, a raster is not on the study grid, or a band
 * has no value, one value, or an infinite one
 */
export async function deriveEvidence(
  study: Study,
  options: DeriveOptions = {},
): Promise<GridStack> {
  const pixelSize = options.pixelSize ?? study.pixelSize;
  const geometry = gridOverRegion(study.region, pixelSize, study.crs);
  const total = study.evidence.length;
  const fromSamples = sampleLayersOf(study, geometry);
  const mask = study.area === null ? null : areaMask(study.area, geometry);
  const fromGrids = study.grids === null ? null : gridLayers(study.folder, study.grids, geometry);
  const bands: Grid[] = [];
  for (const layer of study.evidence) {
    options.onProgress?.({ label: layer.label, done: bands.length, total });
    // Lets a progress line be drawn before the next layer takes the thread.
    await new Promise((resolve) => setImmediate(resolve));
    const values = withinMask(
      await layerValues(study, layer, geometry, { fromSamples, fromGrids }),
      mask,
    );
    const band = { name: layer.label, geometry, values };
    requireUsable(band, layer.origin.from === "geotiff" ? layer.origin.file : undefined);
    bands.push(band);
  }
  options.onProgress?.({ label: "", done: total, total });
  return { geometry, bands };
}

/** What makes layers of which several share work. */
interface LayerMakers {
  readonly fromSamples: SampleLayers | null;
  readonly fromGrids: GridLayers | null;
}

async function layerValues(
  study: Study,
  { id, origin }: EvidenceLayer,
  geometry: GridGeometry,
  { fromSamples, fromGrids }: LayerMakers,
) {
  if (origin.from === "geotiff") return rasterValues(study, origin, geometry);
  // A layer from samples or grids in a manifest without any is refused when the manifest is read.
  if (origin.from === "samples") return fromSamples!(origin);
  if (origin.from === "grids") return fromGrids!(origin);
  const layer = study.vectors.find(({ name }) => name === origin.layer);
  if (layer === undefined) {
    throw new InputError({
      kind: "manifest",
      field: `evidence ${id}, origin.layer`,
      found: `"${origin.layer}"`,
      expected: "the name of one of the study's vectors",
    });
  }
  requireFeatures(id, origin, layer);
  return vectorValues(origin, layer, geometry);
}

function sampleLayersOf(study: Study, geometry: GridGeometry) {
  const { samples, evidence } = study;
  if (samples === null) return null;
  const origins = evidence.flatMap(({ origin }) => (origin.from === "samples" ? [origin] : []));
  return sampleLayers(samples, origins, geometry, study);
}

async function rasterValues(
  study: Study,
  { file, band, resample }: RasterOrigin,
  geometry: GridGeometry,
) {
  const raster = await readGeoTiff(join(study.folder, file), { bands: [band], name: file });
  if (resample !== undefined) return alignedTo(raster.bands[0], geometry, resample, file);
  requireAligned(raster.geometry, study.geometry, file);
  return averagedOver({ ...raster.bands[0], geometry: study.geometry }, geometry, file);
}

function vectorValues(
  origin: VectorOrigin,
  layer: VectorLayer,
  geometry: GridGeometry,
): Float32Array {
  const { lines, polygons } = layer;
  switch (origin.method) {
    case "distance":
      return distanceToSegments(geometry, lineSegments(lines));
    case "distanceToPolygon":
      return distanceToPolygons(geometry, polygons);
    case "distanceToContact":
      return distanceToContacts(geometry, polygons);
    case "insidePolygon":
      return Float32Array.from(rasterisePolygons(geometry, polygons));
    case "category":
      return polygonIndicator(geometry, layer, origin);
    case "categoryWeights":
      return polygonWeights(geometry, layer, origin);
    case "lineDensity":
      return lineDensity(geometry, lines, origin.radius);
    case "distanceToBends": {
      const { bends, intersections } = lineNodes(lines, origin.bendAngle);
      return distanceToSegments(
        geometry,
        pointSegments(Float64Array.of(...bends, ...intersections)),
      );
    }
    case "strikeSine":
      return nearestStrike(geometry, lines).sine;
    case "strikeCosine":
      return nearestStrike(geometry, lines).cosine;
  }
}

const POLYGON_METHODS: readonly string[] = [
  "distanceToPolygon",
  "distanceToContact",
  "insidePolygon",
  "category",
  "categoryWeights",
];

function requireFeatures(id: string, { method }: VectorOrigin, layer: VectorLayer): void {
  const wanted = POLYGON_METHODS.includes(method) ? "polygons" : "lines";
  if (layer[wanted].length > 0) return;
  throw new InputError({
    kind: "values",
    field: `evidence ${id}, ${method} of "${layer.name}"`,
    found: `no ${wanted}`,
    expected: `a layer with ${wanted}`,
  });
}
