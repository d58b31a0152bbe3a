import type { LayersModel, Scalar, Tensor } from "@tensorflow/tfjs";
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
    meanSquaredError: (target, output) => tf.metrics.meanSquaredError(target, output).mean(),
    meanAbsoluteError: (target, output) => tf.metrics.meanAbsoluteError(target, output).mean(),
    binaryCrossentropy: (target, output) => tf.metrics.binaryCrossentropy(target, output).mean(),
  };
  return (target, output) => {
    const [mean, logVariance] = tf.split(layer.code as Tensor, 2, 1);
    const parts = mean.square().add(logVariance.exp()).sub(logVariance).sub(1);
    return ofPatches[loss](target, output).add(parts.sum().mul(0.5 / target.size)) as Scalar;
  };
}

/** The non-negative risk (nonNegativeRisk), whose gradient is that of the part it turns to. */
export function riskLoss(prior: number): Loss {
  return (target, output) => {
    const meanOver = (which: Tensor, of: Tensor) => which.mul(of).sum().div(which.sum().maximum(1));
    const held = tf.clipByValue(output, 1e-7, 1 - 1e-7);
    const ofNegative = tf.sub(1, held).log().neg();
    const asPositive = meanOver(target, held.log().neg()).mul(prior);
    const positives = meanOver(target, ofNegative).mul(prior);
    const asNegative = meanOver(tf.sub(1, target), ofNegative).sub(positives);
    // 1 below 0, else 0: a step has no derivative of its own.
    const isBelow = tf.step(asNegative.neg());
    const whole = asPositive.add(asNegative);
    // What it turns to has the gradient; the risk that is told stays the positives' part.
    const told = tf.scalar(whole.dataSync()[0]);
    return whole.mul(tf.sub(1, isBelow)).add(told.sub(asNegative).mul(isBelow)) as Scalar;
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
