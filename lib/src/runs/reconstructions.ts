import { fallingOrder } from "../evaluation/ranks";
import { takePatches } from "../patches/select";
import type { Patches } from "../patches/types";
import { deserialiseModel } from "../training/checkpoint";
import { reconstruct } from "../training/predict";
import type { AutoencoderTrial } from "./autoencoder-trial";

/** Where a patch stands among all by its reconstruction error. */
export type Standing = "best" | "median" | "worst";

/** Some patches and what an auto-encoder makes of them, in one order. */
export interface Reconstructions {
  readonly patches: Pick<Patches, "bands" | "values"> & {
    readonly layout: { readonly size: number };
  };
  /** As patches.values. */
  readonly reconstructions: Float32Array;
  readonly shown: readonly {
    readonly name: string;
    readonly index: number;
    readonly error: number;
  }[];
}

/**
 * The patches of some standings with their reconstructions, by the first member where the errors are
 * averaged over several.
 */
export async function reconstructionsOf(
  trial: AutoencoderTrial,
  { values, bands, layout }: Patches,
  standings: readonly Standing[],
): Promise<Reconstructions> {
  const order = fallingOrder(trial.errors).reverse();
  const at = { best: 0, median: Math.floor(order.length / 2), worst: order.length - 1 };
  const numbers = standings.map((standing) => order[at[standing]]);
  const { size } = layout;
  const originals = takePatches(values, numbers, size * size * bands.length);
  const model = await deserialiseModel(trial.models[0]);
  const shape = { count: numbers.length, size, bands: bands.length };
  const reconstructions = await reconstruct(model, originals, shape);
  model.dispose();
  const shown = standings.map((name, index) => ({
    name,
    index,
    error: trial.errors[numbers[index]],
  }));
  return { patches: { bands, values: originals, layout: { size } }, reconstructions, shown };
}
