import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  autoencoderTrials,
  classifierTrials,
  gridOverRegion,
  openRunStore,
  type RunContext,
  tilePatches,
  useBackend,
} from "prospectivity";
import type { Recorder } from "./record";
import { spentSoFar } from "./spent";

const rounds = 3;

/** Smooth evidence of nine bands, cut into rows by columns of patches. */
function patchesOf(rows: number, columns: number) {
  const region = { west: 0, south: 0, east: 12 * columns, north: 12 * rows };
  const geometry = gridOverRegion(region, 1, { epsg: 32750, name: "bench" });
  const bands = Array.from({ length: 9 }, (_, band) => ({
    name: `band ${band}`,
    geometry,
    values: Float32Array.from(
      { length: geometry.width * geometry.height },
      (_, at) => 0.5 + 0.45 * Math.sin(band + at * 0.05),
    ),
  }));
  return tilePatches({ geometry, bands }, { size: 12 });
}

const settings = { batchSize: 32, learningRate: 0.001 };

/** Trains a core's worth of auto-encoders, then of classifiers, as the paper sizes them. */
const lists = {
  trials: {
    name: "auto-encoders, 1,000 patches, 3 epochs",
    train: (run: RunContext, seeds: readonly number[]) => {
      const patches = patchesOf(25, 40);
      const options = { architecture: "full", filters: [32, 16], epochs: 3 } as const;
      const all = { ...options, ...settings, outputActivation: "sigmoid" } as const;
      return autoencoderTrials(
        run,
        seeds.map((seed) => ({ label: `${seed}`, patches, options: all, seed })),
      );
    },
  },
  classifierTrials: {
    name: "classifiers, 423 patches, 5 epochs",
    train: (run: RunContext, seeds: readonly number[]) => {
      const patches = patchesOf(9, 47);
      const numbers = Uint32Array.from({ length: 423 }, (_, at) => at);
      const selection = {
        prospective: numbers.subarray(0, 211),
        background: numbers.subarray(211),
      };
      const options = { filters: [32, 64], dense: 128, dropout: [0.25, 0.5], epochs: 5 };
      const all = { ...options, ...settings, batchNormalisation: true };
      return classifierTrials(
        run,
        seeds.map((seed) => ({ label: `${seed}`, patches, selection, options: all, seed })),
      );
    },
  },
};

/** Wall and processor seconds of some work. */
async function spent(work: () => Promise<unknown>) {
  const before = spentSoFar();
  await work();
  const after = spentSoFar();
  return {
    wall: after.seconds - before.seconds,
    processor: after.processor - before.processor,
  };
}

/** As many trainings as there are cores: each on one core beside the others, over one after another on all. */
export async function sideBySide({ keep }: Recorder, cores: number): Promise<void> {
  const backend = { ...(await useBackend()), threads: cores };
  const silent = { update: () => undefined, finish: () => undefined };
  const seeds = Array.from({ length: cores }, (_, seed) => seed);
  for (const [key, { name, train }] of Object.entries(lists)) {
    const ratios = { wall: [] as number[], processor: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const folder = mkdtempSync(join(tmpdir(), "bench-"));
      const run = (store: string): RunContext => ({
        ...{ store: openRunStore(join(folder, store)), seed: 1, backend },
        ...{ progress: () => silent, onTrial: () => undefined },
      });
      const beside = await spent(() => train(run("beside"), seeds));
      const inTurn = await spent(async () => {
        for (const seed of seeds) await train(run("in turn"), [seed]);
      });
      rmSync(folder, { recursive: true });
      ratios.wall.push(beside.wall / inTurn.wall);
      ratios.processor.push(beside.processor / inTurn.processor);
    }
    keep(`${key}.sideBySideOverSequential`, `${cores} ${name}: side by side`, ratios.wall);
    keep(
      `${key}.sideBySideOverSequential.processor`,
      `${cores} ${name}: processor time side by side`,
      ratios.processor,
    );
  }
}
