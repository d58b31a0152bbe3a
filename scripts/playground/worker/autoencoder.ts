import { buildAutoencoder } from "../../../lib/src/models/autoencoder";
import { reconstruct, reconstructionErrors } from "../../../lib/src/training/predict";
import { requireLoss } from "../../../lib/src/training/settings";
import type { InspectedPatch, PlaygroundParameters } from "../protocol";
import type { PreparedPatches } from "./prepare";
import { engineNetwork, type TrainedNetwork } from "./trained-network";

/** An auto-encoder on the patches that it was begun on, whatever is prepared later. */
export interface AutoencoderRun extends TrainedNetwork {
  readonly prepared: PreparedPatches;
  readonly parameters: PlaygroundParameters;
}

/** An auto-encoder before its first epoch. */
export function newAutoencoder(
  prepared: PreparedPatches,
  parameters: PlaygroundParameters,
): AutoencoderRun {
  const { architecture, filters, outputActivation, loss, seed } = parameters;
  requireLoss(loss, outputActivation);
  const { values, places, layout, bands } = prepared.patches;
  const shape = { count: places.length, size: layout.size, bands: bands.length };
  const model = buildAutoencoder({ ...shape, architecture, filters, outputActivation, seed });
  const work = { model, network: engineNetwork(model), values, labels: null, shape, loss };
  return { prepared, parameters, work, state: null, scores: null, seconds: 0 };
}

/** Reconstruction error of each patch, by the weights that the auto-encoder has. */
export function errorsOf({
  work: { model, values, shape },
}: AutoencoderRun): Promise<Float64Array> {
  return reconstructionErrors(model, values, shape);
}

/** A patch beside what the auto-encoder makes of it. */
export async function inspectPatch(run: AutoencoderRun, patch: number): Promise<InspectedPatch> {
  const { model, values, shape } = run.work;
  const { size, bands } = shape;
  const pixels = size * size;
  const one = values.slice(patch * pixels * bands, (patch + 1) * pixels * bands);
  const alone = { count: 1, size, bands };
  const made = await reconstruct(model, one, alone);
  const [error] = await reconstructionErrors(model, one, alone);
  const layers = Array.from({ length: bands }, (_, band) => band);
  const layerOf = (all: Float32Array, band: number) =>
    Float32Array.from({ length: pixels }, (_, pixel) => all[pixel * bands + band]);
  const squares = layers.map((band) => {
    let sum = 0;
    for (let at = band; at < one.length; at += bands) sum += (made[at] - one[at]) ** 2;
    return sum;
  });
  const total = squares.reduce((sum, square) => sum + square, 0);
  return {
    ...{ patch, size, error },
    shares: squares.map((square) => (total > 0 ? square / total : 1 / bands)),
    values: layers.map((band) => layerOf(one, band)),
    reconstruction: layers.map((band) => layerOf(made, band)),
  };
}
