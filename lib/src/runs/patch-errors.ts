import type { Patches } from "../patches/types";
import { deserialiseModel } from "../training/checkpoint";
import { reconstructionErrors } from "../training/predict";
import type { AutoencoderTrial } from "./autoencoder-trial";

/**
 * Reconstruction errors of patches that the auto-encoder need not have seen, averaged over members
 * where there are several.
 *
 * @param patches of the bands and size that it was trained on
 */
export async function patchErrors(
  { models }: Pick<AutoencoderTrial, "models">,
  { values, places, layout, bands }: Patches,
): Promise<Float64Array> {
  const shape = { count: places.length, size: layout.size, bands: bands.length };
  const mean = new Float64Array(places.length);
  for (const serialised of models) {
    const model = await deserialiseModel(serialised);
    const errors = await reconstructionErrors(model, values, shape);
    for (let patch = 0; patch < mean.length; patch++) mean[patch] += errors[patch] / models.length;
    model.dispose();
  }
  return mean;
}
