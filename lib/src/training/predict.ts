import type { LayersModel, Tensor, Tensor4D } from "@tensorflow/tfjs";
import { tf } from "../tensorflow";
import { batchesOf, batchValues, type PatchShape } from "./batches";

const batchSize = 256;

/**
 * What an auto-encoder makes of patches.
 *
 * @returns [count, size, size, bands]
 */
export function reconstruct(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
): Float32Array {
  const result = new Float32Array(values.length);
  forEachBatch(model, values, shape, (output, from) => {
    result.set(output, from * shape.size * shape.size * shape.bands);
  });
  return result;
}

/**
 * Reconstruction error of each patch: the squared difference between it and what the auto-encoder
 * makes of it, averaged over pixels and bands.
 */
export function reconstructionErrors(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
): Float64Array {
  const perPatch = shape.size * shape.size * shape.bands;
  const errors = new Float64Array(shape.count);
  forEachBatch(model, values, shape, (output, from) => {
    output.forEach((made, at) => {
      const difference = made - values[from * perPatch + at];
      errors[from + Math.floor(at / perPatch)] += (difference * difference) / perPatch;
    });
  });
  return errors;
}

/** A classifier's probability of prospective for each patch, 0 to 1. */
export function predictProbabilities(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
): Float64Array {
  const probabilities = new Float64Array(shape.count);
  forEachBatch(model, values, shape, (output, from) => probabilities.set(output, from));
  return probabilities;
}

function forEachBatch(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  take: (output: Float32Array, firstPatch: number) => void,
): void {
  const all = Uint32Array.from({ length: shape.count }, (_, patch) => patch);
  for (const numbers of batchesOf(all, batchSize)) {
    const batch = batchValues(values, numbers, shape);
    const output = tf.tidy(() => {
      const input: Tensor4D = tf.tensor4d(batch.values, batch.shape);
      return (model.predict(input) as Tensor).dataSync() as Float32Array;
    });
    take(output, numbers[0]);
  }
}
