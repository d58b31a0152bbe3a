import { mapCorrelation } from "../evaluation/block-bootstrap";
import { pearson } from "../evaluation/correlation";
import { spearmanBrown } from "../evaluation/reliability";
import { meanMap } from "../evaluation/replica-maps";
import type { Estimate } from "../evaluation/types";
import type { Patches } from "../patches/types";
import { seedsFrom } from "./ablation";
import {
  type AutoencoderTrial,
  type AutoencoderTrialOptions,
  autoencoderTrials,
} from "./autoencoder-trial";
import type { RunContext } from "./context";

/** How far errors are the ground's, and how far the seed's. */
export interface ErrorReliability {
  /** Seeds that a mean is taken over. */
  readonly members: number;
  /** One training a seed, twice as many as members. */
  readonly trials: readonly AutoencoderTrial[];
  /** Correlation of errors of two seeds: the mean over all pairs, and the least and largest. */
  readonly single: { readonly mean: number; readonly least: number; readonly largest: number };
  /** Correlation of two means over members, as Spearman and Brown predict it from single ones. */
  readonly predicted: number;
  /** And as it is: the mean of the first members against that of the others. */
  readonly measured: Estimate;
}

/**
 * Trains with twice as many seeds as a mean is taken over, and compares single errors and means.
 *
 * @param blocks how its interval draws blocks of patches, as mapCorrelation
 */
export async function errorReliability(
  run: RunContext,
  patches: Patches,
  options: AutoencoderTrialOptions,
  {
    members,
    blocks,
  }: { readonly members: number; readonly blocks: Parameters<typeof mapCorrelation>[3] },
): Promise<ErrorReliability> {
  const trials = await autoencoderTrials(
    run,
    seedsFrom(run.seed, 2 * members).map((seed, at) => ({
      label: `Seed ${at + 1}`,
      ...{ patches, seed, options: { ...options, members: 1 } },
    })),
  );
  const pairs = trials.flatMap(({ errors }, at) =>
    trials.slice(at + 1).map((other) => pearson(errors, other.errors)),
  );
  const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
  const [first, second] = [trials.slice(0, members), trials.slice(members)].map((half) =>
    meanMap(half.map(({ errors }) => errors)),
  );
  return {
    members,
    trials,
    single: { mean, least: Math.min(...pairs), largest: Math.max(...pairs) },
    predicted: spearmanBrown(mean, members),
    measured: mapCorrelation(first, second, patches.places, blocks),
  };
}
