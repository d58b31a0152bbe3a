import { fallingOrder } from "../evaluation/ranks";
import { takePatches } from "../patches/select";
import type { Patches } from "../patches/types";
import { deserialiseModel } from "../training/checkpoint";
import { reconstruct } from "../training/predict";
import type { AutoencoderTrial } from "./autoencoder-trial";

/** Where a patch stands among all by its reconstruction error. */
export type Standing = "best" | "median" | "worst";

/** A patch and what an auto-encoder makes of it. */
export interface Reconstruction {
  readonly name: Standing;
  /** Number of the patch, in the order of patches.places. */
  readonly patch: number;
  readonly error: number;
  /** [size, size, bands] each. */
  readonly original: Float32Array;
  readonly reconstruction: Float32Array;
  readonly size: number;
  readonly bands: readonly string[];
}

/** The patches of some standings with their reconstructions. */
export async function reconstructionsOf(
  trial: AutoencoderTrial,
  patches: Patches,
  standings: readonly Standing[],
): Promise<Reconstruction[]> {
  const order = fallingOrder(trial.errors).reverse();
  const at = { best: 0, median: Math.floor(order.length / 2), worst: order.length - 1 };
  const numbers = standings.map((standing) => order[at[standing]]);
  const { size } = patches.layout;
  const { bands } = patches;
  const perPatch = size * size * bands.length;
  const originals = takePatches(patches.values, numbers, perPatch);
  const model = await deserialiseModel(trial.model);
  const made = reconstruct(model, originals, { count: numbers.length, size, bands: bands.length });
  model.dispose();
  return standings.map((name, index) => ({
    name,
    patch: numbers[index],
    error: trial.errors[numbers[index]],
    original: originals.slice(index * perPatch, (index + 1) * perPatch),
    reconstruction: made.slice(index * perPatch, (index + 1) * perPatch),
    size,
    bands,
  }));
}
