import type { Patches } from "../patches/types";
import { deserialiseModel, type SerialisedModel } from "../training/checkpoint";
import {
  type DropoutControl,
  type DroppedOut,
  errorsByDropout,
  probabilitiesByDropout,
} from "../training/dropout-passes";
import type { RunContext } from "./context";
import { contentHash, storedRun } from "./store";
import { backendKey } from "./training-control";

/** What a trained network says of patches over passes with dropout, and how long that took. */
export interface DropoutTrial extends DroppedOut {
  /** Seconds that the passes took when they were computed. */
  readonly seconds: number;
}

/**
 * Passes of a trained network over patches in which values drop out, or what the run store holds of
 * them: probabilities of a classifier, or errors of an auto-encoder.
 *
 * @throws InputError as probabilitiesByDropout
 */
export async function dropoutTrial(
  run: RunContext,
  takes: "probabilities" | "errors",
  model: SerialisedModel,
  patches: Patches,
  { passes, seed }: Pick<DropoutControl, "passes" | "seed">,
): Promise<DropoutTrial> {
  const shape = {
    count: patches.places.length,
    size: patches.layout.size,
    bands: patches.bands.length,
  };
  const inputs = {
    ...{ takes, topology: model.topology, weights: contentHash(model.weights) },
    ...{ patches: contentHash(patches.values), shape, passes, seed, backend: backendKey(run) },
  };
  run.signal?.throwIfAborted();
  const { result } = await storedRun(run.store, { step: "dropout", inputs }, async () => {
    const start = performance.now();
    const network = await deserialiseModel(model);
    const dropOut = takes === "errors" ? errorsByDropout : probabilitiesByDropout;
    const found = await dropOut(network, patches.values, shape, { passes, seed });
    network.dispose();
    return { ...found, seconds: (performance.now() - start) / 1000 };
  });
  return result;
}
