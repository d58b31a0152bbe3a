import type { LayersModel, Tensor, Tensor4D } from "@tensorflow/tfjs";
import { tf } from "../tensorflow";
import { batchesOf, batchValues, type PatchShape } from "./batches";
import { networkOf } from "./engine/network";
import { type Predicted, predictByEngine } from "./engine/predict";

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
  const { size, bands } = shape;
  const result = new Float32Array(values.length);
  let next = 0;
  forEachPatch(model, values, shape, ({ value }) => {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        for (let band = 0; band < bands; band++) result[next++] = value(row, column, band);
      }
    }
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
  const errors = new Float64Array(shape.count);
  forEachPatch(model, values, shape, (predicted) => {
    errors[predicted.patch] = predicted.error();
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
  forEachPatch(model, values, shape, ({ patch, value }) => {
    probabilities[patch] = value(0, 0, 0);
  });
  return probabilities;
}

/** By the engine where WebAssembly computes and it knows all layers, else by TensorFlow.js. */
function forEachPatch(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  take: (predicted: Predicted) => void,
): void {
  const network = tf.getBackend() === "wasm" ? networkOf(model) : null;
  if (network !== null && !("unknown" in network)) {
    predictByEngine(model, network, values, shape, take);
  } else {
    predictByTensorFlow(model, values, shape, take);
  }
}

function predictByTensorFlow(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  take: (predicted: Predicted) => void,
): void {
  const { size, bands } = shape;
  const perPatch = size * size * bands;
  const all = Uint32Array.from({ length: shape.count }, (_, patch) => patch);
  for (const numbers of batchesOf(all, batchSize)) {
    const batch = batchValues(values, numbers, shape);
    const output = tf.tidy(() => {
      const input: Tensor4D = tf.tensor4d(batch.values, batch.shape);
      return (model.predict(input) as Tensor).dataSync() as Float32Array;
    });
    const perOutput = output.length / numbers.length;
    numbers.forEach((patch, at) => {
      const made = output.subarray(at * perOutput, (at + 1) * perOutput);
      take({
        patch,
        error: () => {
          const sum = made.reduce((total, value, index) => {
            return total + (value - batch.values[at * perPatch + index]) ** 2;
          }, 0);
          return sum / perPatch;
        },
        value: (row, column, channel) => made[(row * size + column) * bands + channel],
      });
    });
  }
}
