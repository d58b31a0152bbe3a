import { pearson } from "../evaluation/correlation";
import { describeValues } from "../evaluation/describe";
import type { Patches } from "../patches/types";
import type { AutoencoderTrial } from "./autoencoder-trial";
import { reconstructionErrorsByBand } from "./band-errors";

/** What one layer has in the reconstruction error. */
export interface LayerError {
  readonly band: string;
  /** Mean squared difference over pixels and patches. */
  readonly mean: number;
  /** Share of the whole error, 0 to 1. */
  readonly share: number;
  /** Pearson's correlation over patches with the layer's error in the other training. */
  readonly correlation: number;
}

/** Where the error of a training sits, layer by layer, and how far another training agrees. */
export async function errorByLayer(
  trial: Pick<AutoencoderTrial, "models">,
  other: Pick<AutoencoderTrial, "models">,
  patches: Patches,
): Promise<LayerError[]> {
  const [own, theirs] = await Promise.all(
    [trial, other].map((each) => reconstructionErrorsByBand(each, patches)),
  );
  const means = own.map(({ values }) => describeValues(values).mean);
  const whole = means.reduce((sum, mean) => sum + mean, 0);
  return own.map(({ name, values }, at) => {
    const known = Array.from(values.keys()).filter((cell) => !Number.isNaN(values[cell]));
    const read = (all: Float32Array) => known.map((cell) => all[cell]);
    return {
      band: name,
      mean: means[at],
      share: means[at] / whole,
      correlation: pearson(read(values), read(theirs[at].values)),
    };
  });
}
