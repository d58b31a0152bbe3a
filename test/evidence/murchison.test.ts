import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { deriveEvidence } from "../../lib/src/evidence/derive";
import { distanceToPolygons } from "../../lib/src/grid/distance";
import { type GridStack, pixelCentre } from "../../lib/src/grid/grid";
import { loadStudy } from "../../lib/src/study/load";
import { locateOccurrences } from "../../lib/src/study/occurrences";
import type { Occurrence, Study } from "../../lib/src/study/types";

const reference = join(__dirname, "../reference/grid/murchison-distances.json");
/** Window of the murchison data set in spatstat.data. */
const WINDOW = { west: 352782.9, east: 682589.6, south: 6699742, north: 7101484 };

let study: Study;
let evidence: GridStack;
let gold: number[];
let inWindow: boolean[];

beforeAll(async () => {
  study = await loadStudy(join(__dirname, "../../data/murchison"));
  evidence = await deriveEvidence(study);
  gold = locateOccurrences(study.occurrences, evidence).inside.map(({ pixel }) => pixel);
  const { width, height } = study.geometry;
  inWindow = Array.from({ length: width * height }, (_, pixel) => {
    const { easting, northing } = pixelCentre(
      study.geometry,
      Math.floor(pixel / width),
      pixel % width,
    );
    const { west, east, south, north } = WINDOW;
    return easting >= west && easting <= east && northing >= south && northing <= north;
  });
});

function valuesOf(id: string): Float32Array {
  return evidence.bands[study.evidence.findIndex((layer) => layer.id === id)].values;
}

/** Share of the area whose value is below a gold deposit's, ties half, averaged over deposits. */
function meanShareBelow(values: Float32Array, area = values): number {
  const sorted = area.slice().sort();
  const below = (value: number, orEqual: boolean) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value || (orEqual && sorted[middle] === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const shares = gold.map((pixel) => {
    return (below(values[pixel], false) + below(values[pixel], true)) / 2 / sorted.length;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Distance from a point to the nearest fault, by trying every segment. */
function distanceToFault({ easting, northing }: Occurrence): number {
  const faults = study.vectors.find(({ name }) => name === "faults")?.lines ?? [];
  const distances = faults.map(([x0, y0, x1, y1]) => {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const along = ((easting - x0) * dx + (northing - y0) * dy) / (dx * dx + dy * dy || 1);
    const at = Math.min(1, Math.max(0, along));
    return Math.hypot(x0 + at * dx - easting, y0 + at * dy - northing);
  });
  return Math.min(...distances);
}

describe("Murchison", () => {
  it("has the 255 deposits, 3,252 fault segments and 115 greenstones of its source, and its grid", () => {
    expect(study.occurrences.length).toBe(255);
    expect(gold.length).toBe(255);
    expect(study.vectors.map(({ lines, polygons }) => [lines.length, polygons.length])).toEqual([
      [3252, 0],
      [0, 115],
    ]);
    // (683000 - 352500) / 500 by (7101500 - 6699500) / 500.
    expect([study.geometry.width, study.geometry.height]).toEqual([661, 804]);
  });

  it("gold against distance to fault: AUC 0.8873 at 500 m, as spatstat 3.0 has it", () => {
    expect(Math.abs(1 - meanShareBelow(valuesOf("distanceToFault")) - 0.8873)).toBeLessThan(0.002);
  });

  it("gold against distance to greenstone, 0 inside: AUC 0.9415 with mid-rank ties (spatstat)", () => {
    const greenstone = study.vectors.find(({ name }) => name === "greenstone");
    const distance = distanceToPolygons(study.geometry, greenstone?.polygons ?? []);
    expect(Math.abs(1 - meanShareBelow(distance) - 0.9415)).toBeLessThan(0.002);
  });

  it.each([
    [0.01, 0.059],
    [0.05, 0.416],
    [0.1, 0.592],
    [0.2, 0.796],
    [0.5, 1],
  ])("the %s of area nearest to faults holds %s of the gold (spatstat's roc)", (area, share) => {
    // As spatstat does: the area by pixels of its window, each deposit where it lies exactly (at
    // 1 % of the area the limit is 190 m, less than half a pixel).
    const pixels = valuesOf("distanceToFault").filter((_, pixel) => inWindow[pixel]);
    const limit = pixels.sort()[Math.ceil(area * pixels.length) - 1];
    const captured = study.occurrences.filter((deposit) => distanceToFault(deposit) <= limit);
    // Within one deposit of 255: the two grids' pixels do not coincide.
    expect(Math.abs(captured.length / 255 - share)).toBeLessThan(0.005);
  });

  it("the pixels that reach past spatstat's window move the AUC by less than 0.001", () => {
    const values = valuesOf("distanceToFault");
    const within = values.filter((_, pixel) => inWindow[pixel]);
    expect(values.length - within.length).toBeGreaterThan(0);
    expect(Math.abs(meanShareBelow(values) - meanShareBelow(values, within))).toBeLessThan(0.001);
  });
});

interface ReferencePixel {
  readonly row: number;
  readonly column: number;
  readonly [evidence: string]: number;
}

describe("Murchison's evidence equals numpy's brute force at 300 pixels", () => {
  const { pixels } = JSON.parse(readFileSync(reference, "utf8")) as {
    pixels: readonly ReferencePixel[];
  };

  it.each([
    // Float32 of distances up to 131 km: half of 2^-7 m.
    ["distanceToFault", 0.005],
    ["distanceToContact", 0.005],
    ["insideGreenstone", 0],
    // numpy cuts segments into 20,000 pieces: a piece of the longest, at either end.
    ["faultDensity5km", 1e-5],
    ["faultDensity20km", 1e-5],
    ["strikeSine", 1e-6],
    ["strikeCosine", 1e-6],
  ])("%s", (id, tolerance) => {
    const values = valuesOf(id);
    const found = pixels.map(({ row, column }) => values[row * study.geometry.width + column]);
    found.forEach((value, index) => {
      expect(Math.abs(value - pixels[index][id])).toBeLessThanOrEqual(tolerance);
    });
    expect(new Set(found).size).toBeGreaterThan(1);
  });
});

it("on coarser pixels the evidence is that of the coarser grid, not a thinned one", async () => {
  const coarse = await deriveEvidence(study, { pixelSize: 1500 });
  expect([coarse.geometry.width, coarse.geometry.height]).toEqual([221, 268]);
  // A pixel of 1500 m has the centre of the middle one of its nine pixels of 500 m.
  const fine = valuesOf("distanceToFault");
  const differing = coarse.bands[0].values.filter((value, pixel) => {
    const row = 3 * Math.floor(pixel / 221) + 1;
    const column = 3 * (pixel % 221) + 1;
    return column < 661 && value !== fine[row * 661 + column];
  });
  expect(differing.length).toBe(0);
});

it("progress names each layer in the manifest's order", async () => {
  const seen: string[] = [];
  await deriveEvidence(study, {
    pixelSize: 8000,
    onProgress: ({ label, done, total }) => seen.push(`${done}/${total} ${label}`.trim()),
  });
  expect(seen).toEqual([
    "0/8 DTF",
    "1/8 DTC",
    "2/8 GRN",
    "3/8 FD5",
    "4/8 FD20",
    "5/8 DTB",
    "6/8 SIN",
    "7/8 COS",
    "8/8",
  ]);
});
