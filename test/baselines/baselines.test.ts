import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pcaReconstructionErrors } from "../../lib/src/baselines/pca-error";
import {
  bestLayerBaseline,
  bestLayerOutOfFold,
  singleLayerScores,
} from "../../lib/src/baselines/single-layer";
import { tilePatches } from "../../lib/src/patches/tile";
import { stackOf } from "../support/stacks";

const sklearn = JSON.parse(
  readFileSync(join(__dirname, "../reference/evaluation/sklearn.json"), "utf8"),
);
const tall: number[][] = sklearn.patches;

describe("PCA reconstruction error", () => {
  it.each([
    ["more patches than values", tall, sklearn.pcaTall],
    ["fewer patches than values", tall.slice(0, 8), sklearn.pcaWide],
  ])("is scikit-learn's with %s", (_case, rows, expected) => {
    const { errors, components } = pcaReconstructionErrors(Float32Array.from(rows.flat()), 12, {
      varianceShare: 0.8,
    });
    expect(components).toBe(expected.components);
    errors.forEach((error, patch) => {
      expect(error).toBeCloseTo(expected.errors[patch], 9);
    });
  });

  it("refuses patches that are all the same", () => {
    expect(() => pcaReconstructionErrors(new Float32Array(24), 12, { varianceShare: 0.8 })).toThrow(
      /all the same/,
    );
  });
});

describe("single layers", () => {
  const layer = { id: "a", label: "A", title: "A", unit: "m" };
  const patches = tilePatches(stackOf(2, 4, { A: [1, 3, 10, 20, 1, 3, 10, 20] }), { size: 2 });

  it("score by their patch means, turned by the direction held beforehand", () => {
    const [low] = singleLayerScores(patches, [{ ...layer, favourable: "low" }]);
    expect([...low.scores]).toEqual([-2, -15]);
    const [high] = singleLayerScores(patches, [{ ...layer, favourable: "high" }]);
    expect([...high.scores]).toEqual([2, 15]);
  });

  it("make no score without a direction", () => {
    const none = singleLayerScores(patches, [{ ...layer, favourable: null }]);
    expect(none).toEqual([]);
    expect(bestLayerBaseline(none, [1, 0], [0, 1])).toBeNull();
  });
});

it("the best layer of a fold is chosen by the occurrences outside it", () => {
  const layer = (id: string) => ({
    ...{ id, label: id, title: id, unit: "", favourable: "high" as const },
  });
  // Fold 0 holds patches 0 to 3. In it "one" ranks its occurrence first and "two" last; outside, two.
  const labels = [1, 0, 0, 0, 1, 0, 0, 0];
  const layers = [
    { layer: layer("one"), scores: Float64Array.of(9, 1, 2, 3, 0, 4, 5, 6) },
    { layer: layer("two"), scores: Float64Array.of(0, 1, 2, 3, 70, 4, 50, 6) },
  ];
  const { scores, chosen } = bestLayerOutOfFold(layers, labels, [0, 0, 0, 0, 1, 1, 1, 1]);
  expect(chosen.map(({ id }) => id)).toEqual(["two", "one"]);
  // Ranks over the district by hand: of two within fold 0, of one within fold 1.
  expect([...scores].map((rank) => rank * 8)).toEqual([1, 2, 3, 4, 1, 5, 6, 7]);
});
