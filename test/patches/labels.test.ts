import { describe, expect, it } from "vitest";
import { mixtureLabels, shuffledLabels } from "../../lib/src/patches/label-draws";
import { labelSlices, sharesThatAdd } from "../../lib/src/patches/label-slices";
import { standardisedMeans } from "../../lib/src/patches/means";
import type { Patches } from "../../lib/src/patches/types";

describe("labels by rising shares", () => {
  // Errors 9 to 0: patch 0 is the worst.
  const errors = Array.from({ length: 10 }, (_, patch) => 9 - patch);

  it("divide patches into what each share adds, background, and what none labels", () => {
    const found = labelSlices(errors, [0.1, 0.3, 0.5], 0.2);
    expect(found.slices.map((slice) => [...slice])).toEqual([[0], [1, 2], [3, 4]]);
    expect([...found.background].sort()).toEqual([8, 9]);
    expect([...found.unlabelled]).toEqual([5, 6, 7]);
  });

  it("refuse shares that fall, add nothing, or leave nothing unlabelled", () => {
    expect(() => labelSlices(errors, [0.3, 0.1], 0.2)).toThrow("shares that rise");
    expect(() => labelSlices(errors, [0.1, 0.15], 0.2)).toThrow("each add one of 10");
    expect(() => labelSlices(errors, [0.1, 0.8], 0.2)).toThrow("that no share labels");
  });

  it("are left out where they add too few", () => {
    // 0, 1, 3 and 5 of 10 patches: the first two add fewer than two.
    expect(sharesThatAdd([0.05, 0.1, 0.3, 0.5], 10, 2)).toEqual({
      kept: [0.3, 0.5],
      leftOut: [0.05, 0.1],
    });
  });
});

function patchesOf(values: readonly number[], bands: readonly string[]): Patches {
  const count = values.length / bands.length;
  const raster = { width: count, height: 1, crs: { epsg: 32648 }, transform: [0, 1, 0, 1, 0, -1] };
  return {
    layout: { raster, size: 1, stride: 1, rows: 1, columns: count },
    bands,
    values: Float32Array.from(values),
    places: Array.from({ length: count }, (_, at) => ({
      ...{ row: 0, column: at, pixelRow: 0, pixelColumn: at },
    })),
    leftOut: [],
  } as unknown as Patches;
}

describe("labels that mean less", () => {
  it("keep, shuffled, as many of either kind in each block, of the labelled patches", () => {
    const labels = {
      prospective: Uint32Array.of(0, 1, 2, 10),
      background: Uint32Array.of(3, 11, 12, 13),
    };
    const block = Array.from({ length: 20 }, (_, patch) => Math.floor(patch / 10));
    const draws = [1, 2, 3, 4, 5].map((seed) => shuffledLabels(labels, block, seed));
    for (const { prospective, background } of draws) {
      expect([...prospective, ...background].sort((a, b) => a - b)).toEqual([
        0, 1, 2, 3, 10, 11, 12, 13,
      ]);
      expect(prospective.filter((patch) => patch < 10)).toHaveLength(3);
      expect(prospective.filter((patch) => patch >= 10)).toHaveLength(1);
    }
    expect(new Set(draws.map(({ prospective }) => prospective.join())).size).toBeGreaterThan(1);
    expect(shuffledLabels(labels, block, 1)).toEqual(draws[0]);
  });

  it("are the extremes of a mixture: of one layer its highest and lowest, one way or the other", () => {
    const patches = patchesOf([3, 1, 2, 9, 0], ["a"]);
    const ends = [1, 2, 3, 4, 5, 6].map((seed) => {
      const found = mixtureLabels(patches, { high: 0.2, low: 0.2 }, seed);
      return `${found.prospective} ${found.background}`;
    });
    expect(new Set(ends)).toEqual(new Set(["3 4", "4 3"]));
  });

  it("weigh layers in standard deviations, and one that is the same everywhere by nothing", () => {
    // Mean 2, standard deviation sqrt(2 / 3) of 1, 2 and 3.
    const rows = standardisedMeans(patchesOf([1, 5, 2, 5, 3, 5], ["a", "b"]));
    const away = 1 / Math.sqrt(2 / 3);
    expect([...rows].map((value) => value.toFixed(9))).toEqual(
      [-away, 0, 0, 0, away, 0].map((value) => value.toFixed(9)),
    );
  });
});
