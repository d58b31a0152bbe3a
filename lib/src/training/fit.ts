import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { InputError } from "../errors";
import { type AutoencoderOptions, buildAutoencoder } from "../models/autoencoder";
import { buildClassifier, type ClassifierOptions } from "../models/classifier";
import { derivedSeed, randomStream, shuffledIndices } from "../random";
import { tf } from "../tensorflow";
import { batchesOf, batchValues, type PatchShape } from "./batches";
import type { History, TrainingOptions, TrainingProgress } from "./types";

/** A trained model; the caller disposes of it. */
export interface Trained {
  readonly model: LayersModel;
  readonly history: History;
  readonly seconds: number;
}

export type OnProgress = (progress: TrainingProgress) => void;

type Network<Options> = Omit<Options, "size" | "bands" | "seed">;

/**
 * Trains an auto-encoder to give patches back, by the mean squared error.
 *
 * @param values [count, size, size, bands], scaled to [0, 1]
 * @throws InputError when the patch size does not suit the network or the loss is no number
 */
export async function trainAutoencoder(
  values: Float32Array,
  shape: PatchShape,
  options: TrainingOptions & Network<AutoencoderOptions>,
  onProgress?: OnProgress,
): Promise<Trained> {
  const model = buildAutoencoder({ ...shape, ...options });
  compile(model, "meanSquaredError", options);
  return fit(model, shape.count, options, onProgress, (numbers) => {
    const batch = batchValues(values, numbers, shape);
    const patches = tf.tensor4d(batch.values, batch.shape);
    return { input: patches, target: patches };
  });
}

/**
 * Trains a classifier to tell prospective patches (1) from background (0), by binary cross-entropy.
 *
 * @param values [count, size, size, bands], scaled to [0, 1]
 * @param labels one a patch
 * @throws InputError as trainAutoencoder
 */
export async function trainClassifier(
  values: Float32Array,
  labels: Uint8Array,
  shape: PatchShape,
  options: TrainingOptions & Network<ClassifierOptions>,
  onProgress?: OnProgress,
): Promise<Trained> {
  const model = buildClassifier({ ...shape, ...options });
  compile(model, "binaryCrossentropy", options, ["accuracy"]);
  return fit(model, shape.count, options, onProgress, (numbers) => {
    const batch = batchValues(values, numbers, shape);
    const target = Float32Array.from(numbers, (patch) => labels[patch]);
    return {
      input: tf.tensor4d(batch.values, batch.shape),
      target: tf.tensor2d(target, [numbers.length, 1]),
    };
  });
}

/** RMSprop with the Keras defaults: decay 0.9, no momentum, epsilon 1e-7 under the root. */
function compile(
  model: LayersModel,
  loss: string,
  { learningRate }: TrainingOptions,
  metrics: string[] = [],
): void {
  model.compile({ optimizer: tf.train.rmsprop(learningRate, 0.9, 0, 1e-7), loss, metrics });
}

type MakeBatch = (numbers: Uint32Array) => { readonly input: Tensor; readonly target: Tensor };

async function fit(
  model: LayersModel,
  count: number,
  options: TrainingOptions,
  onProgress: OnProgress | undefined,
  makeBatch: MakeBatch,
): Promise<Trained> {
  requireTrainable(options);
  const { epochs, batchSize, seed } = options;
  const started = Date.now();
  const shuffling = randomStream(seed, "shuffle");
  const loss: number[] = [];
  const accuracy: number[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const batches = batchesOf(shuffledIndices(count, shuffling), batchSize);
    const sums = { seen: 0, loss: 0, accuracy: 0 };
    for (const [at, numbers] of batches.entries()) {
      reseedDropout(model, seed, `${epoch}/${at}`);
      const [batchLoss, batchAccuracy] = await step(model, makeBatch(numbers));
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
function reseedDropout(model: LayersModel, seed: number, at: string): void {
  for (const layer of model.layers) {
    if (layer.getClassName() !== "Dropout") continue;
    Object.assign(layer, { seed: derivedSeed(seed, `${layer.name}/${at}`) });
  }
}

function requireTrainable(options: TrainingOptions): void {
  for (const field of ["epochs", "batchSize"] as const) {
    if (Number.isInteger(options[field]) && options[field] > 0) continue;
    throw new InputError({
      kind: "parameter",
      field,
      found: String(options[field]),
      expected: "a positive whole number",
    });
  }
}

function requireFinite(loss: number, epoch: number, batch: number, options: TrainingOptions): void {
  if (Number.isFinite(loss)) return;
  throw new InputError({
    kind: "values",
    field: `loss at epoch ${epoch}, batch ${batch}`,
    found: String(loss),
    expected: "a finite number",
    remedy: `Try a lower learning rate than ${options.learningRate}, and check the patches for values outside [0, 1].`,
  });
}
