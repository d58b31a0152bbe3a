import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import { type GridGeometry, gridOverRegion, pixelCentre } from "../../lib/src/grid/grid";

export interface DistrictOptions {
  readonly bands: number;
  readonly width: number;
  readonly height: number;
}

/** Places of the occurrences: which share of the way east and south, and the commodity. */
const OCCURRENCES = [
  [0.5, 0.5, "Au"],
  [0.42, 0.45, "Au"],
  [0.58, 0.55, "Au"],
  [0.3, 0.6, "Au"],
  [0.65, 0.4, "Au"],
  [0.7, 0.62, "Cu"],
  [0.35, 0.3, "Cu"],
  [0.45, 0.7, "Cu"],
  // In the corner that is nodata.
  [0.02, 0.02, "Au"],
] as const;

/**
 * A made-up district of an oval area, in pixels of 100 m in UTM zone 50 south: evidence.tif with
 * any number of bands, nodata outside the oval, and occurrences.csv with two commodities.
 */
export function writeDistrict(folder: string, { bands, width, height }: DistrictOptions): void {
  mkdirSync(folder, { recursive: true });
  const region = { west: 400_000, east: 400_000 + 100 * width, south: 6_900_000 };
  const geometry = gridOverRegion({ ...region, north: region.south + 100 * height }, 100, {
    epsg: 32750,
    name: "WGS 84 / UTM zone 50S",
  });
  const grids = Array.from({ length: bands }, (_, band) => ({
    name: `Band ${String.fromCharCode(65 + band)}`,
    geometry,
    values: Float32Array.from({ length: width * height }, (_, at) =>
      isInOval(at % width, Math.floor(at / width), geometry) ? wave(at, band, width) : Number.NaN,
    ),
  }));
  writeGeoTiff(join(folder, "evidence.tif"), { geometry, bands: grids });
  const rows = OCCURRENCES.map(([across, down, commodity], at) => {
    const [row, column] = [Math.floor(down * height), Math.floor(across * width)];
    const { easting, northing } = pixelCentre(geometry, row, column);
    return `Prospect ${at + 1},${easting},${northing},${commodity}`;
  });
  writeFileSync(
    join(folder, "occurrences.csv"),
    `Name,Easting,Northing,Commodity\n${rows.join("\n")}\n`,
  );
}

function isInOval(column: number, row: number, { width, height }: GridGeometry): boolean {
  const [x, y] = [(2 * column + 1) / width - 1, (2 * row + 1) / height - 1];
  return x * x + y * y <= 1;
}

function wave(at: number, band: number, width: number): number {
  const [x, y] = [at % width, Math.floor(at / width)];
  return Math.sin(x / (7 + band) + band) * Math.cos(y / (11 + 2 * band)) + (x * y) / 20_000;
}
