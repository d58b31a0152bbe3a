import type { Grid, GridGeometry, GridStack } from "../../lib/src/grid/grid";

const geometry: GridGeometry = {
  width: 3,
  height: 2,
  transform: [400000.5, 250, 0, 6801000.25, 0, -125],
  crs: { epsg: 32750, name: "UTM zone 50 south (assumed: the source names no datum)" },
};

function band(name: string, ...values: number[]): Grid {
  return { name, geometry, values: Float32Array.from(values) };
}

/** The stack that test/reference/grid/written.tif holds: awkward values, names and a wide pixel. */
export const WRITTEN_STACK: GridStack = {
  geometry,
  bands: [
    band("DTF", 0, 1.5, -2.25, Number.NaN, 1e-40, 3.4028234663852886e38),
    band("κ <As & Sb>", 0.1, 0.2, 0.3, 0.4, 0.5, Number.NaN),
  ],
};

export const WRITTEN_PROVENANCE = { STUDY: 'a <b> & "c" d\'e', SEED: "7" };

const levels: GridGeometry = { ...geometry, width: 520, height: 259 };

/** The stack of test/reference/grid/written-levels.tif: large enough for overviews, with gaps. */
export const LEVELS_STACK: GridStack = {
  geometry: levels,
  bands: [
    {
      name: "ramp",
      geometry: levels,
      values: Float32Array.from({ length: 520 * 259 }, (_, pixel) => {
        const row = Math.floor(pixel / 520);
        const column = pixel % 520;
        const isGap = (row < 9 && column > 505) || pixel % 1009 === 0;
        return isGap ? Number.NaN : row + column / 4;
      }),
    },
  ],
};
