import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { isLatentSample } from "../models/latent-sample";
import { derivedSeed, randomStream, shuffledIndices } from "../random";
import { tf } from "../tensorflow";
import { batchesOf, batchValues } from "./batches";
import { type Loss, masked, riskLoss, withDivergence } from "./tensorflow-losses";
import {
  requireFinite,
  type Samples,
  stopped,
  type Trained,
  type TrainingControl,
} from "./training";
import type { TrainingOptions } from "./types";

/**
 * Trains by TensorFlow.js, step by step: where its native library computes, or for layers that the
 * engine does not know. It keeps no checkpoints, and one that it is given it does not use.
 */
export function fitByTensorFlow(
  model: LayersModel,
  { values, labels, loss, mask, prior, shape }: Samples,
  options: TrainingOptions,
  training: TrainingControl,
): Promise<Trained> {
  if (training.resume !== undefined) {
    console.warn(`TensorFlow.js trains ${model.name} anew: it cannot go on from a checkpoint.`);
  }
  const ownLoss = prior === undefined ? withDivergence(model, loss) : riskLoss(prior);
  compile(model, ownLoss, options, labels === null ? [] : ["accuracy"]);
  return fit(model, shape.count, options, training, (numbers, at) => {
    const batch = batchValues(values, numbers, shape);
    const input = tf.tensor4d(masked(batch.values, mask, options.seed, at), batch.shape);
    if (labels === null && mask === undefined) return { input, target: input };
    if (labels === null) return { input, target: tf.tensor4d(batch.values, batch.shape) };
    const target = Float32Array.from(numbers, (patch) => labels[patch]);
    return { input, target: tf.tensor2d(target, [numbers.length, 1]) };
  });
}

/** RMSprop with the Keras defaults: decay 0.9, no momentum, epsilon 1e-7 under the root; the engine's are the same. */
function compile(
  model: LayersModel,
  loss: string | Loss,
  { learningRate }: TrainingOptions,
  metrics: string[] = [],
): void {
  model.compile({ optimizer: tf.train.rmsprop(learningRate, 0.9, 0, 1e-7), loss, metrics });
}

const startsAnew = "TensorFlow.js keeps no checkpoints: run it again to start anew";

/** A batch of these patches, and epoch and batch such as "3/14". */
type MakeBatch = (
  numbers: Uint32Array,
  at: string,
) => { readonly input: Tensor; readonly target: Tensor };

async function fit(
  model: LayersModel,
  count: number,
  options: TrainingOptions,
  { onProgress, signal }: TrainingControl,
  makeBatch: MakeBatch,
): Promise<Trained> {
  const { epochs, batchSize, seed } = options;
  const started = Date.now();
  const shuffling = randomStream(seed, "shuffle");
  const loss: number[] = [];
  const accuracy: number[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const batches = batchesOf(shuffledIndices(count, shuffling), batchSize);
    const sums = { seen: 0, loss: 0, accuracy: 0 };
    for (const [at, numbers] of batches.entries()) {
      reseedLayers(model, seed, `${epoch}/${at}`);
      const [batchLoss, batchAccuracy] = await step(model, makeBatch(numbers, `${epoch}/${at}`));
      requireFinite(batchLoss, epoch, at + 1, options);
      sums.seen += numbers.length;
      sums.loss += batchLoss * numbers.length;
      sums.accuracy += (batchAccuracy ?? 0) * numbers.length;
      const done = epoch - 1 + (at + 1) / batches.length;
      const secondsElapsed = (Date.now() - started) / 1000;
      onProgress?.({
        epoch,
        epochs,
        batch: at + 1,
        batches: batches.length,
        loss: sums.loss / sums.seen,
        ...(batchAccuracy === undefined ? {} : { accuracy: sums.accuracy / sums.seen }),
        secondsElapsed,
        secondsLeft: (secondsElapsed / done) * (epochs - done),
      });
      if (batchAccuracy !== undefined) accuracy[epoch - 1] = sums.accuracy / sums.seen;
      // Gives the kernel a chance to show progress and to hear an interrupt.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) throw stopped(epoch - 1, epochs, startsAnew);
    }
    loss.push(sums.loss / sums.seen);
  }
  // The optimiser's own tensors are of no use once training has ended.
  model.optimizer.dispose();
  const history = accuracy.length > 0 ? { loss, accuracy } : { loss };
  return { model, history, seconds: (Date.now() - started) / 1000 };
}

async function step(
  model: LayersModel,
  { input, target }: ReturnType<MakeBatch>,
): Promise<readonly number[]> {
  const result = await model.trainOnBatch(input, target);
  tf.dispose([input, target]);
  return Array.isArray(result) ? result : [result];
}

/** tfjs' dropout draws the same mask at every step from a fixed seed, so each step gets its own. */
function reseedLayers(model: LayersModel, seed: number, at: string): void {
  for (const layer of model.layers) {
    if (isLatentSample(layer)) layer.noise = { seed, step: at };
    if (layer.getClassName() !== "Dropout") continue;
    Object.assign(layer, { seed: derivedSeed(seed, `${layer.name}/${at}`) });
  }
}
