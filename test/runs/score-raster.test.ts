import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scaleEvidence } from "../../lib/src/evidence/scale";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import type { GridGeometry, GridStack } from "../../lib/src/grid/grid";
import { blocksOf } from "../../lib/src/grid/window";
import { patchGrid } from "../../lib/src/patches/assemble";
import { tilePatches } from "../../lib/src/patches/tile";
import type { Patches } from "../../lib/src/patches/types";
import { randomStream } from "../../lib/src/random";
import { rasterRanges, scoreRaster } from "../../lib/src/runs/score-raster";
import { scoringLayout } from "../../lib/src/runs/score-strips";

const geometry: GridGeometry = {
  width: 301,
  height: 283,
  transform: [400000, 50, 0, 6800000, 0, -50],
  crs: { epsg: 32750, name: "UTM zone 50 south" },
};

/** Two bands of noise; a block of nodata as high as several patches, right across. */
function noise(): GridStack {
  const { uniform } = randomStream(3, "noise");
  const bands = ["a", "b"].map((name) => ({
    name,
    geometry,
    values: Float32Array.from({ length: 301 * 283 }, (_, pixel) =>
      pixel > 301 * 100 && pixel < 301 * 170 ? Number.NaN : 5 * uniform() - 2,
    ),
  }));
  return { geometry, bands };
}

/** A score that depends on the order of pixels and bands. */
function score({ values, places, layout, bands }: Patches): Float64Array {
  const perPatch = layout.size ** 2 * bands.length;
  return Float64Array.from(places, (_, patch) => {
    let sum = 0;
    for (let at = 0; at < perPatch; at++) sum += values[patch * perPatch + at] * Math.sin(at);
    return sum;
  });
}

function written(stack: GridStack): string {
  const path = join(mkdtempSync(join(tmpdir(), "score-")), "evidence.tif");
  writeGeoTiff(path, stack);
  return path;
}

describe("how a raster is gone through", () => {
  const all = { bands: [1, 2], size: 12, stride: 12 };
  const layoutOf = (width: number, height: number, blockSize: { width: number; height: number }) =>
    scoringLayout({ geometry: { ...geometry, width, height }, blockSize }, all, 1_000_000);

  it("tiles of a file from north to south, its strips all across, a strip of 256 rows at most", () => {
    // 288 pixels a patch and its own, 2 bands of 4 bytes: 434 patches in a million bytes.
    const tiled = layoutOf(12_000, 12_000, { width: 256, height: 256 });
    // 256 / 12 = 21 rows of patches, so 20 columns: 420.
    expect([tiled.blockRows, tiled.blockColumns]).toEqual([21, 20]);
    // 1000 rows of patches: 47 strips of 21 and one of 13.
    expect([tiled.strips.length, tiled.strips[47]]).toEqual([48, { row: 987, rows: 13 }]);
    const striped = layoutOf(1200, 12_000, { width: 1200, height: 1 });
    expect([striped.blockRows, striped.blockColumns]).toEqual([4, 100]);
    expect(striped.strips.length).toBe(48);
    const wide = layoutOf(12_000, 12_000, { width: 12_000, height: 8 });
    expect([wide.blockRows, wide.blockColumns]).toEqual([1, 434]);
  });

  it("a strip has 2^22 scores at most, and a small raster a sixteenth of its rows in one", () => {
    const { strips } = layoutOf(12 * 2 ** 20, 12 * 100, { width: 256, height: 256 });
    expect([strips.length, strips[0].rows]).toEqual([25, 4]);
    const small = layoutOf(120, 12 * 33, { width: 120, height: 256 });
    expect([small.strips.length, small.strips[0].rows]).toEqual([11, 3]);
  });

  it("windows of a file's tiles cover every pixel once, cut no tile, and hold what is wanted", () => {
    for (const [tile, most, expected] of [
      [{ width: 64, height: 32 }, 64 * 32 * 3, [192, 32]],
      [{ width: 64, height: 32 }, 1e9, [301, 283]],
      [{ width: 301, height: 8 }, 301 * 20, [301, 16]],
      [{ width: 1024, height: 1024 }, 283 * 7, [7, 283]],
      [{ width: 301, height: 283 }, 10, [1, 10]],
    ] as const) {
      const covered = new Uint8Array(301 * 283);
      const windows = [...blocksOf(geometry, tile, most)];
      expect([windows[0].width, windows[0].height]).toEqual(expected);
      for (const { row, column, width, height } of windows) {
        expect(width * height).toBeLessThanOrEqual(most);
        for (let at = 0; at < width * height; at++) {
          covered[(row + Math.floor(at / width)) * 301 + column + (at % width)] += 1;
        }
      }
      expect(covered.every((times) => times === 1)).toBe(true);
    }
  });
});

describe("scoreRaster", () => {
  it.each([
    // Some rows of patches at a time, so that blocks end where tiles do not.
    [12, 12, 200_000],
    [12, 5, 200_000],
    // Some columns of a row, and one patch at a time.
    [12, 5, 20_000],
    [40, 33, 1],
  ])("block by block is the whole at once: size %i, stride %i, %i bytes", async (...given) => {
    const [size, stride, blockBytes] = given;
    const stack = noise();
    const path = written(stack);
    const output = join(path, "../score.tif");
    const raster = await openGeoTiff(path);
    const { stack: scaled, ranges: expectedRanges } = scaleEvidence(stack);
    const ranges = await rasterRanges(raster, { blockBytes });
    expect(ranges).toEqual(expectedRanges);
    const options = { size, stride, ranges, name: "score", score, blockBytes };
    const { scored, leftOut, layout } = await scoreRaster(raster, output, options);
    raster.close();
    const patches = tilePatches(scaled, { size, stride });
    const whole = patchGrid(patches, "score", score(patches));
    const read = await readGeoTiff(output);
    // A file does not say what its cells stand for.
    expect(read.bands.map((band) => ({ ...band, cell: whole.cell }))).toEqual([whole]);
    expect([scored, leftOut]).toEqual([patches.places.length, patches.leftOut.length]);
    expect(layout).toEqual(patches.layout);
  });

  it("stops between two blocks and leaves nothing behind", async () => {
    const path = written(noise());
    const raster = await openGeoTiff(path);
    const stop = new AbortController();
    const stopping = (patches: Patches) => {
      stop.abort(new Error("enough"));
      return score(patches);
    };
    const scoring = scoreRaster(raster, join(path, "../score.tif"), {
      size: 12,
      ranges: await rasterRanges(raster),
      name: "score",
      score: stopping,
      signal: stop.signal,
      blockBytes: 1,
    });
    await expect(scoring).rejects.toThrow("enough");
    raster.close();
    expect(readdirSync(join(path, ".."))).toEqual(["evidence.tif"]);
  });

  it("refuses ranges that are not those of the bands", async () => {
    const raster = await openGeoTiff(written(noise()));
    const options = { size: 12, ranges: [], name: "score", score };
    await expect(scoreRaster(raster, "score.tif", options)).rejects.toThrow(/0 ranges.*2/);
    raster.close();
  });
});
