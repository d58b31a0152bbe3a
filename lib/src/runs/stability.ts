import { pearson } from "../evaluation/correlation";
import type { Patches } from "../patches/types";
import { channelAblations } from "./ablation";
import { type AutoencoderTrialOptions, autoencoderTrials } from "./autoencoder-trial";
import type { RunContext } from "./context";

/** How alike error maps are when only the network or the evidence changes; no occurrence is used. */
export interface Stability {
  /** Pearson's correlations of errors: of two seeds. */
  readonly seeds: number;
  /** Table 2: reduced layers and the network as it is, reduced layers and long training, it and long. */
  readonly reducedAndBase: number;
  readonly reducedAndLong: number;
  readonly baseAndLong: number;
  /** Table 3: without each layer and with all, by the layer's label; none where it is not asked for. */
  readonly ablations: { readonly [band: string]: number };
}

export interface StabilityOptions {
  readonly autoencoder: AutoencoderTrialOptions;
  readonly longEpochs: number;
  /** Layers to leave out, one at a time. */
  readonly bands: readonly string[];
}

/** The correlations of Tables 2 and 3 for a network on some patches, from the run store or trained. */
export async function stabilityOf(
  run: RunContext,
  patches: Patches,
  { autoencoder, longEpochs, bands }: StabilityOptions,
): Promise<Stability> {
  const { members = 1 } = autoencoder;
  const [base, reseeded, reduced, long] = await autoencoderTrials(run, [
    { label: "All evidence", patches, options: autoencoder },
    // The seed after those of the members.
    { label: "Another seed", patches, options: autoencoder, seed: run.seed + members },
    { label: "Layer reduction", patches, options: { ...autoencoder, architecture: "reduced" } },
    { label: `${longEpochs} epochs`, patches, options: { ...autoencoder, epochs: longEpochs } },
  ]);
  const ablations =
    bands.length === 0 ? [] : await channelAblations(run, patches, autoencoder, { bands });
  const without = ablations.flatMap((ablation) => ablation.without);
  return {
    seeds: pearson(base.errors, reseeded.errors),
    reducedAndBase: pearson(reduced.errors, base.errors),
    reducedAndLong: pearson(reduced.errors, long.errors),
    baseAndLong: pearson(base.errors, long.errors),
    ablations: Object.fromEntries(
      without.map(({ errors }, at) => [bands[at], pearson(errors, base.errors)]),
    ),
  };
}
