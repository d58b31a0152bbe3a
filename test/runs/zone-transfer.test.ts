import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import { scaleEvidence } from "../../lib/src/evidence/scale";
import { patchesNear } from "../../lib/src/patches/near";
import { assignOccurrences } from "../../lib/src/patches/occurrences";
import { tilePatches } from "../../lib/src/patches/tile";
import { autoencoderTrial } from "../../lib/src/runs/autoencoder-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { type NearComparison, nearComparisons } from "../../lib/src/runs/near-comparisons";
import { patchErrors } from "../../lib/src/runs/patch-errors";
import { openRunStore } from "../../lib/src/runs/store";
import { zoneTransfers } from "../../lib/src/runs/zone-transfer";
import { useBackend } from "../../lib/src/training/backend";
import { stackOf } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "transfer-"));
const options = {
  architecture: "full",
  filters: [4, 2],
  outputActivation: "sigmoid",
  ...{ epochs: 2, batchSize: 16, learningRate: 0.002 },
} as const;
// 6 x 6 patches of 12 pixels of 100 m; the east reaches ten times as high as the west.
const values = Array.from({ length: 72 * 72 }, (_, at) => {
  const column = at % 72;
  return (column < 36 ? 1 : 10) * (1 + Math.sin(at / 7) * Math.cos(column / 5));
});
const layers = stackOf(72, 72, { a: values, b: [...values].reverse().map((value) => value + 1) });
const scaled = scaleEvidence(layers).stack;
const patches = tilePatches(scaled, { size: 12 });
const square = (west: number, east: number) => [
  [Float64Array.of(west, 0, east, 0, east, 7200, west, 7200, west, 0)],
];
const zones = [
  { name: "west", polygons: square(0, 3600) },
  { name: "east", polygons: square(3600, 7200) },
];
const at = (easting: number, northing: number) => ({
  ...{ name: `${easting}`, commodity: "Au", easting, northing },
});
const assignment = assignOccurrences(patches, [at(600, 600), at(6000, 6000), at(4200, 6000)]);

let run: RunContext;
beforeAll(async () => {
  run = {
    ...{ store: openRunStore(folder), seed: 3, backend: await useBackend("wasm") },
    progress: () => ({ update: () => undefined, finish: () => undefined }),
    onTrial: () => undefined,
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("an error learnt in one zone and judged in another", () => {
  it("is that of an auto-encoder that has seen the one zone only, scaled by its ranges", async () => {
    const { errors } = await autoencoderTrial(run, "all", patches, options);
    const found = await zoneTransfers(run, layers, patches, {
      ...{ errors, assignment, zones, autoencoder: options },
    });
    expect(found.map(({ trained, judged }) => [trained, judged])).toEqual([
      ["west", "east"],
      ["east", "west"],
    ]);
    expect(found.map(({ patches: count, positives }) => [count, positives])).toEqual([
      [18, 2],
      [18, 1],
    ]);
    // By hand: the west alone, its own minimum and maximum, then the east scaled by them.
    const cut = (from: number, to: number) => {
      const kept = values.filter((_, pixel) => pixel % 72 >= from && pixel % 72 < to);
      const other = layers.bands[1].values.filter(
        (_, pixel) => pixel % 72 >= from && pixel % 72 < to,
      );
      return { a: kept, b: [...other] };
    };
    const [west, east] = [cut(0, 36), cut(36, 72)];
    const by = (all: readonly number[], range: readonly number[]) => {
      const [low, high] = [Math.min(...range), Math.max(...range)];
      return all.map((value) => Math.min(Math.max((value - low) / (high - low), 0), 1));
    };
    const half = (part: typeof west) =>
      tilePatches(stackOf(72, 36, { a: by(part.a, west.a), b: by(part.b, west.b) }), { size: 12 });
    const trial = await autoencoderTrial(run, "west by hand", half(west), options);
    const own = await patchErrors(trial, half(east));
    const east18 = assignment.labels.filter((_, patch) => patch % 6 >= 3);
    expect(east18.reduce((sum, label) => sum + label, 0)).toBe(2);
    expect(found[0].transferred.value).toBeCloseTo(areaUnderRoc(own, east18), 9);
    const whole = errors.filter((_, patch) => patch % 6 >= 3);
    expect(found[0].whole.value).toBeCloseTo(areaUnderRoc(whole, east18), 12);
  });

  it("is not learnt where a layer has one value, as greenstone beside none", async () => {
    const { errors } = await autoencoderTrial(run, "all", patches, options);
    const flat = layers.bands[0].values.map((value, pixel) => (pixel % 72 < 36 ? 0 : value));
    const [first, second] = layers.bands;
    const half = { ...layers, bands: [{ ...first, values: flat }, second] };
    const found = await zoneTransfers(run, half, patches, {
      ...{ errors, assignment, zones, autoencoder: options },
    });
    expect(found.map(({ trained, judged }) => [trained, judged])).toEqual([["east", "west"]]);
  });

  it("is none where fewer than two zones hold an occurrence", async () => {
    const { errors } = await autoencoderTrial(run, "all", patches, options);
    const inWest = assignOccurrences(patches, [at(600, 600)]);
    const found = await zoneTransfers(run, layers, patches, {
      ...{ errors, assignment: inWest, zones, autoencoder: options },
    });
    expect(found).toEqual([]);
  });
});

describe("background near occurrences", () => {
  // Centres at 600, 1800, ... from the edges: within 1300 m of 600, 600 lie its own and two beside.
  it("is the patches whose centre lies within the distance, and those that hold one", () => {
    const one = assignOccurrences(patches, [at(600, 600)]);
    expect([...patchesNear(patches, one, 1300)]).toEqual([24, 30, 31]);
    expect([...patchesNear(patches, one, 0)]).toEqual([30]);
  });

  it("compares a score with it alone; nothing where all is near", () => {
    const one = assignOccurrences(patches, [at(600, 600)]);
    const group = { ids: ["all"], title: "1 Au occurrence", assignment: one };
    // Higher than one of its two neighbours, and than none of the rest.
    const scores = patches.places.map((_, patch) => (patch === 30 ? 5 : patch === 24 ? 1 : 9));
    const score = { name: "a", role: "main", values: Float64Array.from(scores) } as const;
    const [found] = nearComparisons([score], group, patches, 1300) as NearComparison[];
    expect(found).toMatchObject({ id: "caeError", patches: 3 });
    expect(found.near.value).toBe(0.5);
    expect(found.all.value).toBeCloseTo(1 / 35, 12);
    expect(nearComparisons([score], group, patches, 20_000)).toEqual({
      because: "all patches lie within 20 km of an occurrence",
    });
  });
});
