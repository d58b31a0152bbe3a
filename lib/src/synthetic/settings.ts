import { InputError } from "../errors";
import { type Crs, type GridGeometry, gridOverRegion, type Region } from "../grid/grid";

/** What is asked of the generator. */
export interface DistrictOptions {
  /** Seed of the geology and of everything measured. */
  readonly seed: number;
  /** Seed of the occurrences alone; that of the district when absent. */
  readonly occurrenceSeed?: number;
  /**
   * Occurrences from the mineral system, or anywhere with equal chance: then no evidence holds
   * anything of them, and every AUC should lie near 0.5.
   */
  readonly occurrences?: "mineralSystem" | "anywhere";
  readonly size?: DistrictSize;
}

/** How finely the one district is sampled; its geology does not change with it. */
export interface DistrictSize {
  /** Edge of a study pixel in metres. */
  readonly pixelSize: number;
  /** Number of stream-sediment samples. */
  readonly samples: number;
  /** Edge of the cells on which the mineral system is worked out, in metres. */
  readonly cellSize: number;
}

/** 696 x 876 pixels (58 x 73 patches of 12, 4,234 as published) and 9,041 samples. */
export const PAPER_SIZE: DistrictSize = { pixelSize: 50, samples: 9041, cellSize: 100 };

/** 174 x 219 pixels (14 x 18 patches of 12), for checks. */
export const SMALL_SIZE: DistrictSize = { pixelSize: 200, samples: 1500, cellSize: 200 };

/**
 * 34.8 by 43.8 km. The paper says neither which side is longer nor where the corner lies; the
 * place is made up, and nothing is meant of the ground there.
 */
export const REGION: Region = { west: 400_000, east: 434_800, south: 3_850_000, north: 3_893_800 };

export const CRS: Crs = {
  epsg: 32648,
  name: "WGS 84 / UTM zone 48N; the place is made up",
};

/**
 * The grid of cells on which the mineral system is worked out.
 *
 * @throws InputError when the size has no samples or no pixel
 */
export function workingGrid({ pixelSize, samples, cellSize }: DistrictSize): GridGeometry {
  if (!Number.isInteger(samples) || samples < 1 || !(pixelSize > 0)) {
    throw new InputError({
      kind: "parameter",
      field: "size",
      found: `${samples} samples, pixels of ${pixelSize} m`,
      expected: "a whole number of samples from 1 up, and a pixel size above 0",
    });
  }
  return gridOverRegion(REGION, cellSize, CRS);
}
