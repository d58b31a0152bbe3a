import type { Grid } from "../grid/grid";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import { deserialiseModel } from "../training/checkpoint";
import { reconstruct } from "../training/predict";
import type { AutoencoderTrial } from "./autoencoder-trial";

/**
 * What each band has in the reconstruction error of each patch: the squared difference averaged
 * over pixels, as grids of patches in the order of the bands. Their mean over bands is the error.
 *
 * @param patches those that the auto-encoder was trained on, or others of the same bands and size
 */
export async function reconstructionErrorsByBand(
  { model: serialised }: Pick<AutoencoderTrial, "model">,
  patches: Patches,
): Promise<Grid[]> {
  const { values, bands, layout, places } = patches;
  const shape = { count: places.length, size: layout.size, bands: bands.length };
  const model = await deserialiseModel(serialised);
  const made = reconstruct(model, values, shape);
  model.dispose();
  const pixels = layout.size * layout.size;
  const sums = bands.map(() => new Float64Array(places.length));
  for (let at = 0; at < values.length; at++) {
    const patch = Math.floor(at / (pixels * bands.length));
    sums[at % bands.length][patch] += (made[at] - values[at]) ** 2;
  }
  return bands.map((name, band) =>
    patchGrid(
      patches,
      name,
      sums[band].map((sum) => sum / pixels),
    ),
  );
}
