import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../errors";
import { derivedSeed } from "../random";
import { engineComputes, tf } from "../tensorflow";
import { batchesOf, batchValues, type PatchShape } from "./batches";
import type { DropoutPasses } from "./engine/job";
import { networkOf } from "./engine/network";
import { predictByEngine } from "./engine/predict";
import { errorsOf, type PredictionControl } from "./predict";

/** How often a prediction is repeated with values dropped out, and by which seed. */
export type DropoutControl = DropoutPasses & PredictionControl;

/** What a network says of each patch over passes in which values drop out. */
export interface DroppedOut {
  readonly mean: Float64Array;
  /** Standard deviation over the passes. */
  readonly spread: Float64Array;
}

/**
 * Monte Carlo dropout (Gal and Ghahramani 2016): a trained classifier's probability of prospective, 0
 * to 1, over passes in which values drop out at random as in training, while normalisation keeps to
 * its moving statistics. What drops out hangs on seed, pass, layer and number of the patch alone: the
 * same bytes on any number of threads. No pass is kept. Without a layer of dropout the mean is the
 * prediction and the spread 0.
 *
 * @throws InputError for fewer than two passes, of which nothing can be told
 */
export async function probabilitiesByDropout(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  control: DropoutControl,
): Promise<DroppedOut> {
  return dropOut(model, values, shape, "outputs", control);
}

/**
 * The same for an auto-encoder: the reconstruction error of each patch, its mean and spread over
 * passes.
 *
 * @throws InputError as probabilitiesByDropout
 */
export async function errorsByDropout(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  control: DropoutControl,
): Promise<DroppedOut> {
  return dropOut(model, values, shape, "errors", control);
}

async function dropOut(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  takes: "errors" | "outputs",
  { passes, seed, ...control }: DropoutControl,
): Promise<DroppedOut> {
  requirePasses(passes);
  const network = engineComputes() ? networkOf(model) : null;
  if (network === null || "unknown" in network) {
    return dropOutByTensorFlow(model, values, shape, takes, { passes, seed });
  }
  const mean = new Float64Array(shape.count);
  const spread = new Float64Array(shape.count);
  const wanted = { takes, ...control, dropout: { passes, seed } };
  await predictByEngine(model, network, values, shape, wanted, (first, moments) => {
    for (let at = 0; at < moments.length; at += 2) {
      mean[first + at / 2] = moments[at];
      spread[first + at / 2] = Math.sqrt(moments[at + 1]);
    }
  });
  return { mean, spread };
}

const batchSize = 256;

function dropOutByTensorFlow(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  takes: "errors" | "outputs",
  { passes, seed }: DropoutPasses,
): DroppedOut {
  const perPatch = shape.size * shape.size * shape.bands;
  const mean = new Float64Array(shape.count);
  const squares = new Float64Array(shape.count);
  const all = Uint32Array.from({ length: shape.count }, (_, patch) => patch);
  for (const numbers of batchesOf(all, batchSize)) {
    const batch = batchValues(values, numbers, shape);
    for (let pass = 1; pass <= passes; pass++) {
      const key = (layer: string) => derivedSeed(seed, `${layer}/pass ${pass}/${numbers[0]}`);
      const made = tf.tidy(() => passOf(model, tf.tensor4d(batch.values, batch.shape), key));
      const taken = takes === "outputs" ? made : errorsOf(made, batch.values, perPatch);
      numbers.forEach((patch, at) => {
        const off = taken[at] - mean[patch];
        mean[patch] += off / pass;
        squares[patch] += off * (taken[at] - mean[patch]);
      });
    }
  }
  return { mean, spread: squares.map((sum) => Math.sqrt(sum / (passes - 1))) };
}

/** Layer by layer, since a model as a whole cannot drop out and keep its moving statistics. */
function passOf(model: LayersModel, input: Tensor4D, key: (layer: string) => number): Float32Array {
  let tensor: Tensor = input;
  for (const layer of model.layers) {
    if (layer.getClassName() === "InputLayer") continue;
    const { rate } = layer.getConfig() as { rate?: number };
    tensor =
      layer.getClassName() === "Dropout"
        ? tf.dropout(tensor, rate ?? 0, undefined, key(layer.name))
        : (layer.apply(tensor) as Tensor);
  }
  return tensor.dataSync() as Float32Array;
}

function requirePasses(passes: number): void {
  if (Number.isInteger(passes) && passes >= 2) return;
  throw new InputError({
    kind: "parameter",
    field: "dropoutPasses",
    found: String(passes),
    expected: "a whole number from 2 up, so that there is a spread",
  });
}
