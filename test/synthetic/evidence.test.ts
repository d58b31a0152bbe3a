import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { correlationMatrix, pearson } from "../../lib/src/evaluation/correlation";
import { midRanks } from "../../lib/src/evaluation/ranks";
import { areaUnderRoc } from "../../lib/src/evaluation/roc";
import { scaleEvidence } from "../../lib/src/evidence/scale";
import type { GridStack } from "../../lib/src/grid/grid";
import { patchMeans } from "../../lib/src/patches/means";
import { assignOccurrences } from "../../lib/src/patches/occurrences";
import { tilePatches } from "../../lib/src/patches/tile";
import type { District } from "../../lib/src/synthetic/district";
import { drawOccurrences } from "../../lib/src/synthetic/occurrences";
import { SMALL_SIZE, workingGrid } from "../../lib/src/synthetic/settings";
import { useBackend } from "../../lib/src/training/backend";
import { trainAutoencoder } from "../../lib/src/training/fit";
import { reconstructionErrors } from "../../lib/src/training/predict";
import { evidenceOf } from "./evidence";

const LAYERS = ["As", "Ag", "Au", "Cu", "Sb", "DTF", "DTI", "PC1", "PC2"];
let district: District;
let evidence: GridStack;
let scaled: GridStack;
beforeAll(async () => {
  ({ district, evidence } = await evidenceOf({ seed: 1, size: SMALL_SIZE }));
  scaled = scaleEvidence(evidence).stack;
});

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

/** AUC of a score, averaged over occurrences drawn from many seeds; and its standard error. */
function meanAuc(
  patches: ReturnType<typeof tilePatches>,
  scores: Float64Array,
  from: "mineralSystem" | "anywhere",
) {
  const grid = workingGrid(SMALL_SIZE);
  const aucs = SEEDS.map((seed) => {
    const drawn = drawOccurrences(seed, grid, district.truth.system, from);
    return areaUnderRoc(scores, assignOccurrences(patches, drawn).labels);
  });
  const mean = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
  const standardError = hanleyMcNeil(0.5, 28, scores.length - 28) / Math.sqrt(SEEDS.length);
  return { mean, standardError };
}

/** Standard error of an AUC (Hanley and McNeil 1982); some of 33 share patches or lie in margins. */
function hanleyMcNeil(auc: number, positives: number, negatives: number): number {
  const both = auc / (2 - auc) - auc ** 2;
  const neither = (2 * auc ** 2) / (1 + auc) - auc ** 2;
  const sum = auc * (1 - auc) + (positives - 1) * both + (negatives - 1) * neither;
  return Math.sqrt(sum / (positives * negatives));
}

describe("evidence of a generated district", () => {
  it("has a value in every pixel of all nine layers", () => {
    for (const { values } of evidence.bands) expect(values.every(Number.isFinite)).toBe(true);
  });

  // Loose on purpose: distances and components follow the accidents of a seed.
  it("correlates as Table 1 of the paper has it, in rank, at the paper's density of samples", async () => {
    const size = { ...SMALL_SIZE, samples: 9041, cellSize: 100 };
    const layers = (await evidenceOf({ seed: 1, size })).evidence.bands;
    const path = join(__dirname, "../../data/published/zhang2021.json");
    const { channels, matrix } = JSON.parse(readFileSync(path, "utf8")).table1EvidenceCorrelation;
    expect(layers.map(({ name }) => name)).toEqual(channels);
    const pairs = (whole: number[][]) => whole.flatMap((row, at) => row.slice(at + 1));
    const found = pairs(correlationMatrix(layers.map(({ values }) => values)));
    const published = pairs(matrix);
    expect(found.length).toBe(36);
    expect(pearson(midRanks(found), midRanks(published))).toBeGreaterThan(0.6);
    // The elements, which were calibrated: the ten pairs of the first five layers.
    for (let row = 0; row < 5; row++) {
      for (let column = row + 1; column < 5; column++) {
        const value = pearson(layers[row].values, layers[column].values);
        expect(Math.abs(value - matrix[row][column])).toBeLessThan(0.15);
      }
    }
  });
});

describe("occurrences", () => {
  const patches = () => tilePatches(scaled, { size: 6 });

  it.each(LAYERS.map((name, band) => [name, band] as const))(
    "drawn anywhere, nothing finds them: AUC of %s alone within four standard errors of 0.5",
    (_, band) => {
      const { mean, standardError } = meanAuc(patches(), patchMeans(patches(), band), "anywhere");
      expect(Math.abs(mean - 0.5)).toBeLessThan(4 * standardError);
    },
  );

  it("drawn from the mineral system, they lie nearer to faults and intrusions than by chance", () => {
    for (const band of [5, 6]) {
      const nearness = patchMeans(patches(), band).map((distance) => -distance);
      const { mean, standardError } = meanAuc(patches(), nearness, "mineralSystem");
      expect(mean - 0.5).toBeGreaterThan(4 * standardError);
    }
  });
});

describe("an auto-encoder", () => {
  beforeAll(async () => {
    await useBackend("wasm");
  });

  it("finds nothing where occurrences lie anywhere", async () => {
    const patches = tilePatches(scaled, { size: 12 });
    const shape = { count: patches.places.length, size: 12, bands: 9 };
    const { model } = await trainAutoencoder(patches.values, shape, {
      architecture: "full",
      filters: [8, 16],
      outputActivation: "sigmoid",
      epochs: 6,
      batchSize: 32,
      learningRate: 0.001,
      seed: 1,
    });
    const errors = await reconstructionErrors(model, patches.values, shape);
    model.dispose();
    const { mean, standardError } = meanAuc(patches, errors, "anywhere");
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * standardError);
  });
});
