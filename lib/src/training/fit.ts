import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { InputError } from "../errors";
import { type AutoencoderOptions, buildAutoencoder } from "../models/autoencoder";
import { buildClassifier, type ClassifierOptions } from "../models/classifier";
import { derivedSeed, randomStream, shuffledIndices } from "../random";
import { tf } from "../tensorflow";
import { batchesOf, batchValues, type PatchShape } from "./batches";
import { type Network as EngineNetwork, networkOf } from "./engine/network";
import { type TrainingState, trainByEngine } from "./engine/train";
import type { History, TrainingOptions, TrainingProgress } from "./types";

/** A trained model; the caller disposes of it. */
export interface Trained {
  readonly model: LayersModel;
  readonly history: History;
  readonly seconds: number;
}

export type OnProgress = (progress: TrainingProgress) => void;

type Network<Options> = Omit<Options, "size" | "bands" | "seed">;

/** What a training may be told besides its settings. */
export interface TrainingControl {
  readonly onProgress?: OnProgress;
  /** Threads that share each batch; all cores when absent. */
  readonly threads?: number;
  /** Stops the training within a batch or two. */
  readonly signal?: AbortSignal;
  /** Goes on from here as if it had never stopped. */
  readonly resume?: TrainingState;
  /** Told every few epochs what to resume from. */
  readonly onCheckpoint?: (state: TrainingState) => void;
}

/**
 * Trains an auto-encoder to give patches back, by the mean squared error.
 *
 * @param values [count, size, size, bands], scaled to [0, 1]
 * @throws InputError when the patch size does not suit the network or the loss is no number
 * @throws Error named "AbortError" when it was stopped
 */
export async function trainAutoencoder(
  values: Float32Array,
  shape: PatchShape,
  options: TrainingOptions & Network<AutoencoderOptions>,
  training: TrainingControl = {},
): Promise<Trained> {
  const model = buildAutoencoder({ ...shape, ...options });
  return train(model, { values, labels: null, shape }, options, training);
}

/**
 * Trains a classifier to tell prospective patches (1) from background (0), by binary cross-entropy.
 *
 * @param values [count, size, size, bands], scaled to [0, 1]
 * @param labels one a patch
 * @throws InputError as trainAutoencoder
 * @throws Error named "AbortError" when it was stopped
 */
export async function trainClassifier(
  values: Float32Array,
  labels: Uint8Array,
  shape: PatchShape,
  options: TrainingOptions & Network<ClassifierOptions>,
  training: TrainingControl = {},
): Promise<Trained> {
  const model = buildClassifier({ ...shape, ...options });
  return train(model, { values, labels, shape }, options, training);
}

interface Samples {
  readonly values: Float32Array;
  readonly labels: Uint8Array | null;
  readonly shape: PatchShape;
}

/** Trains by the engine where WebAssembly computes and it knows all layers, else by TensorFlow.js. */
async function train(
  model: LayersModel,
  samples: Samples,
  options: TrainingOptions,
  training: TrainingControl,
): Promise<Trained> {
  requireTrainable(options);
  const network = tf.getBackend() === "wasm" ? networkOf(model) : null;
  if (network !== null && !("unknown" in network)) {
    return fitByEngine(model, network, samples, options, training);
  }
  if (network !== null)
    sayOnce(`TensorFlow.js trains ${model.name}: the engine does not know ${network.unknown}.`);
  return fitByTensorFlow(model, samples, options, training);
}

const said = new Set<string>();

function sayOnce(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  console.warn(text);
}

async function fitByEngine(
  model: LayersModel,
  network: EngineNetwork,
  { values, labels, shape }: Samples,
  options: TrainingOptions,
  { onProgress, ...control }: TrainingControl,
): Promise<Trained> {
  const started = Date.now();
  const epochsBefore = control.resume?.epoch ?? 0;
  const end = await trainByEngine(model, network, values, labels, shape, {
    ...options,
    ...control,
    onNews: ({ epoch, batch, batches, loss, accuracy }) => {
      const secondsElapsed = (Date.now() - started) / 1000;
      const done = epoch - 1 - epochsBefore + batch / batches;
      const left = options.epochs - epochsBefore - done;
      onProgress?.({
        ...{ epoch, epochs: options.epochs, batch, batches, loss, secondsElapsed },
        ...(labels === null ? {} : { accuracy }),
        secondsLeft: (secondsElapsed / done) * left,
      });
    },
  });
  if (end.status === "diverged") {
    requireFinite(end.loss, end.epoch, end.batch, options);
    throw new Error("unreachable: a finite loss does not diverge");
  }
  if (end.status === "stopped") throw stopped(end.history.loss.length, options.epochs);
  return { model, history: end.history, seconds: (Date.now() - started) / 1000 };
}

function stopped(epoch: number, epochs: number): Error {
  const error = new Error(
    `training was stopped after ${epoch} of ${epochs} epochs; run it again to go on`,
  );
  error.name = "AbortError";
  return error;
}

function fitByTensorFlow(
  model: LayersModel,
  { values, labels, shape }: Samples,
  options: TrainingOptions,
  training: TrainingControl,
): Promise<Trained> {
  compile(
    model,
    labels === null ? "meanSquaredError" : "binaryCrossentropy",
    options,
    labels === null ? [] : ["accuracy"],
  );
  return fit(model, shape.count, options, training, (numbers) => {
    const batch = batchValues(values, numbers, shape);
    const input = tf.tensor4d(batch.values, batch.shape);
    if (labels === null) return { input, target: input };
    const target = Float32Array.from(numbers, (patch) => labels[patch]);
    return { input, target: tf.tensor2d(target, [numbers.length, 1]) };
  });
}

/** RMSprop with the Keras defaults: decay 0.9, no momentum, epsilon 1e-7 under the root; the engine's are the same. */
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
      if (signal?.aborted) throw stopped(epoch - 1, epochs);
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
