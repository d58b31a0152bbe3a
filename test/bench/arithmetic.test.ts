import { describe, expect, it } from "vitest";
import { newLayout } from "../../lib/src/training/engine/layout";
import type { EngineLayer } from "../../lib/src/training/engine/network";
import { placeParameters, planThread } from "../../lib/src/training/engine/plan";
import type { GradientStep, Step } from "../../lib/src/training/engine/steps";
import { mapOperations, operationsOf, tiledVectors } from "../../scripts/bench/arithmetic";

describe("additions and multiplications on the way to planes and back", () => {
  it("are those that Lavin and Gray (2016, section 4.1) count for 2 x 2 outputs", () => {
    expect(mapOperations("window", "Pairs")).toBe(32);
    // Beside theirs each of the four outputs has its bias added, is scaled and shifted.
    expect(mapOperations("back", "Pairs")).toBe(24 + 4 * 3);
  });

  it("are an addition and two subtractions along a row of a doubled image, in each of six lines", () => {
    // b, a - b, b - c: two operations for each of three columns, then for each of three rows.
    expect(mapOperations("window", "Doubled")).toBe(2 * 6);
  });
});

it("rows of a product over planes are taken in whole tiles: threes by three vectors, fours by two", () => {
  expect(tiledVectors(12, 8)).toBe(12 * 8);
  // 3 vectors, 3 vectors, 2 vectors: 7 rows are 9, 9 and 8.
  expect(tiledVectors(7, 8)).toBe(9 * 3 + 9 * 3 + 8 * 2);
  // Four vectors are two pairs.
  expect(tiledVectors(7, 4)).toBe(8 * 4);
  expect(tiledVectors(7, 1)).toBe(8);
});

describe("arithmetic of a layer by its descriptors", () => {
  const relu = { activation: "relu", grows: false } as const;

  /** Operations of all steps of a kind, of one layer on so many samples of 12 x 12 pixels. */
  function operations(
    layers: readonly EngineLayer[],
    at: number,
    which: "forward" | "backward" | "gradient",
    samples: number,
  ): number {
    const network = { size: 12, bands: 8, layers };
    const layout = newLayout();
    const { places } = placeParameters(network);
    const plan = planThread(layout, { network, places, parameters: 64, gradients: 64, samples });
    const words = new Int32Array(layout.size() >>> 2);
    for (const { at: from, values } of layout.writes) words.set(values, from >>> 2);
    const steps: readonly (Step | GradientStep)[] = plan.layers[at].products[which];
    return steps.reduce((sum, step) => sum + operationsOf(step, samples, words), 0);
  }

  const dense = (inputs: number, outputs: number): EngineLayer => ({
    ...{ kind: "dense", name: `dense${outputs}`, inputs, outputs, ...relu },
  });

  it("a dense layer: two a weight and sample, outputs filled up to vectors", () => {
    const layers = [dense(12 * 12 * 8, 6), dense(6, 4)];
    for (const which of ["forward", "gradient"] as const) {
      expect(operations(layers, 0, which, 5)).toBe(2 * 5 * 12 * 12 * 8 * 8);
      expect(operations(layers, 1, which, 5)).toBe(2 * 5 * 6 * 4);
    }
    // Back to 6 inputs, which are filled up to 8.
    expect(operations(layers, 1, "backward", 5)).toBe(2 * 5 * 4 * 8);
  });

  it("a convolution of few channels is that of its definition", () => {
    const layers: EngineLayer[] = [
      { kind: "convolution", name: "one", inputs: 8, outputs: 4, ...relu },
      { kind: "convolution", name: "two", inputs: 4, outputs: 8, ...relu },
    ];
    for (const which of ["forward", "backward", "gradient"] as const)
      expect(operations(layers, 1, which, 3)).toBe(2 * 3 * 144 * 9 * 4 * 8);
  });

  it("a convolution by threes of pixels has 25 products for 81, and what takes pixels there and back", () => {
    const layers: EngineLayer[] = [
      { kind: "convolution", name: "one", inputs: 8, outputs: 8, ...relu },
    ];
    const tiles = 3 * 16;
    const products = 2 * 25 * tiles * 8 * 8;
    const done = operations(layers, 0, "forward", 3);
    // 25 values of the window take two to four operations each along either axis.
    const there = done - products - tiles * 8 * mapOperations("back", "Triples");
    expect(there).toBe(tiles * 8 * mapOperations("window", "Triples"));
    expect(mapOperations("window", "Triples")).toBeGreaterThan(2 * 25);
    expect(mapOperations("window", "Triples")).toBeLessThan(8 * 25);
    expect(done).toBeLessThan(2 * 3 * 144 * 9 * 8 * 8);
  });
});
