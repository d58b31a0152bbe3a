import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  benchmarkMetrics,
  benchmarkRows,
  benchmarkSentence,
} from "../../lib/src/findings/method-benchmark";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { writeGeoTiff } from "../../lib/src/grid/geotiff-write";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import { tilePatches } from "../../lib/src/patches/tile";
import { benchmarkMethods } from "../../lib/src/runs/benchmarked-methods";
import { judgeRaster } from "../../lib/src/runs/judged-raster";
import { loadStudy } from "../../lib/src/study/load";
import type { Study } from "../../lib/src/study/types";
import { judgementLines } from "../../scripts/judge";
import { counting, stackOf } from "../support/stacks";
import { rightStudy, writeStudy } from "../support/study-folder";

const root = join(__dirname, "../..");

/** The small study: 4 x 5 pixels of 100 m, occurrences at (150, 250) and (450, 50). */
async function smallStudy(): Promise<Study> {
  return loadStudy(writeStudy(rightStudy()));
}

/**
 * Scores by pixel from the north-west; the occurrences lie in row 1, column 1 and in row 3, column 4.
 * The lowest row but one has no score in its last column.
 */
const VALUES = [
  ...[1, 2, 3, 4, 5],
  ...[6, 18, 8, 9, 10],
  ...[11, 12, 13, 14, Number.NaN],
  ...[16, 17, 7, 19, 15],
];

function raster(values: readonly number[]): string {
  const path = join(mkdtempSync(join(tmpdir(), "judge-")), "score.tif");
  writeGeoTiff(path, stackOf(4, 5, { anomaly: [...values] }));
  return path;
}

