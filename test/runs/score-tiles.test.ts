import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../lib/src/errors";
import { scaleEvidence } from "../../lib/src/evidence/scale";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import type { GridGeometry, GridStack } from "../../lib/src/grid/grid";
import type { Patches } from "../../lib/src/patches/types";
import { randomStream } from "../../lib/src/random";
import type { RunContext } from "../../lib/src/runs/context";
import { SCORE_COST, scorePlan } from "../../lib/src/runs/score-plan";
import { scoreRaster } from "../../lib/src/runs/score-raster";
import { joinTiles, rasterTiles, scoreTile } from "../../lib/src/runs/score-tiles";
import { openRunStore } from "../../lib/src/runs/store";
import { refusalOf } from "../support/refusal";

const [width, height] = [301, 283];
const geometry: GridGeometry = {
  ...{ width, height, transform: [400000, 50, 0, 6800000, 0, -50] },
  crs: { epsg: 32750, name: "UTM zone 50 south" },
};

/** Two bands of noise; nodata right across and higher than a patch, and a hole of a few pixels. */
function noise(): GridStack {
  const { uniform } = randomStream(3, "noise");
  const bands = ["a", "b"].map((name) => ({
    name,
    geometry,
    values: Float32Array.from({ length: width * height }, (_, pixel) => {
      const [row, column] = [Math.floor(pixel / width), pixel % width];
      const isHole = row > 200 && row < 205 && column > 40 && column < 90;
      return isHole || (row > 100 && row < 170) ? Number.NaN : 5 * uniform() - 2;
    }),
  }));
  return { geometry, bands };
}

const { ranges } = scaleEvidence(noise());

/** A score that depends on the order of pixels and bands. */
function score({ values, places, layout, bands }: Patches): Float64Array {
  const perPatch = layout.size ** 2 * bands.length;
  return Float64Array.from(places, (_, patch) => {
    let sum = 0;
    for (let at = 0; at < perPatch; at++) sum += values[patch * perPatch + at] * Math.sin(at);
    return sum;
  });
}

const scoringOf = (tiles: number, stride = 12, size = 12) => ({
  ...{ bands: [2, 1], size, stride, ranges: [ranges[1], ranges[0]], scorer: "sums", tiles },
});

/** A folder with the raster in it, and a run whose store is empty. */
function ground() {
  const folder = mkdtempSync(join(tmpdir(), "tiles-"));
  const path = join(folder, "evidence.tif");
  writeGeoTiff(path, noise());
  const run: RunContext = {
    ...{ store: openRunStore(join(folder, ".runs")), seed: 1 },
    backend: { name: "cpu", version: "none", threads: 1 },
    progress: () => ({ update() {}, finish() {} }),
    onTrial() {},
  };
  return { folder, path, run };
}

const options = { name: "score", provenance: { study: "noise" } };

/** The map of the one-machine command. */
async function atOnce(path: string, stride: number, size = 12): Promise<Buffer> {
  const output = join(path, "..", "at-once.tif");
  const raster = await openGeoTiff(path);
  const { bands, ranges: turned } = scoringOf(1);
  await scoreRaster(raster, output, { ...options, bands, size, stride, ranges: turned, score });
  raster.close();
  return readFileSync(output);
}

