import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { tilePatches } from "../../lib/src/patches/tile";
import type { RunContext } from "../../lib/src/runs/context";
import { openRunStore } from "../../lib/src/runs/store";
import { useBackend } from "../../lib/src/training/backend";

const region = { west: 0, south: 0, east: 96, north: 72 };
const geometry = gridOverRegion(region, 1, { epsg: 32750, name: "test" });
const bands = ["Au", "DTF"].map((name, band) => ({
  name,
  geometry,
  values: Float32Array.from({ length: 96 * 72 }, (_, at) => Math.sin(at * (band + 1.3)) ** 2),
}));

/** 48 patches of two bands that wave, six rows of eight. */
export const wavyPatches = tilePatches({ geometry, bands }, { size: 12 });

/** A classifier that trains in a moment. */
export const smallClassifier = {
  ...{ filters: [4, 4], dense: 4, dropout: [0.25, 0.5], batchNormalisation: true },
  ...{ epochs: 1, batchSize: 8, learningRate: 0.001 },
};

/** A run with a store of its own, that says nothing. */
export async function quietRun(): Promise<RunContext> {
  return {
    store: openRunStore(mkdtempSync(join(tmpdir(), "quiet-run-"))),
    seed: 3,
    backend: await useBackend(),
    progress: () => ({ update() {}, finish() {} }),
    onTrial() {},
  };
}
