import { type GridStack, gridOverRegion } from "../../lib/src/grid/grid";

/** A stack of bands with 100 m pixels, its south-west corner at the origin. */
export function stackOf(
  height: number,
  width: number,
  bands: Record<string, readonly number[]>,
): GridStack {
  const geometry = gridOverRegion(
    { west: 0, south: 0, east: width * 100, north: height * 100 },
    100,
    { epsg: 32750, name: "test" },
  );
  return {
    geometry,
    bands: Object.entries(bands).map(([name, values]) => ({
      name,
      geometry,
      values: Float32Array.from(values),
    })),
  };
}

/** Numbers from 0 up, one a pixel. */
export function counting(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => index + from);
}
