import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pcaReconstructionErrors } from "../../lib/src/baselines/pca-error";
import { singleLayerScores } from "../../lib/src/baselines/single-layer";
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
    expect(singleLayerScores(patches, [{ ...layer, favourable: null }])).toEqual([]);
  });
});
