import { type GridGeometry, gridOverRegion, regionOf } from "../grid/grid";
import type { EvidenceLayer } from "../manifest/evidence-layer";
import type { Manifest } from "../manifest/manifest";

/** A GeoTIFF as it was found. */
export interface RasterFile {
  readonly file: string;
  readonly path: string;
  readonly geometry: GridGeometry;
  readonly bands: readonly string[];
}

/** One layer a band; a raster on another grid than the study's is brought onto it. */
export function rasterEvidence(
  { file, geometry, bands }: RasterFile,
  { region, pixelSize, crs }: Pick<Manifest, "region" | "pixelSize" | "crs">,
): EvidenceLayer[] {
  const study = gridOverRegion(region, pixelSize, crs);
  const finer = geometry.transform[1] <= pixelSize / 2;
  const resample = isOn(geometry, study) ? {} : { resample: finer ? "average" : "bilinear" };
  return bands.map((_, at) => {
    const name = bandName({ file, bands }, at);
    return {
      ...{ id: name, label: name, title: name, unit: "", favourable: null },
      origin: { from: "geotiff", file, band: at + 1, ...resample } as EvidenceLayer["origin"],
    };
  });
}

/** What a band is called: by its name, or by its file where it has none, with a number among several. */
export function bandName({ file, bands }: Pick<RasterFile, "file" | "bands">, at: number): string {
  if (!/^band \d+$/.test(bands[at])) return bands[at];
  const stem = file.replace(/\.[^.]*$/, "");
  return bands.length === 1 ? stem : `${stem} ${at + 1}`;
}

/** Share of a pixel by which corners and sizes differ that programs round otherwise. */
const ROUNDING = 0.01;

/** Same CRS, corner, pixel and size, within the rounding of coordinates in files. */
function isOn(raster: GridGeometry, study: GridGeometry): boolean {
  const pixel = study.transform[1] * ROUNDING;
  return (
    raster.crs.epsg === study.crs.epsg &&
    raster.width === study.width &&
    raster.height === study.height &&
    raster.transform.every((value, at) => Math.abs(value - study.transform[at]) <= pixel) &&
    Object.values(regionOf(raster)).every(
      (edge, at) => Math.abs(edge - Object.values(regionOf(study))[at]) <= pixel,
    )
  );
}
