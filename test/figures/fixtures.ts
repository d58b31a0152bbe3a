import { type Grid, gridOverRegion } from "../../lib/src/grid/grid";
import { randomStream } from "../../lib/src/random";
import type { Occurrence, VectorLayer } from "../../lib/src/study/types";

const CRS = { epsg: 32750, name: "UTM zone 50 south" };
const REGION = { west: 350_000, east: 680_000, south: 6_700_000, north: 7_100_000 };

/** A smooth field with one high in the north-east, as coarse as the pixel says, a corner nodata. */
export function fakeGrid(name: string, pixelSize: number, phase = 0): Grid {
  const geometry = gridOverRegion(REGION, pixelSize, CRS);
  const { width, height } = geometry;
  const values = Float32Array.from({ length: width * height }, (_, pixel) => {
    const across = (pixel % width) / width;
    const down = Math.floor(pixel / width) / height;
    if (across < 0.15 && down > 0.85) return Number.NaN;
    const wave = Math.sin(7 * across + phase) * Math.cos(5 * down - phase);
    return wave + 2 * Math.exp(-12 * ((across - 0.8) ** 2 + (down - 0.2) ** 2));
  });
  return { name, geometry, values };
}

/** Occurrences scattered over the middle of the region. */
export function fakeOccurrences(count: number, commodity = "Au", seed = 1): Occurrence[] {
  const random = randomStream(seed, `occurrences/${commodity}`);
  return Array.from({ length: count }, (_, index) => ({
    name: `${commodity} ${index + 1}`,
    commodity,
    easting: 515_000 + 60_000 * random.normal(),
    northing: 6_900_000 + 80_000 * random.normal(),
  }));
}

/** Faults of three vertices, NNW-SSE. */
export function fakeFaults(count: number): Pick<VectorLayer, "name" | "lines" | "polygons"> {
  const random = randomStream(3, "faults");
  const lines = Array.from({ length: count }, () => {
    const easting = REGION.west + 330_000 * random.uniform();
    const northing = REGION.south + 400_000 * random.uniform();
    const bend = 4_000 * random.normal();
    return Float64Array.from([
      easting,
      northing,
      easting + bend - 5_000,
      northing + 15_000,
      easting - 9_000,
      northing + 32_000,
    ]);
  });
  return { name: "Fault", lines, polygons: [] };
}

/** Scores of which positives stand higher by a shift, in standard deviations. */
export function fakeScores(positives: number, negatives: number, shift: number, seed: number) {
  const random = randomStream(seed, "scores");
  const labels = Uint8Array.from({ length: positives + negatives }, (_, index) =>
    index < positives ? 1 : 0,
  );
  const scores = Float64Array.from(labels, (label) => random.normal() + shift * label);
  return { scores, labels };
}