describe("a raster in tiles", () => {
  it.each([
    [12, 12],
    [5, 12],
    [17, 12],
    [1, 3],
  ])(
    "joined is the map at once to the byte, in any number of tiles: stride %i, size %i",
    async (stride, size) => {
      const { folder, path } = ground();
      const whole = await atOnce(path, stride, size);
      for (const tiles of [1, 3, 1000]) {
        const { run } = ground();
        const scoring = scoringOf(tiles, stride, size);
        const planned = await openGeoTiff(path);
        const numbers = rasterTiles(planned, scoring).map((_, number) => number);
        planned.close();
        expect(numbers.length).toBe(Math.min(tiles, numbers.length));
        // In another order, each by a process that has opened the file itself.
        for (const number of numbers.reverse()) {
          const raster = await openGeoTiff(path);
          await scoreTile(run, raster, scoring, number, score);
          raster.close();
        }
        const raster = await openGeoTiff(path);
        const output = join(folder, `joined-${tiles}.tif`);
        const joined = await joinTiles(run, raster, scoring, output, options);
        raster.close();
        expect(readFileSync(output).equals(whole)).toBe(true);
        const [map] = (await readGeoTiff(output)).bands;
        const scored = map.values.filter((value) => !Number.isNaN(value)).length;
        expect([joined.scored, joined.leftOut]).toEqual([scored, map.values.length - scored]);
      }
    },
  );

  it("covers every row of patches once, and its labels tell the rows of pixels", async () => {
    const raster = await openGeoTiff(ground().path);
    for (const tiles of [1, 2, 3, 5, 12, 1000]) {
      const strips = rasterTiles(raster, scoringOf(tiles)).flatMap((tile) => tile.strips);
      const rows = strips.flatMap(({ row, rows }) =>
        Array.from({ length: rows }, (_, at) => row + at),
      );
      // 283 rows of pixels hold 23 rows of patches of 12.
      expect(rows).toEqual(Array.from({ length: 23 }, (_, row) => row));
    }
    // Of 23 rows a sixteenth, so 2, in a strip: 12 strips, 4 a tile, 8 rows of patches of 12 pixels.
    expect(rasterTiles(raster, scoringOf(3)).map(({ label, patches }) => [label, patches])).toEqual(
      [
        ["rows 0 to 95 of evidence.tif", 8 * 25],
        ["rows 96 to 191 of evidence.tif", 8 * 25],
        ["rows 192 to 275 of evidence.tif", 7 * 25],
      ],
    );
    for (const tiles of [0, -1, 1.5, Number.NaN]) {
      expect(await refusalOf(() => rasterTiles(raster, scoringOf(tiles)))).toMatchObject({
        field: "tiles",
      });
    }
    raster.close();
  });

  it("a join says which tiles are missing, and leaves no file", async () => {
    const { folder, path, run } = ground();
    const raster = await openGeoTiff(path);
    const scoring = scoringOf(3);
    await scoreTile(run, raster, scoring, 1, score);
    const output = join(folder, "joined.tif");
    const joining = () => joinTiles(run, raster, scoring, output, options);
    expect(await refusalOf(joining)).toMatchObject({
      ...{ kind: "missing-file", file: path, field: "tiles" },
      found: "no scores of 2 of 3: rows 0 to 95 of evidence.tif; rows 192 to 275 of evidence.tif",
    });
    expect(readdirSync(folder).sort()).toEqual([".runs", "evidence.tif"]);
    expect(await refusalOf(() => scoreTile(run, raster, scoring, 3, score))).toMatchObject({
      field: "tile",
      expected: "a number from 0 to 2",
    });
    raster.close();
  });

  it("stopped in the middle of a tile, it goes on with the strips that are done", async () => {
    const { folder, path, run } = ground();
    const raster = await openGeoTiff(path);
    const stop = new AbortController();
    let calls = 0;
    const counted = (patches: Patches) => {
      calls += 1;
      return score(patches);
    };
    const stopping = (patches: Patches) => {
      if (calls === 4) stop.abort(new Error("enough"));
      return counted(patches);
    };
    const signal = stop.signal;
    await expect(scoreTile({ ...run, signal }, raster, scoringOf(1), 0, stopping)).rejects.toThrow(
      "enough",
    );
    expect(calls).toBe(5);
    // The strip in which it was stopped, of one block, was finished before the next was begun.
    // Another number of tiles has the same strips.
    for (const number of [0, 1]) await scoreTile(run, raster, scoringOf(2), number, counted);
    const again = await scoreTile(run, raster, scoringOf(1), 0, () => {
      throw new Error("scored again");
    });
    expect(again).toMatchObject({ strips: 12, fromStore: 12 });
    // As many calls as without a stop: no strip was scored twice.
    const stopped = calls;
    await scoreTile(ground().run, raster, scoringOf(1), 0, counted);
    expect(calls - stopped).toBe(stopped);
    const output = join(folder, "joined.tif");
    await joinTiles(run, raster, scoringOf(2), output, options);
    raster.close();
    expect(readFileSync(output).equals(await atOnce(path, 12))).toBe(true);
  });

  it("scores only what has changed in the file, wherever it lies", async () => {
    const { folder, path, run } = ground();
    const refuse = () => {
      throw new Error("scored again");
    };
    const open = async <T>(
      file: string,
      act: (raster: Awaited<ReturnType<typeof openGeoTiff>>) => T,
    ) => {
      const raster = await openGeoTiff(file);
      try {
        return await act(raster);
      } finally {
        raster.close();
      }
    };
    await open(path, (raster) => scoreTile(run, raster, scoringOf(1), 0, score));
    const moved = join(folder, "moved.tif");
    copyFileSync(path, moved);
    expect(
      await open(moved, (raster) => scoreTile(run, raster, scoringOf(1), 0, refuse)),
    ).toMatchObject({ fromStore: 12 });
    // Other ground in the south: of tiles of 256 rows only the second row is another.
    const stack = noise();
    for (const { values } of stack.bands) values[values.length - 20 * width + 100] = 0.25;
    writeGeoTiff(moved, stack);
    const output = join(folder, "joined.tif");
    const joining = () =>
      open(moved, (raster) => joinTiles(run, raster, scoringOf(12), output, options));
    // Patches of 12 from 252 on, so row 21 and those after it, reach beyond row 255.
    expect((await refusalOf(joining)).found).toMatch(
      /^no scores of 2 of 12: rows 240 to 263 of moved.tif; rows 264 to 275 of moved.tif$/,
    );
    const again = await open(moved, (raster) => scoreTile(run, raster, scoringOf(1), 0, score));
    expect(again).toMatchObject({ strips: 12, fromStore: 10 });
    await joining();
    expect(readFileSync(output).equals(await atOnce(moved, 12))).toBe(true);
  });

  it("a damaged strip counts as missing, and another network's scores are not taken", async () => {
    const { folder, path, run } = ground();
    const store = openRunStore(join(folder, ".runs"), () => undefined);
    const quiet = { ...run, store };
    const raster = await openGeoTiff(path);
    await scoreTile(quiet, raster, scoringOf(1), 0, score);
    const output = join(folder, "joined.tif");
    const other = { ...scoringOf(1), scorer: "others" };
    expect(
      (await refusalOf(() => joinTiles(quiet, raster, other, output, options))).found,
    ).toContain("1 of 1");
    const strips = join(folder, ".runs", "scored-strip");
    const [one] = readdirSync(strips).filter((name) => name.endsWith(".run"));
    writeFileSync(join(strips, one), readFileSync(join(strips, one)).subarray(0, 100));
    await expect(joinTiles(quiet, raster, scoringOf(1), output, options)).rejects.toThrow(
      InputError,
    );
    rmSync(strips, { recursive: true });
    raster.close();
  });
});

