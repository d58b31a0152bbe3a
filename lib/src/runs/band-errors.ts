import type { Grid } from "../grid/grid";
import { patchGrid } from "../patches/assemble";
import type { Patches } from "../patches/types";
import { deserialiseModel } from "../training/checkpoint";
import { eachReconstruction } from "../training/predict";
import type { AutoencoderTrial } from "./autoencoder-trial";

/**
 * What each band has in the reconstruction error of each patch: the squared difference averaged
 * over pixels, and over members where there are several, as grids of patches in the order of the bands. Their mean over bands is the error.
 *
 * @param patches those that the auto-encoder was trained on, or others of the same bands and size
 */
export async function reconstructionErrorsByBand(
  { models }: Pick<AutoencoderTrial, "models">,
  patches: Patches,
): Promise<Grid[]> {
  const { values, bands, layout, places } = patches;
  const shape = { count: places.length, size: layout.size, bands: bands.length };
  const pixels = layout.size * layout.size;
  const perPatch = pixels * bands.length;
  const sums = bands.map(() => new Float64Array(places.length));
  for (const serialised of models) {
    const model = await deserialiseModel(serialised);
    await eachReconstruction(model, values, shape, (first, made) => {
      for (let at = 0; at < made.length; at++) {
        const patch = first + Math.floor(at / perPatch);
        sums[at % bands.length][patch] += (made[at] - values[first * perPatch + at]) ** 2;
      }
    });
    model.dispose();
  }
  return bands.map((name, band) =>
    patchGrid(
      patches,
      name,
      sums[band].map((sum) => sum / (pixels * models.length)),
    ),
  );
}
