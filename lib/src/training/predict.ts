import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { engineComputes, tf } from "../tensorflow";
import { batchesOf, batchValues, type PatchShape } from "./batches";
import { networkOf } from "./engine/network";
import { predictByEngine, type TakeResults } from "./engine/predict";
import type { TrainingControl } from "./training";

const batchSize = 256;

/** Threads that share the patches; all cores when absent. Results are the same bytes on any number. */
export type PredictionControl = Pick<TrainingControl, "threads">;

/**
 * What an auto-encoder makes of patches.
 *
 * @returns [count, size, size, bands]
 */
export async function reconstruct(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  control: PredictionControl = {},
): Promise<Float32Array> {
  const result = new Float32Array(values.length);
  const take = (first: number, made: Float32Array) =>
    result.set(made, first * shape.size * shape.size * shape.bands);
  await eachReconstruction(model, values, shape, take, control);
  return result;
}

/**
 * Hands over what an auto-encoder makes of patches, some at a time and in no fixed order, so that
 * they need not be in memory together.
 *
 * @param take gets the number of the first patch and [some, size, size, bands], valid until it returns
 */
export async function eachReconstruction(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  take: (first: number, made: Float32Array) => void,
  control: PredictionControl = {},
): Promise<void> {
  await predict(model, values, shape, { takes: "outputs", ...control }, (first, made) =>
    take(first, made as Float32Array),
  );
}

/**
 * Reconstruction error of each patch: the squared difference between it and what the auto-encoder
 * makes of it, averaged over pixels and bands. No reconstruction is kept.
 */
export async function reconstructionErrors(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  control: PredictionControl = {},
): Promise<Float64Array> {
  const errors = new Float64Array(shape.count);
  await predict(model, values, shape, { takes: "errors", ...control }, (first, some) =>
    errors.set(some, first),
  );
  return errors;
}

/** A classifier's probability of prospective for each patch, 0 to 1. */
export async function predictProbabilities(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  control: PredictionControl = {},
): Promise<Float64Array> {
  const probabilities = new Float64Array(shape.count);
  await predict(model, values, shape, { takes: "outputs", ...control }, (first, some) =>
    probabilities.set(some, first),
  );
  return probabilities;
}

type Wanted = PredictionControl & { readonly takes: "errors" | "outputs" };

/** By the engine where WebAssembly computes and it knows all layers, else by TensorFlow.js. */
async function predict(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  wanted: Wanted,
  take: TakeResults,
): Promise<void> {
  const network = engineComputes() ? networkOf(model) : null;
  if (network !== null && !("unknown" in network)) {
    await predictByEngine(model, network, values, shape, wanted, take);
  } else {
    predictByTensorFlow(model, values, shape, wanted, take);
  }
}

function predictByTensorFlow(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  { takes }: Wanted,
  take: TakeResults,
): void {
  const perPatch = shape.size * shape.size * shape.bands;
  const all = Uint32Array.from({ length: shape.count }, (_, patch) => patch);
  for (const numbers of batchesOf(all, batchSize)) {
    const batch = batchValues(values, numbers, shape);
    const made = tf.tidy(() => {
      const input: Tensor4D = tf.tensor4d(batch.values, batch.shape);
      return (model.predict(input) as Tensor).dataSync() as Float32Array;
    });
    take(numbers[0], takes === "outputs" ? made : errorsOf(made, batch.values, perPatch));
  }
}

/** Mean squared difference of each patch from what was made of it. */
export function errorsOf(made: Float32Array, values: Float32Array, perPatch: number): Float64Array {
  const errors = new Float64Array(values.length / perPatch);
  for (let at = 0; at < values.length; at++) {
    errors[Math.floor(at / perPatch)] += (made[at] - values[at]) ** 2 / perPatch;
  }
  return errors;
}
