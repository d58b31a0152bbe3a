import { trials } from "./networks";
import type { Recorder } from "./record";
import { type EngineWork, engineRate } from "./trials";

const rounds = 3;

/** Time of a patch in training over the number of patches and over the batch, each beside 4,000 by 32. */
export async function timeGrowth({ keep }: Recorder, threads: number): Promise<void> {
  const [trial] = trials;
  const usual = { count: 4000, batchSize: 32, threads };
  const others: readonly [string, string, Partial<EngineWork>][] = [
    ...[1000, 16_000, 64_000].map((count): [string, string, Partial<EngineWork>] => [
      `patches${count}OverPatches4000`,
      `${count} patches over 4,000`,
      { count },
    ]),
    ...[8, 16, 64, 128].map((batchSize): [string, string, Partial<EngineWork>] => [
      `batch${batchSize}OverBatch32`,
      `batches of ${batchSize} over 32`,
      { batchSize },
    ]),
  ];
  for (const [key, name, work] of others) {
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const other = await engineRate(trial, { ...usual, ...work }, 8000);
      ratios.push(other / (await engineRate(trial, usual, 8000)));
    }
    keep(`${trial.id}.growth.${key}`, `${trial.name}: time of a patch, ${name}`, ratios);
  }
}
