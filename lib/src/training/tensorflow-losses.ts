import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { isLatentSample } from "../models/latent-sample";
import { derivedSeed } from "../random";
import { tf } from "../tensorflow";
import { isMasked } from "./engine/masking";
import type { PatchLoss } from "./types";

/** A loss as TensorFlow.js takes it, which it minimises. */
export type Loss = (target: Tensor, output: Tensor) => Tensor;

/**
 * A loss of patches, and where the model draws from a distribution, its divergence from the standard
 * normal one beside it, as the engine has it: by value of a patch.
 */
export function withDivergence(model: LayersModel, loss: PatchLoss): PatchLoss | Loss {
  const layer = model.layers.find(isLatentSample);
  if (layer === undefined) return loss;
  const ofPatches: Readonly<Record<PatchLoss, Loss>> = {
    meanSquaredError: (target, output) => tf.mean(tf.metrics.meanSquaredError(target, output)),
    meanAbsoluteError: (target, output) => tf.mean(tf.metrics.meanAbsoluteError(target, output)),
    binaryCrossentropy: (target, output) => tf.mean(tf.metrics.binaryCrossentropy(target, output)),
  };
  return (target, output) => {
    const [mean, logVariance] = tf.split(layer.code as Tensor, 2, 1);
    const moments = tf.add(tf.square(mean), tf.exp(logVariance));
    const parts = tf.sub(tf.sub(moments, logVariance), 1);
    const divergence = tf.mul(tf.sum(parts), 0.5 / target.size);
    return tf.add(ofPatches[loss](target, output), divergence) as Scalar;
  };
}

/** The non-negative risk (nonNegativeRisk), whose gradient is that of the part it turns to. */
export function riskLoss(prior: number): Loss {
  return (target, output) => {
    const meanOver = (which: Tensor, of: Tensor) =>
      tf.div(tf.sum(tf.mul(which, of)), tf.maximum(tf.sum(which), 1));
    const held = tf.clipByValue(output, 1e-7, 1 - 1e-7);
    const ofNegative = tf.neg(tf.log(tf.sub(1, held)));
    const asPositive = tf.mul(meanOver(target, tf.neg(tf.log(held))), prior);
    const positives = tf.mul(meanOver(target, ofNegative), prior);
    const asNegative = tf.sub(meanOver(tf.sub(1, target), ofNegative), positives);
    // 1 below 0, else 0: a step has no derivative of its own.
    const isBelow = tf.step(tf.neg(asNegative));
    const whole = tf.add(asPositive, asNegative);
    // What it turns to has the gradient; the risk that is told stays the positives' part.
    const told = tf.scalar(whole.dataSync()[0]);
    const turned = tf.mul(tf.sub(told, asNegative), isBelow);
    return tf.add(tf.mul(whole, tf.sub(1, isBelow)), turned) as Scalar;
  };
}

/** Values without those that masking noise hides in this step; as they are without noise. */
export function masked(
  values: Float32Array,
  share: number | undefined,
  seed: number,
  step: string,
): Float32Array {
  if (share === undefined) return values;
  const key = derivedSeed(seed, `mask/${step}`);
  return values.map((value, at) => (isMasked(key, at, share) ? 0 : value));
}