describe("a raster that is judged", () => {
  it("at pixels: occurrences have the score of their pixel, negatives lie far enough", async () => {
    const opened = await openGeoTiff(raster(VALUES));
    const options = { seed: 1, at: "pixels", apart: 250 } as const;
    const judged = await judgeRaster(opened, await smallStudy(), options);
    expect(judged).toMatchObject({ name: "anomaly", points: 20, scored: 19, sites: 2, outside: 0 });
    // Pixels at least 250 m from (150, 250) and (450, 50) by their centres: in the first row that at
    // column 4 (316 m and 300 m), score 5; column 3 is 224 m from the first. In the last row none:
    // column 0 is 224 m from the first, column 2 is 200 m from the second. Row 1, column 4 is 200 m
    // from the second.
    expect(judged.eligible).toBe(1);
    // 18 and 15 both lie above 5.
    expect(judged).toMatchObject({ mean: 1, againstAll: 1, farthest: 0 });
    const turned = await judgeRaster(opened, await smallStudy(), {
      ...options,
      isLowFavourable: true,
    });
    expect(turned.mean).toBe(0);
    opened.close();
  });

  it("at samples, of those that lie in the study", async () => {
    const study = await smallStudy();
    const samples = {
      eastings: Float64Array.of(160, 440, 450, 900),
      northings: Float64Array.of(260, 60, 350, 350),
      ...{ names: [], elements: [], rows: 4, averagedPlaces: 0, outside: 1 },
    };
    const opened = await openGeoTiff(raster(VALUES));
    const judged = await judgeRaster(opened, { ...study, samples }, { seed: 1, apart: 250 });
    expect(judged).toMatchObject({ at: "samples", points: 3, scored: 3, eligible: 1, mean: 1 });
    expect(judged.farthest).toBeCloseTo(Math.hypot(10, 10), 9);
    const elsewhere = { name: "far", commodity: "Au", easting: 9000, northing: 9000 };
    const more = { seed: 1, apart: 250, occurrences: [...study.occurrences, elsewhere] };
    expect(await judgeRaster(opened, { ...study, samples }, more)).toMatchObject({
      sites: 2,
      outside: 1,
    });
    opened.close();
  });

  it("is refused without samples to judge at, in another system and without such a band", async () => {
    const study = await smallStudy();
    const opened = await openGeoTiff(raster(VALUES));
    await expect(judgeRaster(opened, study, { seed: 1 })).rejects.toThrow(/has none.*"pixels"/);
    const pixels = { seed: 1, at: "pixels" } as const;
    await expect(judgeRaster(opened, study, { ...pixels, band: 2 })).rejects.toThrow(/1 to 1/);
    const moved = { ...study, crs: { epsg: 32610, name: "UTM zone 10" } };
    await expect(judgeRaster(opened, moved, pixels)).rejects.toThrow(/EPSG 32750.*EPSG 32610/);
    opened.close();
  });

  it("of methods, each sample with the score of the patch that it lies in", async () => {
    const study = await smallStudy();
    const samples = {
      eastings: Float64Array.of(160, 440, 450),
      northings: Float64Array.of(260, 60, 350),
      ...{ names: [], elements: [], rows: 3, averagedPlaces: 0, outside: 0 },
    };
    const patches = tilePatches(stackOf(4, 5, { any: counting(20) }), { size: 1 });
    const [north, south] = study.occurrences.map((occurrence) => ({ occurrence, patch: 0 }));
    const group = { assignment: { assigned: [north, south] } } as unknown as OccurrenceGroup;
    const scores = VALUES.map((value) => (Number.isNaN(value) ? 0 : value));
    const methods = [
      {
        id: "a",
        name: "A",
        isTold: false,
        inSample: scores,
        outOfSample: Array(20).fill(Number.NaN),
      },
    ].map((method) => ({ ...method, seconds: 1 }));
    // No sample lies 5 km away in a study of 500 m.
    const near = benchmarkMethods({ ...study, samples }, patches, methods, group, 1);
    expect(near).toMatchObject({
      because: expect.stringMatching(/no point with a score at least/),
    });
    const far = { ...samples, eastings: Float64Array.of(160, 440, 9050) };
    const wide = { ...study, region: { ...study.region, east: 9100 } };
    const long = tilePatches(stackOf(4, 91, { any: counting(364) }), { size: 1 });
    // The far sample scores above one site and below the other.
    const byPlace = long.places.map(({ row, column }) =>
      column > 80 ? 16 : VALUES[5 * row + column],
    );
    const [method] = methods;
    const judged = benchmarkMethods(
      { ...wide, samples: far },
      long,
      [{ ...method, inSample: byPlace.map((value) => value ?? 0) }],
      group,
      1,
    );
    // North shaft scores 18, south pit 15, the one negative 16: half of the pairs.
    expect(judged).toMatchObject([
      { inSample: { mean: 0.5, sites: 2, eligible: 1 }, outOfFold: null },
    ]);
    expect(benchmarkRows(judged)).toMatchObject([
      { method: "A", "AUC out of fold": null, "AUC in-sample": 0.5, "its deviation": 0 },
    ]);
    expect(benchmarkSentence(judged)).toMatch(/^2 sites, the farthest 0\.0 km .* 20 times from 1 /);
    expect(benchmarkMetrics(judged)).toEqual({
      "benchmark.a.inSample.auc": { value: 0.5, interval: [0.5, 0.5], n: 2 },
    });
  });

  it("of a synthetic study says so", async () => {
    const opened = await openGeoTiff(raster(VALUES));
    const study = await smallStudy();
    const judged = await judgeRaster(opened, study, { seed: 1, at: "pixels", apart: 250 });
    opened.close();
    const [first, second] = judgementLines(study, judged, 250);
    expect(first).toMatch(/^anomaly, .* \(synthetic\): AUC 1\.000 ± 0\.000 over 20 draws$/);
    expect(second).toMatch(/2 occurrences, the farthest 0 m from the nearest of 19 scored pixels/);
  });
});

it("npm run judge says what it needs", () => {
  const script = join(root, "scripts/judge.ts");
  const words = ["--import", "tsx", script, "score.tif"];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toMatch(/expected a file and --study NAME/);
});
