import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type AutoencoderOptions, buildAutoencoder } from "../models/autoencoder";
import { buildClassifier, type ClassifierOptions } from "../models/classifier";
import { engineComputes } from "../tensorflow";
import type { PatchShape } from "./batches";
import { type Network as EngineNetwork, networkOf } from "./engine/network";
import { trainByEngine } from "./engine/train";
import { fitByTensorFlow } from "./fit-tensorflow";
import { requireLoss, requireTrainable } from "./settings";
import {
  requireFinite,
  type Samples,
  stopped,
  type Trained,
  type TrainingControl,
} from "./training";
import type { PatchLoss, TrainingOptions } from "./types";

type Network<Options> = Omit<Options, "size" | "bands" | "seed">;

/**
 * Trains an auto-encoder to give patches back, by the mean squared error unless another loss is told.
 *
 * @param values [count, size, size, bands], scaled to [0, 1]
 * @throws InputError when patch size, options or loss do not suit the network, or the loss becomes
 *   no number
 * @throws Error named "AbortError" when it was stopped
 */
export async function trainAutoencoder(
  values: Float32Array,
  shape: PatchShape,
  options: TrainingOptions & Network<AutoencoderOptions> & { readonly loss?: PatchLoss },
  training: TrainingControl = {},
): Promise<Trained> {
  const { loss = "meanSquaredError", outputActivation } = options;
  requireLoss(loss, outputActivation);
  const model = buildAutoencoder({ ...shape, ...options });
  return trainModel(model, { values, labels: null, loss, shape }, options, training);
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
  const samples = { values, labels, loss: "binaryCrossentropy", shape } as const;
  return trainModel(model, samples, options, training);
}

/**
 * Trains any model from patches to patches or labels: by the engine where WebAssembly computes and it
 * knows all layers, else by TensorFlow.js, which is said once.
 *
 * @throws InputError as trainAutoencoder
 * @throws Error named "AbortError" when it was stopped
 */
export async function trainModel(
  model: LayersModel,
  samples: Samples,
  options: TrainingOptions,
  training: TrainingControl = {},
): Promise<Trained> {
  requireTrainable(options, samples.shape.count);
  const network = engineComputes() ? networkOf(model) : null;
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
  { values, labels, loss: lossName, mask, prior, shape }: Samples,
  options: TrainingOptions,
  { onProgress, ...control }: TrainingControl,
): Promise<Trained> {
  const started = Date.now();
  const epochsBefore = control.resume?.epoch ?? 0;
  const end = await trainByEngine(model, network, values, labels, shape, {
    ...options,
    ...control,
    loss: lossName,
    ...(mask !== undefined && { mask }),
    ...(prior !== undefined && { prior }),
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
