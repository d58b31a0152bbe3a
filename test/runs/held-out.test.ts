import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { tilePatches } from "../../lib/src/patches/tile";
import { classifierTrial } from "../../lib/src/runs/classifier-trial";
import type { RunContext } from "../../lib/src/runs/context";
import { heldOutProbabilities } from "../../lib/src/runs/held-out";
import { openRunStore } from "../../lib/src/runs/store";
import { useBackend } from "../../lib/src/training/backend";

const region = { west: 0, south: 0, east: 96, north: 72 };
const geometry = gridOverRegion(region, 1, { epsg: 32750, name: "test" });
const bands = ["Au", "DTF"].map((name, band) => ({
  name,
  geometry,
  values: Float32Array.from({ length: 96 * 72 }, (_, at) => Math.sin(at * (band + 1.3)) ** 2),
}));
const patches = tilePatches({ geometry, bands }, { size: 12 });
const options = {
  ...{ filters: [4, 4], dense: 4, dropout: [0.25, 0.5], batchNormalisation: true },
  ...{ epochs: 1, batchSize: 8, learningRate: 0.001 },
};

it("each patch is scored by a classifier that saw no label of its fold; a fold without labels outside has no score", async () => {
  const run: RunContext = {
    store: openRunStore(mkdtempSync(join(tmpdir(), "held-out-"))),
    seed: 3,
    backend: await useBackend(),
    progress: () => ({ update() {}, finish() {} }),
    onTrial() {},
  };
  const selection = {
    prospective: Uint32Array.of(0, 1, 2, 3),
    background: Uint32Array.of(44, 45, 46, 47),
  };
  const alternating = patches.places.map((_, patch) => patch % 2);
  // All prospective patches lie in fold 0, so that nothing could be learnt to score it.
  const halves = patches.places.map((_, patch) => (patch < 24 ? 0 : 1));
  const tasks = [
    { label: "alternating", selection, fold: alternating },
    { label: "halves", selection, fold: halves },
  ];
  const [first, second] = await heldOutProbabilities(run, patches, tasks, options);
  const odd = {
    prospective: Uint32Array.of(1, 3),
    background: Uint32Array.of(45, 47),
  };
  const byHand = await classifierTrial(run, "by hand", patches, odd, options);
  patches.places.forEach((_, patch) => {
    if (patch % 2 === 0) expect(first[patch]).toBe(byHand.probabilities[patch]);
    else expect(first[patch]).not.toBe(byHand.probabilities[patch]);
  });
  expect([...second].every(Number.isNaN)).toBe(true);
});
