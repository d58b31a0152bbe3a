import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import type { LayersModel, layers } from "@tensorflow/tfjs-layers";
import { InputError } from "../errors";
import { engineComputes, tf } from "../tensorflow";
import { batchesOf, batchValues, type PatchShape } from "./batches";
import { pathPoints } from "./engine/gradient-slot";
import type { GradientPath } from "./engine/job";
import { networkOf } from "./engine/network";
import { predictByEngine } from "./engine/predict";
import type { PredictionControl } from "./predict";

export type { GradientPath } from "./engine/job";

/**
 * TensorFlow.js 4.22 in plain JavaScript takes the gradient of an upsampling right for the first of a
 * batch alone: it reads those of all others where the smaller images would have them.
 */
const batchSize = () => (tf.getBackend() === "cpu" ? 1 : 64);

/**
 * Hands over gradients by the input: of each patch the mean along a straight path to it, at the middle
 * of each step, or the gradient at the patch itself for 0 steps. Dropout is left out, and
 * normalisation goes by its moving statistics, as in prediction.
 *
 * Of a classifier it is the gradient of the log odds, which its sigmoid turns into a probability; of
 * an auto-encoder that of the reconstruction error e = mean (x - f(x))², which is
 * 2/n (r - Jᵀ r) with r = x - f(x). Some patches come at a time, in no fixed order, and none are kept,
 * so that memory does not grow with their number.
 *
 * @param values [count, size, size, bands]
 * @param take gets the number of the first patch and [some, size, size, bands], valid until it returns;
 *   what it throws ends the work
 * @throws InputError for log odds of a model without one sigmoid output, or a baseline that is no patch
 */
export async function eachPathGradient(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  path: GradientPath,
  take: (first: number, gradients: Float32Array) => void,
  control: PredictionControl = {},
): Promise<void> {
  const { size, bands } = shape;
  if (path.of === "logit") requireLogit(model);
  requireBaseline(path, size * size * bands);
  const network = engineComputes() ? networkOf(model) : null;
  if (network !== null && !("unknown" in network)) {
    await predictByEngine(
      model,
      network,
      values,
      shape,
      { takes: path, ...control },
      (first, some) => take(first, some as Float32Array),
    );
  } else {
    gradientsByTensorFlow(model, values, shape, path, take);
  }
}

/**
 * Log odds ln(p / (1 - p)) of prospective, as a classifier has them before its sigmoid: exact where a
 * probability is rounded to 0 or 1.
 *
 * @throws InputError for a model without one sigmoid output
 */
export async function predictLogits(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  control: PredictionControl = {},
): Promise<Float64Array> {
  requireLogit(model);
  const logits = new Float64Array(shape.count);
  const network = engineComputes() ? networkOf(model) : null;
  if (network !== null && !("unknown" in network)) {
    const linear = network.layers.map((layer) =>
      "activation" in layer && layer.activation === "sigmoid"
        ? { ...layer, activation: "linear" as const }
        : layer,
    );
    const whole = { ...network, layers: linear };
    const wanted = { takes: "outputs", ...control } as const;
    await predictByEngine(model, whole, values, shape, wanted, (first, some) =>
      logits.set(some, first),
    );
    return logits;
  }
  const logit = logitOf(model);
  eachBatch(values, shape, (first, input) => logits.set(logit(input).dataSync(), first));
  return logits;
}

function gradientsByTensorFlow(
  model: LayersModel,
  values: Float32Array,
  shape: PatchShape,
  path: GradientPath,
  take: (first: number, gradients: Float32Array) => void,
): void {
  const points = pathPoints(path);
  const logit = path.of === "logit" ? logitOf(model) : null;
  // Patches of a batch do not hang on each other, so one sum has the gradients of all.
  const score = (x: Tensor): Tensor => {
    if (logit !== null) return tf.sum(logit(x));
    const perPatch = shape.size ** 2 * shape.bands;
    return tf.div(tf.sum(tf.squaredDifference(model.apply(x) as Tensor, x)), perPatch);
  };
  const gradient = tf.grad(score);
  eachBatch(values, shape, (first, input) => {
    const begin = tf.tensor(path.baseline, [1, ...input.shape.slice(1)]);
    const span = tf.sub(input, begin);
    const along = points.map((share) => gradient(tf.add(begin, tf.mul(span, share))));
    take(first, tf.div(tf.addN(along), points.length).dataSync() as Float32Array);
  });
}

function eachBatch(
  values: Float32Array,
  shape: PatchShape,
  use: (first: number, input: Tensor4D) => void,
): void {
  const all = Uint32Array.from({ length: shape.count }, (_, patch) => patch);
  for (const numbers of batchesOf(all, batchSize())) {
    const batch = batchValues(values, numbers, shape);
    tf.tidy(() => use(numbers[0], tf.tensor4d(batch.values, batch.shape)));
  }
}

/** All layers but the last one's sigmoid. */
function logitOf(model: LayersModel): (x: Tensor) => Tensor {
  const last = model.layers[model.layers.length - 1];
  const before = tf.model({ inputs: model.inputs, outputs: last.input as layers.Layer["output"] });
  const [weights, bias] = last.getWeights();
  return (x) => {
    const features = before.apply(x) as Tensor2D;
    return tf.reshape(tf.add(tf.matMul(features, weights as Tensor2D), bias), [-1]);
  };
}

function requireLogit(model: LayersModel): void {
  const last = model.layers[model.layers.length - 1];
  const { units, activation, useBias } = last.getConfig();
  const isDense = last.getClassName() === "Dense" && units === 1 && useBias === true;
  if (isDense && activation === "sigmoid") return;
  throw new InputError({
    kind: "parameter",
    field: last.name,
    found: `${last.getClassName()} of shape ${model.outputs[0].shape.join(" x ")}, ${String(activation)}`,
    expected: "one dense sigmoid output, whose log odds can be taken",
  });
}

function requireBaseline({ baseline, steps }: GradientPath, perPatch: number): void {
  const isCount = Number.isInteger(steps) && steps >= 0;
  if (baseline.length === perPatch && isCount) return;
  throw new InputError({
    kind: "parameter",
    field: isCount ? "baseline" : "steps",
    found: isCount ? `${baseline.length} values` : String(steps),
    expected: isCount ? `${perPatch}, as a patch has` : "a whole number from 0 up",
  });
}
