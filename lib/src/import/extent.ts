import { InputError } from "../errors";
import { type Region, regionOf } from "../grid/grid";
import { DEFAULT_SPACINGS } from "../manifest/area-manifest";
import { rowsByPlace } from "../samples/places";
import { sampledGround } from "../samples/sampled-ground";
import type { RasterFile } from "./raster-evidence";
import type { Wishes } from "./wishes";

/** Pixels across the mean distance between samples. */
const PIXELS_A_SPACING = 5;

/** The study's grid, and how it came about. */
export interface Extent {
  readonly region: Region;
  readonly pixelSize: number;
  readonly notes: readonly string[];
}

type Places = readonly (readonly [number, number])[];

/**
 * Region and pixel size: as wished, or the first raster's, or around the samples, rounded outwards
 * to whole pixels.
 *
 * @param raster the first, when it is in the study's CRS
 * @param samples places in the study's CRS
 * @throws InputError when nothing says them
 */
export function extentOf(
  wishes: Pick<Wishes, "region" | "pixelSize" | "area">,
  raster: RasterFile | null,
  samples: Places,
): Extent {
  const pixelSize = wishes.pixelSize ?? pixelOf(raster, samples, wishes);
  const edges = wishes.region ?? (raster === null ? null : regionOf(raster.geometry));
  if (pixelSize === null || (edges === null && samples.length < 2)) {
    throw new InputError({
      kind: "parameter",
      field: "region and pixel size",
      found: "neither rasters nor samples that say them",
      expected: "edges and the size of a pixel in the study's CRS",
      remedy: "Give --region W,E,S,N and --pixel SIZE.",
    });
  }
  const region = edges ?? outwards(boxOf(samples), pixelSize);
  const from = (wished: boolean) =>
    wished ? "as given" : raster === null ? "from the samples" : `from ${raster.file}`;
  const { west, east, south, north } = region;
  return {
    region,
    pixelSize,
    notes: [
      `region ${west} to ${east} east, ${south} to ${north} north, ${from(wishes.region !== undefined)}`,
      `pixel ${pixelSize} m, ${from(wishes.pixelSize !== undefined)}`,
    ],
  };
}

function pixelOf(
  raster: RasterFile | null,
  samples: Places,
  { region, area }: Pick<Wishes, "region" | "area">,
): number | null {
  if (raster !== null) {
    const [, width, , , , minusHeight] = raster.geometry.transform;
    return rounded(Math.min(width, -minusHeight));
  }
  if (samples.length < 2) return null;
  const edges = region ?? boxOf(samples);
  const { west, east, south, north } = edges;
  const places = samples.map(([easting, northing]) => ({ easting, northing }));
  const apart = rowsByPlace(places).map(([row]) => samples[row]);
  const inside = apart.filter(([x, y]) => x >= west && x <= east && y >= south && y <= north);
  const extent = (east - west) * (north - south);
  if (!(extent > 0) || inside.length === 0) return null;
  // Around samples their spacing is that of the ground around them, not of the whole rectangle.
  const spacing =
    area === undefined
      ? sampledGround(Float64Array.from(apart.flat()), inside.length, edges, DEFAULT_SPACINGS)
          .spacing
      : Math.sqrt(extent / inside.length);
  return spacing > 0 && Number.isFinite(spacing) ? handy(spacing / PIXELS_A_SPACING) : null;
}

/** The largest of 1, 2, 2.5 and 5 times a power of ten that is not above a number. */
export function handy(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [5, 2.5, 2, 1].find((one) => one * power <= value * (1 + 1e-9)) ?? 1;
  return rounded(step * power);
}

function boxOf(places: Places): Region {
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const [x, y] of places) {
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.south = Math.min(box.south, y);
    box.north = Math.max(box.north, y);
  }
  return box;
}

function outwards({ west, east, south, north }: Region, pixel: number): Region {
  return {
    west: rounded(Math.floor(west / pixel) * pixel),
    east: rounded(Math.ceil(east / pixel) * pixel),
    south: rounded(Math.floor(south / pixel) * pixel),
    north: rounded(Math.ceil(north / pixel) * pixel),
  };
}

/** Without the last bits of binary fractions. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
