import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Patches } from "../patches/types";
import { deserialiseModel, type SerialisedModel } from "../training/checkpoint";
import { predictLogits } from "../training/gradients";

/** Patches that are covered at once, so that memory does not grow with their number. */
const atOnce = 1024;

/**
 * Occlusion by layer: by how much the log odds of each patch fall when a layer is covered, its values
 * replaced by the baseline's level over the whole patch.
 *
 * Source: Zeiler and Fergus (2014), Visualizing and understanding convolutional networks, ECCV.
 *
 * @param baseline level of each band that stands for nothing of note
 * @returns [count, bands]; positive where the layer speaks for prospective
 * @throws InputError as predictLogits
 */
export async function occludedLayers(
  patches: Patches,
  serialised: SerialisedModel,
  baseline: ArrayLike<number>,
): Promise<Float64Array> {
  const { bands, places } = patches;
  const falls = new Float64Array(places.length * bands.length);
  await withModel(serialised, async (model) => {
    for (let first = 0; first < places.length; first += atOnce) {
      const some = chunk(patches, first);
      const whole = await logits(model, patches, some);
      for (let band = 0; band < bands.length; band++) {
        const covered = some.slice();
        for (let at = band; at < covered.length; at += bands.length) covered[at] = baseline[band];
        (await logits(model, patches, covered)).forEach((logit, at) => {
          falls[(first + at) * bands.length + band] = whole[at] - logit;
        });
      }
    }
  });
  return falls;
}

/**
 * Occlusion by window: by how much the log odds of a patch fall when all layers are covered within a
 * square of pixels, window beside window, given to each of its pixels in equal parts.
 *
 * @param edge of a window in pixels; the last ones are as wide as what is left
 * @returns [count, size, size]
 * @throws InputError as predictLogits
 */
export async function occludedWindows(
  patches: Patches,
  serialised: SerialisedModel,
  baseline: ArrayLike<number>,
  edge: number,
): Promise<Float32Array> {
  const { bands, places, layout } = patches;
  const { size } = layout;
  const falls = new Float32Array(places.length * size * size);
  await withModel(serialised, async (model) => {
    for (let first = 0; first < places.length; first += atOnce) {
      const some = chunk(patches, first);
      const whole = await logits(model, patches, some);
      for (const pixels of windowsOf(size, edge)) {
        const covered = some.slice();
        for (let patch = 0; patch < whole.length; patch++) {
          for (const pixel of pixels) {
            covered.set(Array.from(baseline), (patch * size * size + pixel) * bands.length);
          }
        }
        (await logits(model, patches, covered)).forEach((logit, at) => {
          const fall = (whole[at] - logit) / pixels.length;
          for (const pixel of pixels) falls[(first + at) * size * size + pixel] = fall;
        });
      }
    }
  });
  return falls;
}

/** Pixels of each window of a patch, row by row. */
function windowsOf(size: number, edge: number): number[][] {
  const across = Math.ceil(size / edge);
  const windows = Array.from({ length: across * across }, (): number[] => []);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const [row, column] = [Math.floor(pixel / size), pixel % size];
    windows[Math.floor(row / edge) * across + Math.floor(column / edge)].push(pixel);
  }
  return windows;
}

function chunk({ values, places }: Patches, first: number): Float32Array {
  const perPatch = values.length / places.length;
  return values.subarray(first * perPatch, (first + atOnce) * perPatch);
}

function logits(
  model: LayersModel,
  { bands, layout: { size } }: Patches,
  values: Float32Array,
): Promise<Float64Array> {
  const count = values.length / (size * size * bands.length);
  return predictLogits(model, values, { count, size, bands: bands.length });
}

async function withModel(
  serialised: SerialisedModel,
  use: (model: LayersModel) => Promise<void>,
): Promise<void> {
  const model = await deserialiseModel(serialised);
  try {
    await use(model);
  } finally {
    model.dispose();
  }
}