describe("the plan of a raster in tiles", () => {
  it("lists tiles that need nothing, then the join that needs them all, as plain data", async () => {
    const { path, run, folder } = ground();
    const raster = await openGeoTiff(path);
    const wish = {
      raster: { path, bytes: 1, modified: "2026-01-01T00:00:00.000Z" },
      ...({ study: "noise", results: folder, by: "error", scoring: scoringOf(3) } as const),
      ...{ output: join(folder, "map.tif"), ...options },
    };
    const jobs = scorePlan(run, raster, wish, 1e6);
    raster.close();
    expect(JSON.parse(JSON.stringify(jobs))).toEqual(jobs);
    expect(jobs.map(({ kind, needs }) => [kind, needs.length])).toEqual([
      ...[
        ["tile", 0],
        ["tile", 0],
        ["tile", 0],
      ],
      ["join", 3],
    ]);
    const [tile, , , last] = jobs;
    // 8 rows of 25 patches, each of 144 pixels read and 144 cut, in 2 bands, and 1e6 multiplications.
    const { start, value, billion, score: each, byte, mebibytes } = SCORE_COST;
    expect(tile.seconds).toBeCloseTo(start + 200 * 288 * 2 * value + 0.2 * billion, 9);
    // 23 rows of 25 scores, and a file of 1 byte.
    expect(last.seconds).toBeCloseTo(start + 575 * each + byte, 9);
    expect(jobs.every((job) => job.mebibytes === mebibytes && job.threads === 1)).toBe(true);
    expect(last.needs).toEqual(jobs.slice(0, 3).map(({ key }) => key));
    expect(tile.label).toBe("rows 0 to 95 of evidence.tif");
    expect(tile.task).toEqual({ ...wish, kind: "tile", tile: 0 });
    const keys = new Set(jobs.map(({ key }) => key));
    expect([...keys].every((key) => /^[0-9a-f]{32}$/.test(key)) && keys.size).toBe(4);
    // Another file, or the same one changed, is another work.
    const raster2 = await openGeoTiff(path);
    const changed = { ...wish, raster: { ...wish.raster, bytes: 2 } };
    for (const { key } of scorePlan(run, raster2, changed, 1e6)) expect(keys.has(key)).toBe(false);
    raster2.close();
  });
});
