import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildStudy } from "../../lib/src/import/build";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import { occurrenceGroups } from "../../lib/src/patches/groups";
import { selectByError } from "../../lib/src/patches/select";
import { tilePatches } from "../../lib/src/patches/tile";
import { autoencoderTrial } from "../../lib/src/runs/autoencoder-trial";
import { classifierTrial } from "../../lib/src/runs/classifier-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { evidenceRun } from "../../lib/src/runs/evidence-run";
import { openRunStore } from "../../lib/src/runs/store";
import { loadStudy } from "../../lib/src/study/load";
import { useBackend } from "../../lib/src/training/backend";
import { writeDistrict } from "../support/district";

const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
let run: RunContext;

beforeAll(async () => {
  run = {
    store: openRunStore(join(folder, "store")),
    seed: 1,
    backend: await useBackend("wasm"),
    progress: () => ({ update: () => undefined, finish: () => undefined }),
    onTrial: () => undefined,
  };
  writeDistrict(folder, { bands: 3, width: 120, height: 144 });
  const line = ["own", "--raster", "evidence.tif", "--occurrences", "occurrences.csv"];
  const { name, wishes } = readCommand(line)!;
  const draft = await draftStudy(name, wishes, folder);
  await buildStudy(join(folder, "data"), name, draft, { replace: false, draft: false });
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("what the notebooks do", () => {
  it("is done on a district of three bands and irregular outline, without zones", async () => {
    const study = await loadStudy(join(folder, "data", "own"));
    const { scaled } = await evidenceRun(run, study, { coarsening: 1 });
    const patches = tilePatches(scaled, { size: 12 });
    // Of 10 x 12 patches those that reach out of the oval are left out; counted from its equation.
    const whole = wholePatches(10, 12);
    expect([patches.places.length, patches.leftOut.length]).toEqual([whole, 120 - whole]);
    const training = { batchSize: 32, learningRate: 0.001, epochs: 2 };
    const cae = await autoencoderTrial(run, "all", patches, {
      ...{ architecture: "full", filters: [4, 8], outputActivation: "sigmoid" },
      ...training,
    });
    expect(cae.errors.length).toBe(whole);
    const selection = selectByError(cae.errors, { high: 0.15, low: 0.15 });
    const cnn = await classifierTrial(run, "cnn", patches, selection, {
      ...{ filters: [4, 8], dense: 8, dropout: [0.25, 0.5], batchNormalisation: true },
      ...training,
    });
    expect(cnn.probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
    const groups = occurrenceGroups(study, patches);
    expect(groups.map(({ title }) => title)).toEqual([
      "8 known occurrences",
      "5 Au occurrences",
      "3 other occurrences",
    ]);
    // The ninth lies where no patch is whole, and is no part of what is scored.
    const { unassigned } = groups[0].assignment;
    expect(unassigned.map(({ reason }) => reason)).toEqual(["on nodata"]);
  });
});

/** Patches whose pixel centres all lie in the oval that fills a grid: those whose corners do. */
function wholePatches(across: number, down: number): number {
  const [width, height] = [12 * across, 12 * down];
  const inside = (x: number, y: number) =>
    ((2 * x + 1) / width - 1) ** 2 + ((2 * y + 1) / height - 1) ** 2 <= 1;
  let count = 0;
  for (let column = 0; column < across; column++) {
    for (let row = 0; row < down; row++) {
      const corners = [
        [12 * column, 12 * row],
        [12 * column + 11, 12 * row],
        [12 * column, 12 * row + 11],
        [12 * column + 11, 12 * row + 11],
      ];
      if (corners.every(([x, y]) => inside(x, y))) count++;
    }
  }
  return count;
}
