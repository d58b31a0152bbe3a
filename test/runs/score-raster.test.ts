import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scaleEvidence } from "../../lib/src/evidence/scale";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import type { GridGeometry, GridStack } from "../../lib/src/grid/grid";
import { patchGrid } from "../../lib/src/patches/assemble";
import { tilePatches } from "../../lib/src/patches/tile";
import type { Patches } from "../../lib/src/patches/types";
import { randomStream } from "../../lib/src/random";
import { rasterRanges, scoreRaster } from "../../lib/src/runs/score-raster";

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

describe("scoreRaster", () => {
  it.each([
    [12, 12],
    [12, 5],
  ])("block by block is the whole at once: size %i, stride %i", async (size, stride) => {
    const stack = noise();
    const path = written(stack);
    const output = join(path, "../score.tif");
    const raster = await openGeoTiff(path);
    const { stack: scaled, ranges: expectedRanges } = scaleEvidence(stack);
    // Some rows of patches at a time, so that blocks end where tiles do not.
    const blockBytes = 200_000;
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
