import { threadsWorth } from "../../lib/dist/runs/lanes";
import { workBetweenMeetings } from "../../lib/dist/training/cost";
import { autoencoder } from "./networks";
import type { Recorder } from "./record";
import { engineRate } from "./trials";

const rounds = 5;
const batchSize = 32;
const FILTERS = [
  [8, 4],
  [16, 8],
  [24, 12],
  [32, 16],
  [32, 64],
] as const;

/** What all cores gain over one thread as networks grow, beside the threads that the rule gives each. */
export async function threadGain({ keep }: Recorder, cores: number): Promise<void> {
  for (const filters of FILTERS) {
    const trial = autoencoder(`caeB.filters${filters.join("and")}`, filters);
    const network = { kind: "autoencoder", architecture: "full", filters } as const;
    const work = workBetweenMeetings(network, { size: 12, bands: 9 }, batchSize);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const rate = (threads: number) =>
        engineRate(trial, { count: 2000, batchSize, threads }, 4000);
      ratios.push((await rate(cores)) / (await rate(1)));
    }
    keep(
      `${trial.id}.threads${cores}OverThreads1`,
      `${trial.name}, ${(work / 1e6).toFixed(1)} million multiplications between two meetings of threads, worth ${threadsWorth(work, cores)} of ${cores} threads: all over one`,
      ratios,
    );
  }
}
