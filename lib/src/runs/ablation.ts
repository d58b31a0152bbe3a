import { pearson } from "../evaluation/correlation";
import { dropBand } from "../patches/select";
import type { Patches } from "../patches/types";
import {
  type AutoencoderTask,
  type AutoencoderTrial,
  type AutoencoderTrialOptions,
  autoencoderTrials,
} from "./autoencoder-trial";
import type { RunContext } from "./context";

/** CAEs of one seed: without each band in turn, and with all. */
export interface Ablation {
  readonly seed: number;
  /** In the order of the bands left out; none where there is only one, which cannot be left out. */
  readonly without: readonly AutoencoderTrial[];
  readonly all: AutoencoderTrial;
}

export interface AblationOptions {
  /** Bands to leave out, one at a time. */
  readonly bands: readonly string[];
  /** The run's seed alone when absent. */
  readonly seeds?: readonly number[];
}

/**
 * Leaves out one band at a time and trains anew, once a seed; all trainings side by side, and those
 * in the run store not again. Of patches of one band none is left out.
 *
 * @throws InputError when a band is not among those of several
 * @throws as runTrials
 */
export async function channelAblations(
  run: RunContext,
  patches: Patches,
  options: AutoencoderTrialOptions,
  { bands, seeds = [run.seed] }: AblationOptions,
): Promise<Ablation[]> {
  const leftOut = patches.bands.length > 1 ? bands : [];
  const inputs = [
    { label: "All evidence", patches },
    ...leftOut.map((band) => ({ label: `Without ${band}`, patches: dropBand(patches, band) })),
  ];
  const suffix = (seed: number) => (seeds.length === 1 ? "" : `, seed ${seed}`);
  const tasks = seeds.flatMap((seed) =>
    inputs.map(
      (input): AutoencoderTask => ({
        ...input,
        label: `${input.label}${suffix(seed)}`,
        options,
        seed,
      }),
    ),
  );
  const trials = await autoencoderTrials(run, tasks);
  return seeds.map((seed, at) => {
    const own = trials.slice(at * inputs.length, (at + 1) * inputs.length);
    const [all, ...without] = own.map((trial, input) => ({ ...trial, label: inputs[input].label }));
    return { seed, without, all };
  });
}

/** The first seed and those that follow it. */
export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => first + at);
}

/** Pearson's correlation of the errors without each band with those of all bands. */
export function correlationsWithAll({ without, all }: Ablation): number[] {
  return without.map(({ errors }) => pearson(errors, all.errors));
}

/**
 * Pearson's correlation of the errors with all bands between every two seeds: what the seed alone
 * changes, and so the yardstick of what leaving out a band changes.
 */
export function correlationsBetweenSeeds(ablations: readonly Ablation[]): number[] {
  return ablations.flatMap(({ all }, at) =>
    ablations.slice(at + 1).map((other) => pearson(all.errors, other.all.errors)),
  );
}
